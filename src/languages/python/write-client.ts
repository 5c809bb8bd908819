/** The SDK's own retries: switched off for one call, or set where the client is made or at the call. */
import type { Edit } from '../../core/edit.ts';
import type { Written } from '../../core/editor.ts';
import type { Span } from '../../core/span.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { Draft, indentAt, lineEnd, lineStart, mannerOf, ownsLine } from './write-draft.ts';
import { importsOf } from './write-imports.ts';
import { namesOf } from './write-names.ts';
import type { Site } from './write-place.ts';

/** The edits that switch the SDK's own retries off for the call; none where it has none. */
export function switchOff(tree: Tree, request: Request, { call }: Site): Written {
  const { option, default: count } = request.sdk.retry;
  const { retries } = request.client;
  if (option === undefined) return { edits: [] };
  if (retries.k === 'set' ? retries.count === 0 : retries.k === 'default' && count === 0) return { edits: [] };
  return atCall(tree, request, call, 0);
}

export function setRetries(tree: Tree, request: Request, site: Site, count: number): Written {
  const { option } = request.sdk.retry;
  if (option === undefined) return { refused: say('This version of the SDK has no retries of its own for a 429.') };
  if (option.includes('.')) return { refused: say`\`${option}\` stands inside another option of the client.` };
  if (request.client.known === 'module') return atModule(tree, request, site, option, count);
  const set = request.client.retries.k === 'set' ? givenValue(tree, request.client.retries.at.at, option) : undefined;
  if (set) return replaced(set, String(count));
  const chain = chainOf(request, site.call);
  const isSetAtCall = chain?.derived.some((args) => argumentNamed(args, option) !== undefined) ?? false;
  const made = request.client.construction;
  const construction = made && tree.root.descendantForIndex(made.at.start, made.at.end);
  const args = construction && callAt(construction, made.at.end)?.childForFieldName('arguments');
  if (!isSetAtCall && args?.type === 'argument_list' && !args.hasError) {
    const value = argumentNamed(args, option);
    if (value) return replaced(value, String(count));
    // With `**options` the option might be given twice, which only the run would tell.
    if (!args.namedChildren.some((child) => child?.type === 'dictionary_splat'))
      return { edits: addArgument(tree, args, `${option}=${count}`) };
  }
  return atCall(tree, request, site.call, count);
}

function atCall(tree: Tree, request: Request, call: Node, count: number): Written {
  const { option, perCall, callOption } = request.sdk.retry;
  const derive = request.sdk.derive[0];
  if (option !== undefined && perCall === 'argument') return asArgument(tree, call, callOption ?? option, count);
  if (option === undefined || perCall !== 'derive' || derive === undefined)
    return { refused: say('The SDK’s own retries can’t be set for one call.') };
  if (request.client.known === 'module')
    return { refused: say`The module’s own client has no \`${derive}\`: make a client for this call.` };
  if (argumentNamed(call.childForFieldName('arguments')!, 'response_model'))
    return { refused: say`A patched client loses its \`response_model\` with \`${derive}\`.` };
  const chain = chainOf(request, call);
  if (!chain)
    return { refused: say`The call goes through a part of the client, where \`${derive}\` can’t be written.` };
  const last = chain.derived[0];
  const made = chain.derived.length === 0 && constructed(request, chain.client);
  if (made) {
    const value = argumentNamed(made, option);
    if (value) return replaced(value, String(count));
    if (!made.namedChildren.some((child) => child?.type === 'dictionary_splat'))
      return { edits: addArgument(tree, made, `${option}=${count}`) };
  }
  const given = chain.derived.map((args) => argumentNamed(args, option)).find((value) => value !== undefined);
  if (given) return replaced(given, String(count));
  if (last && !last.namedChildren.some((child) => child?.type === 'dictionary_splat'))
    return { edits: addArgument(tree, last, `${option}=${count}`) };
  const at = chain.client.endIndex;
  return { edits: [{ span: { start: at, end: at }, text: `.${derive}(${option}=${count})` }] };
}

function asArgument(tree: Tree, call: Node, option: string, count: number): Written {
  // Other options take an object or a policy, not a number.
  if (!option.endsWith('_retries')) return { refused: say('The SDK’s own retries can’t be set for one call.') };
  const args = call.childForFieldName('arguments')!;
  const [name, key] = option.split('.') as [string, string?];
  const given = argumentNamed(args, name);
  if (given) return key === undefined ? replaced(given, String(count)) : inDictionary(tree, given, key, count);
  if (args.namedChildren.some((child) => child?.type === 'dictionary_splat'))
    return { refused: say`\`${name}\` may stand in the arguments that are unpacked here.` };
  const { quote } = mannerOf(tree);
  const value = key === undefined ? count : `{${quote}${key}${quote}: ${count}}`;
  return { edits: addArgument(tree, args, `${name}=${value}`) };
}

function inDictionary(tree: Tree, given: Node, key: string, count: number): Written {
  if (given.type !== 'dictionary' || given.namedChildren.some((child) => child?.type === 'dictionary_splat'))
    return { refused: say`\`${given.text}\` may say already how often the SDK retries.` };
  const { quote } = mannerOf(tree);
  for (const pair of given.namedChildren)
    if (pair?.type === 'pair' && pair.childForFieldName('key')?.text.slice(1, -1) === key)
      return replaced(pair.childForFieldName('value')!, String(count));
  return { edits: addArgument(tree, given, `${quote}${key}${quote}: ${count}`) };
}

