/** Moves what must be evaluated once out of a request that may be sent several times, into constants before it. */
import type { Edit } from '../../core/edit.ts';
import { say } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import { assignmentsTo, freeName } from './write-names.ts';
import { isPure, makesStream } from './write-purity.ts';
import { refuse } from './write-refusal.ts';
import type { Site } from './write-site.ts';
import { descendants, isDirective, namedChildren, namesIn, unwrapped } from './write-syntax.ts';
import { annotation, type KnownTypes, widens } from './write-types.ts';

/** An expression to be replaced by a constant. */
export interface Part {
  readonly node: Node;
  /** Names that would tell what it is, best first. */
  readonly wishes: readonly string[];
}

interface Constant {
  readonly name: string;
  /** An annotation, where the value alone would get a wider type: `: OpenAI.Chat.ChatCompletionMessageParam[]`. */
  readonly type: string;
  readonly value: string;
}

export interface Hoisted {
  /** In the order of evaluation. */
  readonly constants: readonly Constant[];
  /** What replaces the expressions inside the call. */
  readonly edits: readonly Edit[];
  /** The constant that stands for a node now. */
  nameOf(node: Node): string | undefined;
}

/** The expressions of the call that have effects, in the order of evaluation. */
export function impureParts({ callee, args }: Site, derive: readonly string[]): readonly Part[] {
  return [
    ...inCallee(callee, derive),
    ...namedChildren(args).flatMap((arg, index) => inValue(arg, index === 0 ? 'body' : 'options')),
  ];
}

/** Makes constants of `parts`; equal texts that only read share one. */
export function hoist(parts: readonly Part[], site: Site, types: KnownTypes | undefined): Hoisted {
  const around = site.fn.type === 'program' ? site.fn : (site.statement?.parent ?? site.fn);
  const taken = new Set(namesIn(around));
  const constants: Constant[] = [];
  const edits: Edit[] = [];
  const byNode = new Map<number, string>();
  const byText = new Map<string, string>();
  for (const { node, wishes } of [...parts].sort((a, b) => a.node.startIndex - b.node.startIndex)) {
    const shared = isPure(node) ? byText.get(node.text) : undefined;
    const name = shared ?? freeName(wishes, site.value.node, taken);
    if (shared === undefined) {
      check(node, site);
      taken.add(name);
      byText.set(node.text, name);
      constants.push({ name, type: types && widens(node) ? annotation(node, types) : '', value: unwrapped(node).text });
    }
    byNode.set(node.id, name);
    edits.push(replacement(node, name));
  }
  return { constants, edits, nameOf: (node) => byNode.get(node.id) };
}

/** Whether everything that runs before the request in `holder` (a statement or an arrow's body) may run after the constants. */
export function runsFirst(holder: Node, value: Node): boolean {
  for (let node = value; node.id !== holder.id; node = node.parent!) {
    const parent = node.parent;
    if (!parent || isConditional(node, parent)) return false;
    const earlier = namedChildren(parent).filter(({ endIndex }) => endIndex <= node.startIndex);
    if (transparent.has(parent.type)) continue;
    if (!earlier.every((sibling) => isPure(sibling) || sibling.type.endsWith('_pattern'))) return false;
  }
  return true;
}

/** Statements and declarators, whose earlier children are names, types and keywords. */
const transparent: ReadonlySet<string> = new Set([
  'variable_declarator',
  'for_in_statement',
  'if_statement',
  'switch_statement',
  'return_statement',
  'throw_statement',
  'expression_statement',
  'export_statement',
]);

/** Whether `node` is evaluated only sometimes, or more than once, when its parent is. */
function isConditional(node: Node, parent: Node): boolean {
  const field = (name: string) => parent.childForFieldName(name)?.id === node.id;
  switch (parent.type) {
    case 'binary_expression':
      return field('right') && /^(&&|\|\||\?\?)$/.test(parent.childForFieldName('operator')?.text ?? '');
    case 'augmented_assignment_expression':
      return /^(&&|\|\||\?\?)=$/.test(parent.childForFieldName('operator')?.text ?? '');
    case 'ternary_expression':
      return !field('condition');
    case 'while_statement':
    case 'do_statement':
      return true;
    case 'for_statement':
      return !field('initializer');
    case 'call_expression':
      return (
        field('arguments') && (parent.childForFieldName('function')?.text.includes('?.') || parent.text.includes('?.('))
      );
    case 'object_assignment_pattern':
    case 'assignment_pattern':
      return true;
    default:
      return parent.type.startsWith('jsx');
  }
}

