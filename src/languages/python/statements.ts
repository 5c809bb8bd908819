/** Python's statements. */
import type { Expr, Stmt, Target } from '../../core/facts.ts';
import { readType } from './annotations.ts';
import { readFor, readIf, readTry, readWhile, readWith } from './compound.ts';
import { readDefinition } from './definitions.ts';
import { isExpression, readExpression, readOne, readOther } from './expressions.ts';
import { readFromImport, readImport } from './imports.ts';
import { readMatch } from './match.ts';
import { deepest, type Place, room, textOf } from './place.ts';
import { readTarget } from './targets.ts';
import { child, firstNamed, named, type SyntaxNode, spanOf } from './tree.ts';

type Reader = (place: Place, node: SyntaxNode) => readonly Stmt[];

const nothing: readonly Stmt[] = [];

const readers = new Map<string, Reader>([
  ['expression_statement', readSimple],
  ['import_statement', silent(readImport)],
  ['import_from_statement', silent(readFromImport)],
  ['future_import_statement', silent(readFromImport)],
  ['function_definition', readDefinition],
  ['class_definition', readDefinition],
  ['decorated_definition', readDefinition],
  ['if_statement', readIf],
  ['for_statement', readFor],
  ['while_statement', readWhile],
  ['try_statement', readTry],
  ['with_statement', readWith],
  ['match_statement', readMatch],
  ['return_statement', (place, node) => [{ k: 'return', at: spanOf(node), ...returned(place, named(node)) }]],
  ['raise_statement', readRaise],
  ['break_statement', (_, node) => [{ k: 'break', at: spanOf(node) }]],
  ['continue_statement', (_, node) => [{ k: 'continue', at: spanOf(node) }]],
  ['pass_statement', () => nothing],
  ['global_statement', silent(readGlobal)],
  ['nonlocal_statement', silent(readNonlocal)],
  ['type_alias_statement', readTypeAlias],
  ['print_statement', readPrint],
  ['exec_statement', readEffect],
  ['assert_statement', readEffect],
  ['delete_statement', readEffect],
]);

export function isStatement({ type }: SyntaxNode): boolean {
  return readers.has(type);
}

/** The statements of a module or block. */
export function readStatements(place: Place, block: SyntaxNode): Stmt[] {
  const { file } = place;
  if (file.depth >= deepest) return [];
  file.depth++;
  const outer = file.strays;
  file.strays = [];
  const list: Stmt[] = [];
  for (const it of block.children) {
    if (!it.named) continue;
    list.push(...readStatement(place, it));
    if (file.unread.size > 0) list.push(...readUnread(place, it));
    if (file.strays.length > 0) list.push(...file.strays.splice(0));
  }
  file.strays = outer;
  file.depth--;
  return list;
}

/** The body of a compound statement or clause; code under way between its colon and its first statement belongs to it. */
export function readSuite(place: Place, node: SyntaxNode): Stmt[] {
  const colon = node.children.findIndex((it) => it.type === ':');
  const block = node.children.findIndex((it) => it.type === 'block');
  const before = node.children.slice(colon + 1, Math.max(block, 0)).filter((it) => it.type === 'ERROR');
  const first = before.flatMap((it) => readBroken(place, it));
  return block < 0 ? first : [...first, ...readStatements(place, node.children[block]!)];
}

export function readStatement(place: Place, node: SyntaxNode): readonly Stmt[] {
  const read = readers.get(node.type);
  return read ? read(place, node) : readBroken(place, node);
}

/** What is broken somewhere in `node` and was met nowhere. */
function readUnread(place: Place, node: SyntaxNode): readonly Stmt[] {
  const stmts: Stmt[] = [];
  for (const it of place.file.unread) {
    if (it.start >= node.end) break;
    if (it.start >= node.start && it.end <= node.end) stmts.push(...readBroken(place, it));
  }
  return stmts;
}

