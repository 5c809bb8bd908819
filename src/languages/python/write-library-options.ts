/** Writes options into the call of a retry library: keywords of a decorator or constructor. */
import type { OptionWriting } from '../../core/catalogue.ts';
import type { Written } from '../../core/editor.ts';
import type { RetryCode, RetryUse } from '../../core/retry-use.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { addArgument, argumentNamed } from './write-client.ts';
import { Draft, mannerOf } from './write-draft.ts';
import { importsOf } from './write-imports.ts';
import { namesOf, scopeOf } from './write-names.ts';
import { quotaTest } from './write-quota.ts';

export function writeOptions(
  tree: Tree,
  use: RetryUse,
  code: RetryCode & { k: 'library' },
  writing: OptionWriting | undefined,
  policy: RetryPolicy,
): Written {
  if (!writing) return { refused: say`${use.name} has no option for that.` };
  const node = callOf(tree, code);
  if (!node) return { refused: say('Its options stand in another place.') };
  if (tree.root.type !== 'module' || scopeOf(node).hasError || node.hasError)
    return { refused: say('The code here has a syntax error.') };
  const names = namesOf(tree, []);
  const manner = mannerOf(tree);
  const imports = importsOf(tree, names, node);
  const draft = new Draft(manner.newline);
  const args = node.type === 'call' ? node.childForFieldName('arguments') : undefined;
  const given = args?.namedChildren.filter((child) => child && child.type !== 'comment') ?? [];
  if (given.some((child) => child?.type.endsWith('_splat'))) return { refused: say('Its options are unpacked here.') };
  const positional = given.filter((child) => child?.type !== 'keyword_argument').length;
  if (writing.unless?.some((at) => at < positional)) return { refused: say('Its options are given by position.') };

  const module = code.library.modules[0]!;
  const spelled = new Map((writing.needs ?? []).map((name) => [name, imports.member(module, name)]));
  const parameters: Record<string, string | { readonly refused: Words }> = {
    attempts: String(policy.maxAttempts),
    retries: String(policy.maxAttempts - 1),
    base: baseOf(args, writing, policy.baseSeconds, policy.maxWaitSeconds),
    cap: String(policy.maxWaitSeconds),
    baseMs: baseOf(args, writing, policy.baseSeconds * 1000, policy.maxWaitSeconds * 1000),
    capMs: String(policy.maxWaitSeconds * 1000),
    quota: quotaTest(use, 'error', [], manner.quote, '!='),
    isQuota: quotaTest(use, 'error', [], manner.quote),
  };
  const added: string[] = [];
  let why: Words | undefined;
  for (const [name, value] of Object.entries(writing.options)) {
    const text = value.replace(/\{(\w+)\}/g, (_, key: string) => {
      const one = parameters[key]!;
      if (typeof one === 'string') return one;
      why = one.refused;
      return '';
    });
    const own = rename(text, spelled);
    const old = args ? argumentNamed(args, name) : undefined;
    if (old && writing.once) return { refused: say`\`${name}\` decides on other errors here already.` };
    if (old) draft.replace({ start: old.startIndex, end: old.endIndex }, joined(kept(old), own, writing));
    else {
      const { ahead } = writing;
      const first = ahead && rename(ahead, new Map([[bare(ahead), imports.member(module, bare(ahead))]]));
      added.push(`${name}=${first ? joined(first, own, writing) : own}`);
    }
  }
  if (why !== undefined) return { refused: why };
  // What would speak against the new options gives its place to one of them.
  for (const name of writing.drops ?? []) {
    const old = given.find((child) => child?.childForFieldName('name')?.text === name);
    const first = old && added.shift();
    if (old && first) draft.replace({ start: old.startIndex, end: old.endIndex }, first);
  }
  if (args && added.length > 0) draft.add(addArgument(tree, args, added.join(', ')));
  else if (added.length > 0) draft.insert(node.endIndex, `(${added.join(', ')})`);
  imports.write(draft, [], undefined);
  return { edits: draft.edits() };
}

/** The wait that the code has chosen, which the new ones grow from: `wait_fixed(10)`, `delay=2`. */
function baseOf(
  args: Node | null | undefined,
  { options, drops = [] }: OptionWriting,
  base: number,
  cap: number,
): string {
  for (const name of args ? [...Object.keys(options), ...drops] : []) {
    const value = argumentNamed(args!, name);
    const given = value?.type === 'call' ? value.childForFieldName('arguments')?.namedChild(0) : value;
    if (!given || !/^(integer|float|identifier|attribute)$/.test(given.type)) continue;
    if (!(Number(given.text) >= cap || Number(given.text) === 0)) return given.text;
  }
  return String(base);
}

function joined(first: string, own: string, { joins }: OptionWriting): string {
  return joins ? `${first} ${joins} ${own}` : own;
}

function kept({ type, text }: Node): string {
  return /^(call|identifier|attribute|parenthesized_expression)$/.test(type) ? text : `(${text})`;
}

function bare(text: string): string {
  return /^\w+/.exec(text)?.[0] ?? text;
}

/** The names of the module as the file can write them. */
function rename(text: string, spelled: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [name, as] of spelled) out = out.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), as);
  return out;
}

/** The call with the options, or the name that stands without one. */
function callOf({ root }: Tree, { by, call }: RetryCode & { k: 'library' }): Node | undefined {
  const { start, end } = (call ?? by).at;
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent) {
    if (node.startIndex !== start || node.endIndex !== end) continue;
    if (call ? node.type === 'call' : node.type === 'identifier' || node.type === 'attribute') {
      if (call || node.parent?.type === 'decorator') return node;
    }
  }
  return undefined;
}
