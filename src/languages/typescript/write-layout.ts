/** Lays out calls that a repair makes longer, as the formatter of the file would: an argument a line where one does not fit. */
import type { Edit } from '../../core/edit.ts';
import type { Node } from '../syntax.ts';
import type { Site } from './write-site.ts';
import { fixedLines, indentAt, lineEnd, lineStart, type Style, startsLine } from './write-style.ts';
import { descendants, namedChildren } from './write-syntax.ts';
import type { Wrapper } from './write-wrapped.ts';

/** Whether the line that `node` begins on has room for `more` columns, and the node is on that line alone. */
export function fits(node: Node, more: number, text: string, style: Style): boolean {
  if (/[\r\n]/.test(node.text)) return false;
  const start = lineStart(text, node.startIndex);
  const line = text.slice(start, lineEnd(text, node.endIndex)).replaceAll('\t', '  ');
  return line.length + more <= style.width;
}

/** A further argument, with all arguments on lines of their own. */
export function brokenArguments(args: Node, argument: string, text: string, style: Style): readonly Edit[] {
  const given = namedChildren(args);
  if (descendants(args, 'comment').some(({ parent }) => parent?.id === args.id)) return [];
  const outer = indentAt(text, args.startIndex);
  const inner = outer + style.unit;
  const gap = style.lineEnd + inner;
  const [only, ...further] = given;
  // Behind an argument of another kind an object stays on the line, and its entries move.
  if (only && further.length === 0 && only.type !== 'object' && !/[\r\n]/.test(args.text)) {
    const entries = argument.slice(1, -1).trim();
    const text = `, {${gap}${entries}${style.trailing.entries}${style.lineEnd}${outer}}`;
    return [{ span: { start: only.endIndex, end: only.endIndex }, text }];
  }
  return given.flatMap((arg, index) => {
    const start = index === 0 ? args.startIndex + 1 : given[index - 1]!.endIndex;
    const last = index === given.length - 1;
    return [
      { span: { start, end: arg.startIndex }, text: index === 0 ? gap : `,${gap}` },
      ...deeper(arg, text, style),
      ...brokenObject(arg, inner, style),
      ...(last
        ? [
            {
              span: { start: arg.endIndex, end: args.endIndex - 1 },
              text: `,${gap}${argument}${style.trailing.arguments}${style.lineEnd}${outer}`,
            },
          ]
        : []),
    ];
  });
}

export interface WrapperLayout {
  readonly wrapper: Wrapper;
  readonly args: 'flat' | 'broken';
  /** By how much the further lines of the call move right. */
  readonly shift: string;
  /** The line ends that come before and behind the whole. */
  readonly before: readonly Edit[];
  readonly behind: readonly Edit[];
}

/** How a wrapped call is laid out where it does not fit its line; undefined where it does, or can't be told. */
export function wrapperLayout(
  site: Site,
  { open, close }: Wrapper,
  more: number,
  text: string,
  style: Style,
): WrapperLayout | undefined {
  const { call, promise, value } = site;
  if (!style.formatted || close !== ')' || promise.end !== call.endIndex) return undefined;
  if (fits(call, more + open.length + close.length, text, style)) return undefined;
  const around = outermostArgument(value.node, text);
  const lifted = around ? broken(around, text, style) : { before: [], behind: [] };
  const base = indentAt(text, call.startIndex) + (around ? style.unit : '');
  const extra = more + open.length + close.length;
  if (around && widthOf(base) + around.text.length + extra + 1 <= style.width)
    return { wrapper: { open, close }, args: 'flat', shift: '', ...lifted };
  const line = ownLine(site, text, style, base);
  const outer = base + (line ? style.unit : '');
  const single = !/[\r\n]/.test(call.text);
  const before = [...lifted.before, ...(line?.before ?? [])];
  const behind = [...(line?.behind ?? []), ...lifted.behind];
  if (single && line && widthOf(outer) + value.node.text.length + extra + 1 <= style.width)
    return { wrapper: { open, close }, args: 'flat', shift: '', before, behind };
  const inner = outer + style.unit;
  return {
    wrapper: {
      open: `${open.trimEnd()}${style.lineEnd}${inner}`,
      close: `${style.trailing.arguments}${style.lineEnd}${outer}${close}`,
    },
    args: single && widthOf(inner) + call.text.length + more + 1 <= style.width ? 'flat' : 'broken',
    shift: style.unit.repeat((line ? 2 : 1) + (around ? 1 : 0)),
    before,
    behind,
  };
}