/** What the parser could not make a statement of: whatever can be read in it. */
function readBroken(place: Place, node: SyntaxNode): readonly Stmt[] {
  const parts: Expr[] = [];
  const stmts: Stmt[] = [];
  const open = [node];
  place.file.unread.delete(node);
  for (let it = open.pop(); it; it = open.pop()) {
    if (isStatement(it)) stmts.push(...readStatement(place, it));
    else if (isExpression(it)) parts.push(readExpression(place, it));
    else for (const inner of it.children.toReversed()) if (inner.named) open.push(inner);
  }
  const at = spanOf(node);
  return parts.length > 0 ? [{ k: 'expr', at, value: { k: 'other', at, parts } }, ...stmts] : stmts;
}

function silent(read: (place: Place, node: SyntaxNode) => void): Reader {
  return (place, node) => {
    read(place, node);
    return nothing;
  };
}

function readSimple(place: Place, node: SyntaxNode): readonly Stmt[] {
  const parts = named(node);
  const [first] = parts;
  if (!first) return nothing;
  if (first.type === 'assignment' && parts.length === 1) return readAssignment(place, first);
  if (first.type === 'augmented_assignment' && parts.length === 1) return readAugmented(place, first);
  return [{ k: 'expr', at: spanOf(node), value: readOne(place, parts) }];
}

/** `a = b = c` assigns the value of `b = c` to `a`. */
function readAssignment(place: Place, node: SyntaxNode): readonly Stmt[] {
  const at = spanOf(node);
  const left = child(node, 'left');
  if (!left) return readEffect(place, node);
  const annotation = child(node, 'type');
  if (annotation) readAnnotation(place, left, annotation);
  const right = child(node, 'right');
  if (right) {
    const value = readAssigned(place, right);
    return [{ k: 'assign', at, target: readTarget(place, left), value, augmented: false }];
  }
  return readBareAnnotation(place, left);
}

/** The right side of an assignment. A chain of them is read in a loop; one too long to nest loses its last links. */
function readAssigned(place: Place, node: SyntaxNode): Expr {
  const links: SyntaxNode[] = [];
  let last: SyntaxNode = node;
  for (let right = child(node, 'right'); last.type === 'assignment' && right; right = child(last, 'right')) {
    links.push(last);
    last = right;
  }
  if (links.length === 0) return readExpression(place, node);
  const { file } = place;
  const outside = file.depth;
  const most = room(file);
  file.depth += Math.min(links.length, most);
  let value = readExpression(place, last);
  for (const link of links.splice(most)) {
    const left = child(link, 'left');
    if (left) readTarget(place, left);
  }
  for (let link = links.pop(); link; link = links.pop()) {
    file.depth = outside + links.length;
    const left = child(link, 'left');
    if (left) value = { k: 'assign', at: spanOf(link), target: readTarget(place, left), value };
  }
  file.depth = outside;
  return value;
}

/** The annotation of a name is its variable's type; that of `self.x` says what a field of the class is. */
function readAnnotation(place: Place, left: SyntaxNode, annotation: SyntaxNode): void {
  const { self } = place;
  const at = spanOf(left);
  const type = readType(place, annotation);
  if (left.type === 'identifier') {
    const own = place.file.vars[place.owner.declare(textOf(place, left), at)]!;
    // A variable of another function, made known here by `global`, is typed where it is at home.
    if (own.fn === place.scope.fn) own.type ??= type;
    return;
  }
  const of = left.type === 'attribute' ? child(left, 'object') : undefined;
  const name = child(left, 'attribute');
  if (self && of?.type === 'identifier' && name && textOf(place, of) === self.name)
    place.file.classes[self.cls]!.fields.push({ name: textOf(place, name), at, type });
}

