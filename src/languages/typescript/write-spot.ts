/** Finds room for statements before a request: in a list of statements, in braces that a lone statement gets, in an arrow's body. */
import type { Edit } from '../../core/edit.ts';
import type { Node, Tree } from '../syntax.ts';
import { runsFirst } from './write-hoist.ts';
import type { Site } from './write-site.ts';
import { indentAt, type Style, startsLine } from './write-style.ts';
import { isDirective } from './write-syntax.ts';

const lists: ReadonlySet<string> = new Set([
  'program',
  'statement_block',
  'switch_case',
  'switch_default',
  'class_static_block',
]);

/** Whether the statement is one of a list, so that others can stand beside it. */
export function isListed(statement: Node): boolean {
  return lists.has(statement.parent?.type ?? '');
}

/** The statement that a lone body (`if (x) return y;`) belongs to. */
export function ownerOf(statement: Node): Node | undefined {
  const { parent } = statement;
  if (parent?.type === 'else_clause') return parent;
  const alone = ['consequence', 'body'].some((field) => parent?.childForFieldName(field)?.id === statement.id);
  return alone && /^(if|for|for_in|while|do)_statement$/.test(parent?.type ?? '') ? (parent ?? undefined) : undefined;
}

/** Comments for tools that speak of the line below them, directly above the statement. */
export function directivesAbove(statement: Node): Node | undefined {
  let first: Node | undefined;
  let below = statement;
  for (let node = statement.previousSibling; node?.type === 'comment'; node = node.previousSibling) {
    if (below.startPosition.row - node.endPosition.row > 1) break;
    if (isDirective(node)) first = node;
    below = node;
  }
  return first;
}

export interface Room {
  /** In the order of the text; `closing` comes behind whatever else ends with the statement. */
  readonly opening: readonly Edit[];
  readonly closing: readonly Edit[];
}

/** The edits that put `declarations` before the request is made; undefined where there is no room for a statement. */
export function roomFor(site: Site, declarations: readonly string[], { text }: Tree, style: Style): Room | undefined {
  if (declarations.length === 0) return { opening: [], closing: [] };
  const holder = site.statement ?? site.arrow?.childForFieldName('body');
  if (!holder || !runsFirst(holder, site.value.node)) return undefined;
  // What a directive speaks of stays on the line below it.
  if (site.statement && directivesAbove(site.statement)) return undefined;
  const semicolon = style.semicolons ? ';' : '';
  if (site.statement && isListed(site.statement)) {
    const at = site.statement.startIndex;
    const gap = startsLine(text, at) ? semicolon + style.lineEnd + indentAt(text, at) : '; ';
    const lines = declarations.map((line) => line + gap).join('');
    return { opening: [{ span: { start: at, end: at }, text: lines }], closing: [] };
  }
  const owner = site.statement ? ownerOf(site.statement) : site.arrow;
  const previous = holder.previousSibling;
  if (!owner || !previous || previous.type === 'comment') return undefined;
  const outer = indentAt(text, owner.startIndex);
  const line = style.lineEnd + outer + style.unit;
  const open = [' {', ...declarations.map((one) => one + semicolon), site.arrow ? 'return ' : ''].join(line);
  const close = `${site.arrow ? semicolon : ''}${style.lineEnd}${outer}}`;
  return {
    opening: [{ span: { start: previous.endIndex, end: holder.startIndex }, text: open }],
    closing: [{ span: { start: holder.endIndex, end: holder.endIndex }, text: close }],
  };
}