function inCallee(node: Node, derive: readonly string[]): readonly Part[] {
  if (isPure(node)) return [];
  const object = node.type === 'member_expression' ? node.childForFieldName('object') : null;
  if (object) return inCallee(object, derive);
  // A client with other options is made anew each time, and nothing is sent.
  const callee = node.type === 'call_expression' ? node.childForFieldName('function') : null;
  const made =
    callee?.type === 'member_expression' && derive.includes(callee.childForFieldName('property')?.text ?? '');
  if (callee && made && namedChildren(node.childForFieldName('arguments')!).every((arg) => isPure(arg)))
    return inCallee(callee.childForFieldName('object')!, derive);
  return [{ node, wishes: ['client', 'requestClient'] }];
}

function inValue(node: Node, wish: string): readonly Part[] {
  if (isPure(node)) return [];
  switch (node.type) {
    case 'object':
    case 'array':
    case 'template_string':
      return namedChildren(node).flatMap((child) => inValue(child, node.type === 'template_string' ? 'text' : 'value'));
    case 'pair': {
      const key = node.childForFieldName('key')!;
      if (key.type === 'computed_property_name' && !isPure(key))
        refuse(say('A computed key has side effects, which each attempt would repeat.'));
      return inValue(node.childForFieldName('value')!, camelCase(key.text));
    }
    case 'spread_element':
    case 'template_substitution':
      return namedChildren(node).flatMap((child) => inValue(child, node.type === 'spread_element' ? 'rest' : wish));
    case 'parenthesized_expression':
      return inValue(unwrapped(node), wish);
    default:
      return [{ node, wishes: [wish, `request${wish.charAt(0).toUpperCase()}${wish.slice(1)}`] }];
  }
}

/** Refuses what would mean something else outside the call. */
function check(node: Node, site: Site): void {
  if (makesStream(node) && !/^await toFile\(/.test(node.text))
    refuse(say('The request uploads a stream, which a second attempt would find used up.'));
  if (isBelowDirective(node, site.args))
    refuse(say('A comment for a tool speaks of an argument that would have to move.'));
  const earlier = [site.callee, ...namedChildren(site.args)].flatMap((part) =>
    descendants(part, ['identifier', 'shorthand_property_identifier']).filter(
      ({ endIndex }) => endIndex <= node.startIndex,
    ),
  );
  for (const name of namesIn(node)) {
    const assigned = assignmentsTo(name, node).length > 0;
    const reads = earlier.filter((use) => use.text === name);
    if (reads.some((use) => assigned || isCopied(use, site.args)))
      refuse(say('An argument with side effects may change what stands before it.'));
  }
}

/** Whether the node begins on the line that a directive among the arguments speaks of. */
function isBelowDirective({ startPosition: { row } }: Node, args: Node): boolean {
  const comments = descendants(args, 'comment');
  for (
    let above = row - 1;
    comments.some((one) => one.startPosition.row <= above && above <= one.endPosition.row);
    above--
  )
    if (comments.some((one) => one.endPosition.row === above && isDirective(one))) return true;
  return false;
}

/** Whether the value is read as it stands at that moment: spread, joined, mapped. */
function isCopied(use: Node, args: Node): boolean {
  for (let node = use.parent; node && node.id !== args.id; node = node.parent)
    if (node.type === 'spread_element' || node.type === 'call_expression' || node.type === 'template_substitution')
      return true;
  return false;
}

function replacement(node: Node, name: string): Edit {
  const pair = node.parent?.type === 'pair' ? node.parent : undefined;
  if (pair?.childForFieldName('key')?.text === name) return edit(pair, name);
  if (node.type === 'shorthand_property_identifier') return edit(node, `${node.text}: ${name}`);
  return edit(node, name);
}

function edit({ startIndex, endIndex }: Node, text: string): Edit {
  return { span: { start: startIndex, end: endIndex }, text };
}

/** A variable's name from a property's. */
export function camelCase(key: string): string {
  const name = key.replace(/[^A-Za-z0-9]+(.)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');
  return /^[A-Za-z]/.test(name) ? name : 'value';
}

/** The constants as declarations, without semicolons. */
export function declarations({ constants }: Hoisted): readonly string[] {
  return constants.map(({ name, type, value }) => `const ${name}${type} = ${value}`);
}
