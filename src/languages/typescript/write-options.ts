/** Sets one option in a call's arguments: in an object literal that is there, round an expression, or in a new one. */
import type { Edit } from '../../core/edit.ts';
import type { Request } from '../../core/verdict.ts';
import { opening, say } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import { brokenArguments, fits } from './write-layout.ts';
import { refuse } from './write-refusal.ts';
import { indentAt, type Style, startsLine } from './write-style.ts';
import { namedChildren, stringText } from './write-syntax.ts';

/**
 * The edits that make `name: value` hold in the argument at `index`, whatever else the argument says. `fitted`: an object
 * that gets too long for its line is broken.
 */
export function setOption(
  args: Node,
  index: number,
  name: string,
  value: string,
  text: string,
  style: Style,
  layout: 'flat' | 'broken' | 'fitted' = 'flat',
): readonly Edit[] {
  const given = namedChildren(args);
  if (given.some((arg) => arg.type === 'spread_element'))
    refuse(say('The call spreads its arguments, so its options have no place of their own.'));
  if (given.length < index) refuse(say('The call has no argument before its options.'));
  const option = `${name}: ${value}`;
  const own = given[index];
  if (!own) {
    const broken = layout === 'broken' && isHugged(args) ? brokenArguments(args, `{ ${option} }`, text, style) : [];
    return broken.length > 0 ? broken : [addArgument(args, given.at(-1), `{ ${option} }`, text, style)];
  }
  if (own.type === 'object') {
    const added = inObject(own, name, value, text, style);
    const isLonger = layout === 'fitted' && style.formatted && index === given.length - 1 && !propertyOf(own, name);
    return isLonger && namedChildren(own).length > 0 ? brokenWhereTooLong(own, option, added, text, style) : added;
  }
  if (own.type === 'undefined' || own.type === 'null') return [replace(own, `{ ${option} }`)];
  return [insert(own.startIndex, '{ ...'), insert(own.endIndex, `, ${option} }`)];
}

/**
 * The position of the request options: behind the body. Methods whose path has identifiers take those first, and how many
 * can't be told from the call.
 */
export function optionsIndex({ path, sdk }: Request, args: Node): 1 {
  if (sdk.retry.perCall !== 'secondArgument')
    refuse(say`${opening(say(sdk.name))} takes no request options behind a call’s arguments.`);
  const given = namedChildren(args);
  if (given.length > 2) refuse(say('The call has more arguments than a body and options.'));
  const name = path.split('.').at(-1)!;
  const first = given[0];
  const body = first?.type === 'object' || bodyFirst.test(path);
  if (!first || !body || !takesBody.has(name))
    refuse(say`Which argument of \`${path}\` holds the request options can’t be told from the call.`);
  return 1;
}

/** Methods that take a body and options, nothing before. */
const takesBody: ReadonlySet<string> = new Set(
  'create generate edit parse compact count countTokens createVariation createAndRun chat embed rerank classify'.split(
    ' ',
  ),
);
const bodyFirst =
  /^(chat\.completions|beta\.chat\.completions|completions|embeddings|responses|beta\.responses|responses\.inputTokens|images|moderations|decisions|videos|audio\.(speech|transcriptions|translations)|(beta\.)?messages|batches|files)\.\w+$/;

/** The entry of an object literal with that key. */
export function propertyOf(object: Node, name: string): Node | undefined {
  return namedChildren(object).find((entry) => keyOf(entry) === name);
}

function inObject(object: Node, name: string, value: string, text: string, style: Style): readonly Edit[] {
  const entries = namedChildren(object);
  const own = propertyOf(object, name);
  const last = entries.at(-1);
  const after = own ? entries.slice(entries.indexOf(own) + 1) : [];
  if (own && !after.some((entry) => entry.type === 'spread_element')) {
    const old = own.type === 'pair' ? own.childForFieldName('value') : null;
    return [old ? replace(old, value) : replace(own, `${name}: ${value}`)];
  }
  // A spread behind it would win, so it moves to the end.
  const removed = own ? [{ span: { start: own.startIndex, end: after[0]!.startIndex }, text: '' }] : [];
  return [...removed, ...addEntry(object, last, `${name}: ${value}`, text, style)];
}

/** The entries in lines of their own where the option does not fit behind them. */
function brokenWhereTooLong(
  object: Node,
  option: string,
  added: readonly Edit[],
  text: string,
  style: Style,
): readonly Edit[] {
  if (/[\r\n]/.test(object.text) || fits(object, `, ${option}`.length, text, style)) return added;
  const outer = indentAt(text, object.startIndex);
  const gap = style.lineEnd + outer + style.unit;
  const entries = [...namedChildren(object).map((entry) => entry.text), option];
  return [replace(object, `{${gap}${entries.join(`,${gap}`)}${style.trailing.entries}${style.lineEnd}${outer}}`)];
}

function addEntry(object: Node, last: Node | undefined, option: string, text: string, style: Style): readonly Edit[] {
  if (!last) return [replace(object, `{ ${option} }`)];
  const ownLine = startsLine(text, last.startIndex) && object.startPosition.row < last.startPosition.row;
  const gap = ownLine ? style.lineEnd + indentAt(text, last.startIndex) : ' ';
  const comma = commaAfter(last);
  // What a comment says at the end of the last entry's line stays with that entry.
  const note = noteAfter(comma ?? last);
  if (note && !ownLine) refuse(say('A comment stands where the option would go.'));
  const end = (note ?? comma ?? last).endIndex;
  if (comma) return [insert(end, `${gap}${option},`)];
  return note ? [insert(last.endIndex, ','), insert(end, `${gap}${option}`)] : [insert(end, `,${gap}${option}`)];
}

/** Whether the arguments begin and end beside the parentheses. */
function isHugged(args: Node): boolean {
  const given = namedChildren(args);
  const [first, last] = [given[0], given.at(-1)];
  return first?.startPosition.row === args.startPosition.row && last?.endPosition.row === args.endPosition.row;
}

function addArgument(args: Node, last: Node | undefined, argument: string, text: string, style: Style): Edit {
  if (!last) return insert(args.startIndex + 1, argument);
  const ownLine = startsLine(text, last.startIndex) && args.startPosition.row < last.startPosition.row;
  const gap = ownLine ? style.lineEnd + indentAt(text, last.startIndex) : ' ';
  return insert(last.endIndex, `,${gap}${argument}`);
}

function commaAfter(node: Node): Node | undefined {
  let next = node.nextSibling;
  while (next?.type === 'comment') next = next.nextSibling;
  return next?.type === ',' ? next : undefined;
}

function noteAfter(node: Node): Node | undefined {
  const next = node.nextSibling;
  return next?.type === 'comment' && next.startPosition.row === node.endPosition.row ? next : undefined;
}

function keyOf(entry: Node): string | undefined {
  if (entry.type === 'shorthand_property_identifier') return entry.text;
  const key = entry.childForFieldName(entry.type === 'method_definition' ? 'name' : 'key');
  return key?.type === 'property_identifier' ? key.text : stringText(key);
}

function replace(node: Node, text: string): Edit {
  return { span: { start: node.startIndex, end: node.endIndex }, text };
}

function insert(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}
