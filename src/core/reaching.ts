/** Which assignments a use of a variable can see. */
import type { Around, Binding, Place } from './program.ts';

/**
 * In the function that owns the variable the last certain assignment before the use hides those before it; from
 * elsewhere, and where no certain one comes first, all count.
 */
export function reaching(bindings: readonly Binding[], owner: number, at: number, place: Place): readonly Binding[] {
  if (bindings.length < 2 || owner !== place.fn) return bindings;
  const before = bindings.filter((binding) => binding.fn === place.fn && binding.at < at);
  const certain = before.findLastIndex((binding) => !conditional(binding, place));
  return certain < 0 ? bindings : before.slice(certain);
}

/** Whether `binding` may not have happened when the use at `place` runs. */
export function conditional(binding: Place, place: Place): boolean {
  const shared = new Set<string>();
  for (let around = place.around; around; around = around.outer) if (around.k === 'stmt') shared.add(key(around));
  for (let around: Around | undefined = binding.around; around; around = around.outer) {
    if (around.k !== 'stmt') continue;
    const branches =
      ['then', 'else', 'case', 'handler'].includes(around.part) || (around.node.k === 'loop' && around.part === 'body');
    if (branches && !shared.has(key(around))) return true;
  }
  return false;
}

function key({ node, part, handler }: Around & { k: 'stmt' }): string {
  return `${node.at.start}:${part}:${handler?.at.start ?? ''}`;
}