/** The edits that give an arrow function's body, or an only argument, a line of its own. */
export function ownLine(
  { arrow, value }: Site,
  text: string,
  style: Style,
  outer = indentAt(text, value.span.start),
): Pick<WrapperLayout, 'before' | 'behind'> | undefined {
  const { node, span } = value;
  if (startsLine(text, span.start)) return undefined;
  const holder = arrow?.childForFieldName('body')?.id === node.id ? arrow : node;
  const isLast = holder.parent?.type === 'arguments' && namedChildren(holder.parent).at(-1)?.id === holder.id;
  if (holder === node)
    return isLast && namedChildren(node.parent!).length === 1 ? broken(node, text, style, outer) : undefined;
  const start = node.previousSibling!.endIndex;
  return {
    before: [{ span: { start, end: span.start }, text: style.lineEnd + outer + style.unit }],
    behind: isLast
      ? [{ span: { start: span.end, end: span.end }, text: `${style.trailing.arguments}${style.lineEnd}${outer}` }]
      : [],
  };
}

/** An only argument in lines of its own. */
export function broken(
  { startIndex, endIndex }: Node,
  text: string,
  style: Style,
  outer = indentAt(text, startIndex),
): Pick<WrapperLayout, 'before' | 'behind'> {
  return {
    before: [{ span: { start: startIndex, end: startIndex }, text: style.lineEnd + outer + style.unit }],
    behind: [{ span: { start: endIndex, end: endIndex }, text: `${style.trailing.arguments}${style.lineEnd}${outer}` }],
  };
}

/** The outermost call that is an only argument round the value: it gets lines of its own before what is inside does. */
export function outermostArgument(value: Node, text: string): Node | undefined {
  let found: Node | undefined;
  for (let node = value.parent; node && !/statement|declaration/.test(node.type); node = node.parent) {
    const only = node.parent?.type === 'arguments' && namedChildren(node.parent).length === 1;
    const single = /^(call|await)_expression$/.test(node.type) && !/[\r\n]/.test(node.text);
    if (only && single && !startsLine(text, node.startIndex)) found = node;
  }
  return found;
}

export function widthOf(indent: string): number {
  return indent.replaceAll('\t', '  ').length;
}

/** One level more for the further lines of a node. */
export function deeper(node: Node, text: string, style: Style, by = style.unit): readonly Edit[] {
  const fixed = fixedLines(node, text, { start: node.startIndex, end: node.endIndex });
  return [...text.slice(node.startIndex, node.endIndex).matchAll(/\r\n?|\n/g)].flatMap((end) => {
    const at = node.startIndex + end.index + end[0].length;
    return fixed.has(at) || /^[ \t]*[\r\n]/.test(text.slice(at, at + 400))
      ? []
      : [{ span: { start: at, end: at }, text: by }];
  });
}

/** An object that does not fit its line gets a line for each entry. */
function brokenObject(object: Node, indent: string, style: Style): readonly Edit[] {
  const entries = namedChildren(object);
  const width = widthOf(indent) + object.text.length + 1;
  const plain = object.type === 'object' && entries.length > 0 && !/[\r\n]/.test(object.text);
  if (!plain || width <= style.width) return [];
  const gap = style.lineEnd + indent + style.unit;
  return [
    ...entries.map((entry, index) => ({
      span: { start: index === 0 ? object.startIndex + 1 : entries[index - 1]!.endIndex, end: entry.startIndex },
      text: index === 0 ? gap : `,${gap}`,
    })),
    {
      span: { start: entries.at(-1)!.endIndex, end: object.endIndex - 1 },
      text: `${style.trailing.entries}${style.lineEnd}${indent}`,
    },
  ];
}