/** `name: Type` binds nothing, but in a class it says that there is a field. */
function readBareAnnotation(place: Place, left: SyntaxNode): readonly Stmt[] {
  const { file, owner, cls } = place;
  const at = spanOf(left);
  if (left.type !== 'identifier') {
    const value: Expr = { k: 'other', at, parts: [readExpression(place, left)] };
    return [{ k: 'expr', at, value }];
  }
  if (cls !== undefined) {
    const name = textOf(place, left);
    const { type } = file.vars[owner.declare(name, at)]!;
    file.classes[cls]!.fields.push({ name, at, ...(type && { type }) });
  }
  return nothing;
}

function readAugmented(place: Place, node: SyntaxNode): readonly Stmt[] {
  const left = child(node, 'left');
  const right = child(node, 'right');
  if (!left || !right) return readEffect(place, node);
  const value = readExpression(place, right);
  const op = node.children.find((it) => !it.named && it.type.endsWith('='))?.type.slice(0, -1);
  return [
    { k: 'assign', at: spanOf(node), target: readTarget(place, left), value, augmented: true, ...(op && { op }) },
  ];
}

function returned(place: Place, parts: readonly SyntaxNode[]): { readonly value?: Expr } {
  return parts.length > 0 ? { value: readOne(place, parts) } : {};
}

/** `raise error from cause`, where a cause that does something is a statement before; Python 2's `raise Class, message`. */
function readRaise(place: Place, node: SyntaxNode): readonly Stmt[] {
  const raised = named(node).filter((it) => it.field !== 'cause');
  const [first] = raised;
  const value = first?.type === 'expression_list' ? named(first).slice(0, 1) : raised;
  const raise: Stmt = { k: 'raise', at: spanOf(node), ...returned(place, value) };
  const cause = child(node, 'cause');
  if (!cause || cause.type === 'identifier' || cause.type === 'none') return [raise];
  return [{ k: 'expr', at: spanOf(cause), value: readExpression(place, cause) }, raise];
}

/** Statements that only evaluate: `assert`, `del`. */
function readEffect(place: Place, node: SyntaxNode): readonly Stmt[] {
  return [{ k: 'expr', at: spanOf(node), value: readOther(place, node) }];
}

function readPrint(place: Place, node: SyntaxNode): readonly Stmt[] {
  const at = spanOf(node);
  const callee = place.scope.use('print', { start: node.start, end: node.start + 'print'.length });
  const args = named(node).map((it) => ({ value: readExpression(place, it) }));
  return [{ k: 'expr', at, value: { k: 'call', at, callee, args, isNew: false } }];
}

function readGlobal(place: Place, node: SyntaxNode): void {
  const { owner, file } = place;
  for (const it of named(node)) {
    const name = textOf(place, it);
    if (owner !== file.top) owner.alias(name, file.top.declare(name, spanOf(it)));
  }
}

function readNonlocal(place: Place, node: SyntaxNode): void {
  const { owner } = place;
  const outer: Place['owner'][] = [];
  for (let scope = owner.parent; scope; scope = scope.parent) if (!scope.isClass && scope.fn !== 0) outer.push(scope);
  for (const it of named(node)) {
    const name = textOf(place, it);
    const scope = outer.find(({ names }) => names.has(name)) ?? outer[0];
    if (scope) owner.alias(name, scope.declare(name, spanOf(it)));
  }
}

/** `type Name[T] = value`. The grammar also takes `type(x).name = value` for one. */
function readTypeAlias(place: Place, node: SyntaxNode): readonly Stmt[] {
  const left = child(node, 'left');
  const right = child(node, 'right');
  const alias = left && firstNamed(left);
  const value = right && firstNamed(right);
  if (!alias || !value) return readEffect(place, node);
  const at = spanOf(node);
  const name = alias.type === 'generic_type' ? firstNamed(alias) : alias;
  if (name?.type === 'identifier')
    return [{ k: 'assign', at, target: readTarget(place, name), value: readType(place, right), augmented: false }];
  const target: Target = { k: 'other', at: spanOf(alias) };
  return [{ k: 'assign', at, target, value: readExpression(place, value), augmented: false }];
}
