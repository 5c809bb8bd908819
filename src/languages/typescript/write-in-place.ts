/** Writes the retry as a loop with try and catch round the statement that makes the request. */
import type { Edit } from '../../core/edit.ts';
import type { Span } from '../../core/span.ts';
import type { Node, Tree } from '../syntax.ts';
import type { Helper } from './write-helper.ts';
import { declarations, type Hoisted, runsFirst } from './write-hoist.ts';
import { assignmentsTo, freeName, globalName, isCaptured } from './write-names.ts';
import { isPure } from './write-purity.ts';
import { canAwait, type Site } from './write-site.ts';
import { directivesAbove, isListed, ownerOf } from './write-spot.ts';
import { type Dialect, indentAt, layOut, lineEnd, type Style, startsLine } from './write-style.ts';
import { descendants, namedChildren, namesIn, unwrapped } from './write-syntax.ts';
import { rendered } from './write-text.ts';

/** What the loop does with the statement. */
export interface Place {
  readonly statement: Node;
  /** `let x;` before the loop, and where the rest of the declaration begins. */
  readonly declaration?: { readonly keyword: string; readonly name: Node; readonly type?: Node };
  readonly leaves: 'break' | 'return';
  /** What the whole replaces, and how it is embedded. */
  readonly span: Span;
  readonly indent: string;
  readonly frame?: { readonly open: string; readonly close: string };
  /** A comment that ends the statement's line. */
  readonly note?: Node;
}

