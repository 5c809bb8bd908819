/** Writes options into the call of a retry library. */
import type { OptionWriting } from '../../core/catalogue.ts';
import type { Edit } from '../../core/edit.ts';
import type { RetryCode, RetryUse } from '../../core/retry-use.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { milliseconds } from './write-attempts.ts';
import { importFrom } from './write-module-import.ts';
import { propertyOf, setOption } from './write-options.ts';
import { quotaTest } from './write-quota.ts';
import { refuse } from './write-refusal.ts';
import { type Dialect, type Style, styleOf } from './write-style.ts';
import { functionAround, namedChildren } from './write-syntax.ts';

export function writeOptions(
  tree: Tree,
  path: string,
  use: RetryUse,
  { call, library }: RetryCode & { k: 'library' },
  writing: OptionWriting | undefined,
  policy: RetryPolicy,
  dialect: Dialect,
): readonly Edit[] {
  if (!writing || writing.at === undefined) refuse(say`${use.name} has no option for that.`);
  const node = call && callAt(tree.root, call.at);
  const args = node?.childForFieldName('arguments');
  if (!node || args?.type !== 'arguments') refuse(say('Its options stand in another place.'));
  if (node.hasError || functionAround(node).hasError) refuse(say('The code here has a syntax error.'));
  const style = styleOf(tree);
  const source = moduleOf(tree, library.modules) ?? library.modules[0]!;
  const wanted = (writing.needs ?? []).map((name) => ({ module: source, name, wishes: [name] }));
  const needed = wanted.length > 0 ? importFrom(tree, path, wanted, style) : { names: [], edits: [] };
  const base = baseOf(args, writing, policy);
  const values = parameters(policy, base, (sign) => quotaTest(use, 'error', dialect, sign));
  const options = Object.entries(writing.options).map(([name, value]) => {
    let text = value.replace(/\{(\w+)\}/g, (whole, key: string) => values[key]?.() ?? whole);
    for (const [at, need] of (writing.needs ?? []).entries())
      text = text.replaceAll(new RegExp(`\\b${need}\\b`, 'g'), needed.names[at]!);
    return { name, text };
  });
  return [...needed.edits, ...optionEdits(args, writing, options, tree, style)];
}

/** Those that are there get the new value; the others come as one. */
function optionEdits(
  args: Node,
  { at = 0, once, drops = [] }: OptionWriting,
  options: readonly { readonly name: string; readonly text: string }[],
  { text }: Tree,
  style: Style,
): readonly Edit[] {
  const own = namedChildren(args)[at];
  const given = (name: string) => (own?.type === 'object' ? propertyOf(own, name) : undefined);
  if (own && /^(number|string|arrow_function|true|false)$/.test(own.type))
    refuse(say('Its options are given by position.'));
  if (own && own.type !== 'object' && once) refuse(say('Its options come from elsewhere.'));
  const set = options.filter(({ name }) => given(name));
  if (once && set.length > 0) refuse(say`\`${set[0]!.name}\` decides on other errors here already.`);
  const gone = drops.map(given).find((one) => one !== undefined);
  const [first, ...others] = options.filter(({ name }) => !given(name));
  const more = others.map((one) => `, ${one.name}: ${one.text}`).join('');
  return [
    ...set.flatMap((one) => setOption(args, at, one.name, one.text, text, style)),
    // What would speak against the new options gives its place to them.
    ...(first && gone
      ? [{ span: { start: gone.startIndex, end: gone.endIndex }, text: `${first.name}: ${first.text}${more}` }]
      : first
        ? setOption(args, at, first.name, first.text + more, text, style)
        : []),
  ];
}

/** The wait that the code has chosen, which the new ones grow from: `1000`, `new ConstantBackoff(1000)`. */
function baseOf(args: Node, { at = 0, options, drops = [] }: OptionWriting, policy: RetryPolicy): string {
  const own = namedChildren(args)[at];
  for (const name of own?.type === 'object' ? [...Object.keys(options), ...drops] : []) {
    const value = propertyOf(own!, name)?.childForFieldName('value');
    const given = value?.type === 'new_expression' ? value.childForFieldName('arguments')?.namedChild(0) : value;
    if (!given || !/^(number|identifier|member_expression)$/.test(given.type)) continue;
    const known = Number(given.text.replaceAll('_', ''));
    if (!(known >= policy.maxWaitSeconds * 1000 || known === 0)) return given.text;
  }
  return milliseconds(policy.baseSeconds);
}

function parameters(
  { maxAttempts, maxWaitSeconds }: RetryPolicy,
  base: string,
  quota: (sign: '===' | '!==') => string,
): Readonly<Record<string, () => string>> {
  const cap = milliseconds(maxWaitSeconds);
  return {
    attempts: () => String(maxAttempts),
    retries: () => String(maxAttempts - 1),
    baseMs: () => base,
    capMs: () => cap,
    spreadMs: () => `Math.random() * Math.min(${cap}, ${base} * 2 ** attempt)`,
    quota: () => quota('!=='),
  };
}

/** The module's name as the file has it. */
function moduleOf({ text }: Tree, modules: readonly string[]): string | undefined {
  return modules.find((name) => text.includes(`'${name}'`) || text.includes(`"${name}"`));
}

function callAt(root: Node, { start, end }: { readonly start: number; readonly end: number }): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(end - 1, end); node; node = node.parent)
    if (node.endIndex === end && node.type === 'call_expression' && node.startIndex === start) return node;
  return undefined;
}