/** `openai.max_retries = n`, after the imports or where the file says it already. */
function atModule(tree: Tree, request: Request, site: Site, option: string, count: number): Written {
  const { client, sdk } = request;
  const name = tree.text.slice(client.at.start, client.at.end);
  const names = namesOf(tree, []);
  const binding = names.topBindings(name)[0];
  const statement = binding && importStatement(binding);
  if (!statement || names.topBindings(name).length > 1 || !names.isSeen(name, site.call))
    return { refused: say`\`${name}\` is not imported at the top of this file.` };
  for (const assignment of tree.root.descendantsOfType('assignment')) {
    if (assignment?.childForFieldName('left')?.text !== `${name}.${option}`) continue;
    const value = assignment.childForFieldName('right');
    if (value) return replaced(value, String(count));
  }
  const { place } = importsOf(tree, names, site.call);
  const at = Math.max(place.at, lineEnd(tree.text, statement.endIndex));
  const isAfterSite = at > site.call.startIndex && site.scope.type === 'module';
  if (place.side === 'before' || isAfterSite)
    return { refused: say`\`${sdk.errors.module}\` is imported too late to be set up.` };
  const draft = new Draft(mannerOf(tree).newline);
  const next = /^(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n|$))/.test(tree.text.slice(at)) ? '' : '\n';
  draft.insert(at, `\n\n${name}.${option} = ${count}${at === tree.text.length ? '' : next}`);
  return { edits: draft.edits() };
}

function importStatement(binding: Node): Node | undefined {
  let node: Node | null = binding;
  while (node && !node.type.endsWith('import_statement') && node.type !== 'import_from_statement') node = node.parent;
  return node?.parent?.type === 'module' ? node : undefined;
}

/** The arguments of the client that is made for this call alone. */
function constructed({ client }: Request, node: Node): Node | undefined {
  const at = client.construction?.at;
  if (!at || node.type !== 'call' || at.start !== node.startIndex || at.end !== node.endIndex) return undefined;
  const args = node.childForFieldName('arguments');
  return args?.type === 'argument_list' ? args : undefined;
}

interface Chain {
  readonly client: Node;
  /** The arguments of the deriving calls behind the client, last one first. */
  readonly derived: readonly Node[];
}

/** The callee from the method back to the client; undefined where it is not the whole path of the method. */
function chainOf(request: Request, call: Node): Chain | undefined {
  const { sdk, path, client } = request;
  const names: string[] = [];
  const derived: Node[] = [];
  let node = call.childForFieldName('function');
  const derivedBy = (one: Node | null): Node | undefined => {
    const callee = one?.type === 'call' ? one.childForFieldName('function') : null;
    if (callee?.type !== 'attribute' || !sdk.derive.includes(callee.childForFieldName('attribute')?.text ?? ''))
      return undefined;
    return one?.childForFieldName('arguments') ?? undefined;
  };
  while (node && !(node.startIndex === client.at.start && node.endIndex === client.at.end)) {
    const args = derivedBy(node);
    if (args) {
      derived.push(args);
      node = node.childForFieldName('function')!.childForFieldName('object');
    } else if (node.type === 'attribute') {
      const name = node.childForFieldName('attribute')!.text;
      if (!sdk.transparent.includes(name)) names.unshift(name);
      node = node.childForFieldName('object');
    } else if (node.type === 'parenthesized_expression') node = node.firstNamedChild;
    else return undefined;
  }
  if (!node || names.join('.') !== path) return undefined;
  const outermost = derived.length > 0 ? derived[0]!.parent! : node;
  const own = derivedBy(node);
  return { client: outermost, derived: own ? [...derived, own] : derived };
}

function callAt(node: Node, end: number): Node | undefined {
  let found: Node | null = node;
  while (found && found.type !== 'call') found = found.parent;
  return found?.endIndex === end ? found : undefined;
}

/** The value at `at`, if this file gives it to the option there. */
function givenValue({ root }: Tree, at: Span, option: string): Node | undefined {
  let node = root.descendantForIndex(at.start, at.end);
  while (node?.parent && node.parent.startIndex === at.start && node.parent.endIndex === at.end) node = node.parent;
  const holder = node?.parent;
  const name =
    holder?.type === 'keyword_argument'
      ? holder.childForFieldName('name')?.text
      : holder?.type === 'assignment'
        ? holder.childForFieldName('left')?.text.split('.').at(-1)
        : undefined;
  return node && name === option ? node : undefined;
}

export function argumentNamed(args: Node, name: string): Node | undefined {
  const found = args.namedChildren.find(
    (child) => child?.type === 'keyword_argument' && child.childForFieldName('name')?.text === name,
  );
  return found?.childForFieldName('value') ?? undefined;
}

function replaced(node: Node, text: string): Written {
  if (node.text === text) return { refused: say('It is set so already.') };
  return { edits: [{ span: { start: node.startIndex, end: node.endIndex }, text }] };
}

/** Adds an argument at the end, in the layout of the others. */
export function addArgument(tree: Tree, args: Node, argument: string): readonly Edit[] {
  const { text } = tree;
  const draft = new Draft(mannerOf(tree).newline);
  const last = args.namedChildren.filter((child) => child && child.type !== 'comment').at(-1);
  if (!last) {
    draft.insert(args.startIndex + 1, argument);
    return draft.edits();
  }
  const comma = args.children.find((child) => child?.type === ',' && child.startIndex >= last.endIndex);
  const isOnOwnLine = ownsLine(text, last.startIndex) && lineStart(text, args.endIndex) > last.endIndex;
  if (!isOnOwnLine) {
    if (comma) draft.insert(comma.endIndex, ` ${argument}`);
    else draft.insert(last.endIndex, `, ${argument}`);
    return draft.edits();
  }
  if (!comma) draft.insert(last.endIndex, ',');
  const line = `\n${indentAt(text, last.startIndex)}${argument}${comma ? ',' : ''}`;
  draft.insert(lineEnd(text, comma?.endIndex ?? last.endIndex), line);
  return draft.edits();
}
