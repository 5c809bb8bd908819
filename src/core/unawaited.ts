/** JavaScript's `try { return client.x() } catch`: the promise leaves the `try` before it is settled. */
import type { Try } from './facts.ts';
import type { Around, CallPlace } from './program.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

export interface Unawaited {
  /** The handler that never sees the error. */
  readonly handler: Span;
  /** Whether the function may await. */
  readonly async: boolean;
}

export function unawaitedIn({ method, sdk }: Request, { program, fn, around }: CallPlace): Unawaited | undefined {
  if (program.facts.language !== 'typescript' || method.shape === 'stream' || sdk.http?.refusal === 'elsewhere')
    return undefined;
  let at: Around | undefined = around;
  for (; at?.k === 'expr'; at = at.outer) {
    const { node, part } = at;
    const passes =
      (node.k === 'attr' && node.name !== 'catch') ||
      (node.k === 'call' && part === 'callee') ||
      (node.k === 'either' && part === 'branch');
    if (!passes) return undefined;
  }
  if (at?.k !== 'stmt' || (at.node.k !== 'return' && at.node.k !== 'expr')) return undefined;
  const found = tryAround(at.outer);
  const [handler] = found?.handlers ?? [];
  return handler && { handler: handler.at, async: program.facts.fns[fn]!.async };
}

function tryAround(around: Around | undefined): Try | undefined {
  for (let at = around; at?.k === 'stmt'; at = at.outer)
    if (at.node.k === 'try' && at.part === 'body' && at.node.handlers.length > 0) return at.node;
  return undefined;
}