/** The place for a loop, or undefined where the request is better wrapped in a function. */
export function placeOf(site: Site, tree: Tree, dialect: Dialect, style: Style): Place | undefined {
  const { statement, value, awaited } = site;
  if (!statement || !canAwait(site)) return undefined;
  const expression = namedChildren(statement)[0];
  if (
    !expression ||
    (!awaited && !(statement.type === 'return_statement' && unwrapped(expression).id === value.node.id))
  )
    return undefined;
  const hole = new Set([value.node.id]);
  const span = spanFor(statement, tree.text, style);
  if (!span || directivesAbove(statement)) return undefined;
  switch (statement.type) {
    case 'return_statement':
      return isPure(expression, hole) ? { statement, leaves: 'return', ...span } : undefined;
    case 'expression_statement': {
      // The grammar reads `using x = …` as an assignment.
      if (/^(await\s+)?using\s/.test(statement.text)) return undefined;
      const inner = unwrapped(expression);
      const target = /^(augmented_)?assignment_expression$/.test(inner.type) ? inner.childForFieldName('left') : null;
      const read = target ? inner.childForFieldName('right')! : inner;
      const fits = (!target || target.type.endsWith('_pattern') || isPure(target)) && isPure(read, hole);
      return fits ? { statement, leaves: 'break', ...span } : undefined;
    }
    case 'lexical_declaration':
    case 'variable_declaration': {
      const declaration = declarationFor(statement, value.node, dialect);
      return declaration && isListed(statement) ? { statement, leaves: 'break', declaration, ...span } : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether constants before the loop keep the order of evaluation. */
export function hasRoomBefore({ statement }: Place, { value }: Site): boolean {
  return runsFirst(statement, value.node);
}

/** The edit that writes the loop. */
export function writeInPlace(
  place: Place,
  site: Site,
  { root, text }: Tree,
  style: Style,
  inside: { readonly edits: readonly Edit[]; readonly hoisted: Hoisted },
  delay: Helper,
  pause: { readonly helper: Helper; readonly signal: string } | undefined,
): Edit {
  const { statement, declaration, leaves, indent, frame, note } = place;
  const taken = new Set([...namesIn(statement), ...inside.hoisted.constants.map(({ name }) => name)]);
  const local = (...wishes: string[]) => {
    const name = freeName(wishes, statement, taken);
    taken.add(name);
    return name;
  };
  const attempt = local('attempt', 'attemptNumber', 'retryAttempt');
  const started = local('started', 'startedAt', 'retryStarted');
  const error = local('error', 'requestError', 'retryError');
  const wait = local('delay', 'milliseconds', 'waitingTime');
  const global = (name: string) => globalName(name, statement);

  const edits = [...inside.edits, ...inside.hoisted.edits];
  if (!site.awaited) edits.push({ span: { start: site.promise.start, end: site.promise.start }, text: 'await ' });
  const start = declaration?.name.startIndex ?? statement.startIndex;
  if (declaration?.type)
    edits.push({ span: { start: declaration.name.endIndex, end: declaration.type.endIndex }, text: '' });
  const deeper = indent.slice(indentAt(text, statement.startIndex).length) + style.unit.repeat(2);
  const request = rendered(root, text, { start, end: endOf(statement) }, edits, deeper);
  const comment = note ? text.slice(endOf(statement), note.endIndex) : '';

  const lay = (...lines: string[]) => layOut(lines, style, indent);
  const semicolon = style.semicolons ? ';' : '';
  const body = [
    ...declarations(inside.hoisted).map((line) => indent + line + semicolon),
    ...(declaration
      ? [`${indent}${declaration.keyword} ${declaration.name.text}${declaration.type?.text ?? ''}${semicolon}`]
      : []),
    lay(`for (let ${attempt} = 1, ${started} = ${global('Date')}.now(); ; ${attempt}++) {`, '  try {'),
    `${indent}${style.unit.repeat(2)}${request}${comment}`,
    ...(leaves === 'break' ? [lay('    break;')] : []),
    lay(
      `  } catch (${error}) {`,
      `    const ${wait} = ${delay.name}(${error}, ${attempt}, ${started});`,
      `    if (${wait} === undefined) throw ${error};`,
      pause
        ? `    await ${pause.helper.name}(${wait}, ${pause.signal});`
        : `    await new ${global('Promise')}((resolve) => ${global('setTimeout')}(resolve, ${wait}));`,
      '  }',
      '}',
    ),
  ].join(style.lineEnd);
  return { span: place.span, text: frame ? frame.open + body + frame.close : body.slice(indent.length) };
}

/** The stretch that the loop takes the place of. */
function spanFor(
  statement: Node,
  text: string,
  style: Style,
): Pick<Place, 'span' | 'indent' | 'frame' | 'note'> | undefined {
  const { startIndex: start, parent } = statement;
  const end = endOf(statement);
  const rest = text.slice(end, lineEnd(text, end));
  if (isListed(statement)) {
    if (startsLine(text, start)) {
      const next = statement.nextSibling;
      const note = next?.type === 'comment' && rest.trim() === next.text ? next : undefined;
      if (rest.trim() !== '' && !note) return undefined;
      return { span: { start, end: note?.endIndex ?? end }, indent: indentAt(text, start), ...(note && { note }) };
    }
    if (parent?.type !== 'statement_block' || parent.namedChildCount !== 1) return undefined;
    if (!startsBlockLine(parent, start, text)) return undefined;
    const outer = indentAt(text, parent.startIndex);
    const frame = { open: style.lineEnd, close: style.lineEnd + outer };
    return { span: { start: parent.startIndex + 1, end: parent.endIndex - 1 }, indent: outer + style.unit, frame };
  }
  const owner = ownerOf(statement);
  const previous = statement.previousSibling;
  if (!owner || !previous || previous.type === 'comment') return undefined;
  const outer = indentAt(text, owner.startIndex);
  // An `else` that comes next moves up behind the brace.
  const otherwise = parent?.childForFieldName('alternative');
  const joins = otherwise && statement.id !== otherwise.id && text.slice(end, otherwise.startIndex).trim() === '';
  const frame = { open: ` {${style.lineEnd}`, close: `${style.lineEnd}${outer}}${joins ? ' ' : ''}` };
  return {
    span: { start: previous.endIndex, end: joins ? otherwise.startIndex : end },
    indent: outer + style.unit,
    frame,
  };
}

/** The statement's end, without a semicolon that guards the line below: `;[x].map(…)`. */
function endOf({ startIndex, text }: Node): number {
  return startIndex + text.replace(/\s*[\r\n]\s*;$/, '').length;
}

/** Whether the block's brace and its only statement share a line. */
function startsBlockLine(block: Node, start: number, text: string): boolean {
  return text.slice(block.startIndex + 1, start).trim() === '' && !/[\r\n]/.test(text.slice(block.startIndex, start));
}

/** How a declaration is split into a bare one and an assignment, where that keeps types and readers as they are. */
function declarationFor(statement: Node, value: Node, dialect: Dialect): Place['declaration'] | undefined {
  const [declarator, ...more] = namedChildren(statement);
  const name = declarator?.childForFieldName('name');
  const initial = declarator?.childForFieldName('value');
  if (!declarator || more.length > 0 || !initial || name?.type !== 'identifier') return undefined;
  if (statement.namedChildren.concat(declarator.namedChildren).some(({ type }) => type === 'comment')) return undefined;
  if (!isPure(initial, new Set([value.id]))) return undefined;
  const type = declarator.childForFieldName('type') ?? undefined;
  const keyword = statement.child(0)!.text === 'var' ? 'var' : 'let';
  const scope = statement.parent!.type.startsWith('switch') ? statement.parent!.parent! : statement.parent!;
  if (dialect === 'typescript') {
    // A variable without a type takes it from what is assigned, but only in its own function, and wider than a constant.
    if (isCaptured(name.text, scope) || isExportedOrQueried(name.text, scope)) return undefined;
    const reassigned = assignmentsTo(name.text, scope).length > 0;
    if (!type && (reassigned || keyword === 'var' || !isPlainPath(value, initial))) return undefined;
  }
  return { keyword, name, ...(type && { type }) };
}

function isExportedOrQueried(name: string, scope: Node): boolean {
  return descendants(scope, ['type_query', 'export_specifier']).some((node) => namesIn(node).has(name));
}

/** Whether only member access and the like lie between the request and the declaration. */
function isPlainPath(value: Node, initial: Node): boolean {
  const plain = /^(parenthesized|member|subscript|non_null|as|satisfies)_expression$/;
  for (let node = value; node.id !== initial.id; node = node.parent!)
    if (!node.parent || !plain.test(node.parent.type)) return false;
  return true;
}
