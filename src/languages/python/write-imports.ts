/** The imports of a Python file: how a repair reaches a name, and the import lines that it adds for it. */
import type { Node, Tree } from '../syntax.ts';
import { type Draft, endsLine, indentAt, lineEnd, lineStart, ownsLine } from './write-draft.ts';
import { firstFree, type Names, scopeOf } from './write-names.ts';

export interface Imports {
  /** Whether the file imports `module` or something from it at run time. */
  has(module: string): boolean;
  /** An expression for the attribute of a module: `time.sleep`, or `sleep` where the file imports that. */
  attribute(module: string, name: string): string;
  /** A name imported from a module: `cast`, or `typing.cast` where the file imports the module. */
  member(module: string, name: string): string;
  /** As `member`, but an import inside the function of the site will do. Undefined where none can be added safely. */
  memberAtSite(module: string, name: string): string | undefined;
  /** Whether the file imports from `module`, but nowhere at the top level. */
  isLazy(module: string): boolean;
  /** Where code that follows the imports goes: at the end of a line, or before a line. */
  readonly place: Place;
  /** Writes the import lines; `code` comes after them, two empty lines around it. */
  write(draft: Draft, code: readonly string[]): void;
}

export interface Place {
  readonly at: number;
  readonly side: 'after' | 'before';
}

interface Bound {
  readonly name: string;
  /** The variable: of `import a.b` it is `a`. */
  readonly as: string;
  readonly isAlias: boolean;
  readonly node: Node;
}

interface Import {
  readonly node: Node;
  readonly module: string;
  /** `import m` binds a module; `from m import …` names. */
  readonly form: 'module' | 'names' | 'star';
  readonly bound: readonly Bound[];
  readonly where: 'top' | 'try' | 'types' | 'inner';
}

/** Names that the written helpers use for their own variables: no import may go by one of them. */
const helperVariables = new Set(
  'after after_ms args attempt call date delay error headers kwargs number parts send started text told unit units wait'.split(
    ' ',
  ),
);

/** Reads the imports for the repair of `site`. */
export function importsOf(tree: Tree, names: Names, site: Node): Imports {
  const all = readImports(tree.root);
  const top = topStatement(site);
  const place = placeFor(tree, top);
  const inFunction = scopeOf(site).type !== 'module';
  const taken = new Set<string>();
  const added = new Map<string, string>();
  const lines: string[] = [];
  const fromLines = new Map<string, string[]>();
  const merges = new Map<Import, string[]>();

  // What a helper's definition needs must be there before it; the rest, when the site runs.
  const comesBefore = ({ node, module }: Import) =>
    node.startIndex < place.at || (module !== 'typing' && (node.startIndex < top.startIndex || inFunction));
  const usable = (one: Import, as: string): boolean => {
    if ((one.where !== 'top' && one.where !== 'try') || !comesBefore(one) || helperVariables.has(as)) return false;
    const home = one.where === 'try' ? outermostTry(one.node) : one.node;
    return (
      names.isSeen(as, site) &&
      names.topBindings(as).every((use) => contains(home, use) || sameImport(all, one, as, use))
    );
  };
  const canBind = (name: string) => !taken.has(name) && !helperVariables.has(name) && names.isFreeAtTop(name, site);
  const existingModule = (module: string): string | undefined => {
    // `import email` does not load `email.utils`; the packages of SDKs load their modules themselves.
    const isReached = (name: string) => name === module || (name === rootOf(module) && !standardModules.has(name));
    for (const one of all) {
      const parent = one.form === 'names' ? `${one.module}.` : '';
      for (const { name, as, isAlias } of one.bound) {
        if (!isReached(parent + name) || !usable(one, as)) continue;
        return isAlias || parent ? as + module.slice((parent + name).length) : module;
      }
    }
    return undefined;
  };
  const existingName = (module: string, name: string): string | undefined => {
    for (const one of all) {
      if (one.form !== 'names' || one.module !== module) continue;
      for (const bound of one.bound) if (bound.name === name && usable(one, bound.as)) return bound.as;
    }
    return undefined;
  };
  const once = (key: string, make: () => string): string => {
    const before = added.get(key);
    if (before !== undefined) return before;
    const made = make();
    added.set(key, made);
    return made;
  };
  const take = (base: string): string => {
    const name = firstFree(base, canBind);
    taken.add(name);
    return name;
  };

  const member = (module: string, name: string): string =>
    once(`${module}:${name}`, () => {
      const found = existingName(module, name);
      if (found) return found;
      const whole = existingModule(module);
      if (whole) return `${whole}.${name}`;
      const as = take(canBind(name) ? name : `${rootOf(module)}_${name}`);
      const written = as === name ? name : `${name} as ${as}`;
      const home = all.find(
        (one) =>
          one.form === 'names' &&
          one.module === module &&
          (one.where === 'top' || one.where === 'try') &&
          !one.node.hasError &&
          comesBefore(one),
      );
      if (home) merges.set(home, [...(merges.get(home) ?? []), written]);
      else fromLines.set(module, [...(fromLines.get(module) ?? []), written]);
      return as;
    });

  const isLazy = (module: string): boolean => {
    const own = all.filter((one) => one.where !== 'types' && imports(one, module));
    return own.length > 0 && own.every((one) => one.where === 'inner');
  };

  return {
    place,
    isLazy,
    has: (module) => all.some((one) => one.where !== 'types' && imports(one, module)),
    attribute(module, name) {
      const found = existingModule(module);
      if (found) return `${found}.${name}`;
      const single = existingName(module, name);
      if (single) return single;
      const as = once(module, () => {
        const free = take(canBind(module) ? module : `${module}_module`);
        lines.push(free === module ? `import ${module}` : `import ${module} as ${free}`);
        return free;
      });
      return `${as}.${name}`;
    },
    member,
    memberAtSite(module, name) {
      const found = existingName(module, name) ?? (existingModule(module) && member(module, name));
      if (found) return found;
      if (!isLazy(module)) return member(module, name);
      return localMember(all, names, site, module, name, (home, written) =>
        merges.set(home, [...(merges.get(home) ?? []), written]),
      );
    },
    write(draft, code) {
      for (const [one, written] of merges) extend(draft, tree, one, written);
      const from = [...fromLines].map(([of, written]) => `from ${of} import ${written.toSorted().join(', ')}`);
      const rest = insertSorted(draft, tree, all, place, [...lines, ...from]);
      writeBlock(draft, tree, place, rest, code);
    },
  };
}

function rootOf(module: string): string {
  return module.split('.')[0]!;
}

function imports(one: Import, module: string): boolean {
  const root = rootOf(module);
  return one.form === 'module'
    ? one.bound.some(({ name }) => rootOf(name) === root)
    : rootOf(one.module) === root && one.module !== '';
}

function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

/** Whether another import binds `as` to the same thing, so that it does not matter which one ran last. */
function sameImport(all: readonly Import[], one: Import, as: string, use: Node): boolean {
  const other = all.find(({ node }) => contains(node, use));
  const meant = (of: Import | undefined) => of?.bound.find((bound) => bound.as === as);
  const [mine, others] = [meant(one), meant(other)];
  if (!mine || !others || other?.form !== one.form || other.module !== one.module) return false;
  if (mine.name === others.name && mine.isAlias === others.isAlias) return true;
  return one.form === 'module' && !mine.isAlias && !others.isAlias;
}

function readImports(root: Node): readonly Import[] {
  const statements = root.descendantsOfType([
    'import_statement',
    'import_from_statement',
    'future_import_statement',
  ]) as Node[];
  return statements.map((node): Import => {
    const where = whereIs(node);
    const isModule = node.type === 'import_statement';
    const bound = (node.childrenForFieldName('name') as Node[]).map((child): Bound => {
      const isAlias = child.type === 'aliased_import';
      const name = (isAlias ? child.childForFieldName('name')! : child).text;
      const as = isAlias ? child.childForFieldName('alias')!.text : isModule ? rootOf(name) : name;
      return { name, as, isAlias, node: child };
    });
    if (isModule) return { node, module: '', form: 'module', bound, where };
    const module = node.childForFieldName('module_name')?.text ?? '__future__';
    const isStar = node.namedChildren.some((child) => child?.type === 'wildcard_import');
    return { node, module, form: isStar ? 'star' : 'names', bound, where };
  });
}

function whereIs(node: Node): Import['where'] {
  let where: Import['where'] = 'top';
  for (let parent = node.parent; parent; parent = parent.parent) {
    if (parent.type === 'function_definition' || parent.type === 'class_definition' || parent.type === 'lambda')
      return 'inner';
    if (parent.type === 'if_statement')
      return /\bTYPE_CHECKING\b/.test(parent.childForFieldName('condition')?.text ?? '') ? 'types' : 'inner';
    if (parent.type === 'try_statement')
      where = parent.childForFieldName('body') && contains(parent.childForFieldName('body')!, node) ? 'try' : 'inner';
    if (where === 'inner') return where;
  }
  return where;
}

function outermostTry(node: Node): Node {
  let found = node;
  for (let parent = node.parent; parent; parent = parent.parent) if (parent.type === 'try_statement') found = parent;
  return found;
}

export function topStatement(node: Node): Node {
  let top = node;
  while (top.parent && top.parent.type !== 'module') top = top.parent;
  return top;
}

/** After the last import that comes before the first definition and before the site; else after what must come first. */
function placeFor({ root, text }: Tree, site: Node): Place {
  let last: Node | undefined;
  let first: Node | undefined;
  for (const child of root.namedChildren) {
    if (!child || child.type === 'comment') continue;
    if (child.startIndex >= site.startIndex && child.id === site.id) {
      first ??= child;
      break;
    }
    if (/^(function|class|decorated)_definition$/.test(child.type)) {
      first ??= child;
      break;
    }
    if (isImportLike(child)) last = child;
    else if (!first && !last && isDocstring(child)) last = child;
    else first ??= child;
  }
  if (last) return { at: lineEnd(text, last.endIndex), side: 'after' };
  const start = lineStart(text, first?.startIndex ?? 0);
  return { at: aboveComments(text, start), side: 'before' };
}

function isDocstring(node: Node): boolean {
  return node.type === 'expression_statement' && node.firstNamedChild?.type === 'string';
}

function isImportLike(node: Node): boolean {
  if (/import/.test(node.type)) return true;
  if (node.type !== 'try_statement' && node.type !== 'if_statement') return false;
  const blocks = node
    .descendantsOfType('block')
    .filter((block) => block?.parent?.id === node.id || block?.parent?.parent?.id === node.id);
  return (
    blocks.some((block) => block?.namedChildren.some((child) => child && /import/.test(child.type))) &&
    node.descendantsOfType(['function_definition', 'class_definition']).length === 0
  );
}

/** The start of the comment lines that stand right above, unless they open the file: a shebang stays first. */
function aboveComments(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStart(text, lineEndBefore(text, at));
    if (!/^[ \t]*#/.test(text.slice(above, at))) return at;
    if (lineStart(text, 0) === above) return start;
    at = above;
  }
  return at;
}

function lineEndBefore(text: string, start: number): number {
  return text[start - 1] === '\n' && text[start - 2] === '\r' ? start - 2 : start - 1;
}

/** An import of the same package in the function of the site that has run before it: the name is added there. */
function localMember(
  all: readonly Import[],
  names: Names,
  site: Node,
  module: string,
  name: string,
  merge: (home: Import, written: string) => void,
): string | undefined {
  for (let scope = scopeOf(site); scope.type !== 'module'; scope = scopeOf(scope)) {
    if (scope.type !== 'function_definition') continue;
    for (const one of all) {
      const isHere = scopeOf(one.node).id === scope.id && one.node.parent && contains(one.node.parent, site);
      if (!isHere || one.node.startIndex > site.startIndex) continue;
      if (one.form === 'module') {
        const bound = one.bound.find((each) => each.name === rootOf(module));
        if (bound) return `${bound.as}${module.slice(bound.name.length)}.${name}`;
      } else if (one.form === 'names' && one.module === module) {
        const known = one.bound.find((bound) => bound.name === name);
        if (known) return known.as;
        const as = firstFree(name, (each) => names.isFree(each, scope));
        merge(one, as === name ? name : `${name} as ${as}`);
        return as;
      }
    }
  }
  return undefined;
}

/** Adds names at the end of a `from` import, in its own layout. */
function extend(draft: Draft, { text }: Tree, { node, bound }: Import, written: readonly string[]): void {
  const last = bound.at(-1)!.node;
  const next = last.nextSibling;
  const hasComma = next?.type === ',';
  const close = node.children.find((child) => child?.type === ')');
  const isOnOwnLine =
    ownsLine(text, last.startIndex) &&
    close !== undefined &&
    close !== null &&
    lineStart(text, close.startIndex) > last.endIndex;
  if (!isOnOwnLine) {
    draft.insert(last.endIndex, written.map((name) => `, ${name}`).join(''));
    return;
  }
  const indent = indentAt(text, last.startIndex);
  const end = lineEnd(text, last.endIndex);
  if (!hasComma) draft.insert(last.endIndex, ',');
  const body = written.map((name) => `\n${indent}${name}`).join(',');
  draft.insert(end, hasComma ? `${body},` : body);
}

/** Puts imports of the standard library where such imports stand, by name. Returns the lines that are left. */
function insertSorted(
  draft: Draft,
  { text }: Tree,
  all: readonly Import[],
  place: Place,
  lines: readonly string[],
): readonly string[] {
  const atTop = all.filter(
    ({ node, where }) => where === 'top' && node.startIndex < place.at && ownsLine(text, node.startIndex),
  );
  const first = atTop.find(({ module }) => module !== '__future__');
  // A star import may bring the same names: what is added has to come later.
  if (!first || atTop.some(({ form }) => form === 'star')) return sorted(lines);
  const standard = atTop.filter((one) => endsLine(text, one.node.endIndex) && isStandard(one.node.text));
  const rest: string[] = [];
  const leading: string[] = [];
  for (const line of sorted(lines)) {
    if (!isStandard(line)) rest.push(line);
    else if (standard.length === 0) leading.push(line);
    else {
      const before = standard.filter(({ node }) => order(node.text) < order(line)).at(-1);
      if (before) draft.insert(lineEnd(text, before.node.endIndex), `\n${line}`);
      else draft.insert(standard[0]!.node.startIndex, `${line}\n`);
    }
  }
  if (leading.length > 0)
    draft.insert(aboveComments(text, lineStart(text, first.node.startIndex)), `${leading.join('\n')}\n\n`);
  return rest;
}

function isStandard(line: string): boolean {
  const [, module] = /^(?:import|from)\s+(\w+)/.exec(line) ?? [];
  return module !== undefined && standardModules.has(module) && !/^import.*,/.test(line);
}

/** Plain imports first, each kind by name. */
function order(line: string): string {
  const [, kind, module] = /^(import|from)\s+([\w.]+)/.exec(line) ?? [];
  return `${kind === 'import' ? 0 : 1} ${module}`;
}

function sorted(lines: readonly string[]): readonly string[] {
  return lines.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

function writeBlock(
  draft: Draft,
  { text }: Tree,
  place: Place,
  lines: readonly string[],
  code: readonly string[],
): void {
  const parts = [...(lines.length > 0 ? [lines.join('\n')] : []), ...code];
  if (parts.length === 0) return;
  const block = parts.join('\n\n\n');
  if (place.side === 'before') {
    draft.insert(place.at, `${block}\n${code.length > 0 ? '\n\n' : '\n'}`);
    return;
  }
  const isAfterImport = /^(import|from)\b/.test(text.slice(lineStart(text, place.at)));
  const lead = lines.length === 0 ? '\n\n\n' : isAfterImport ? '\n' : '\n\n';
  const wanted = code.length > 0 ? 2 : isAfterImport ? 0 : 1;
  draft.insert(place.at, lead + block + '\n'.repeat(missingEmptyLines(text, place.at, wanted)));
}

/** How many of `wanted` empty lines are missing after `end`; none at the end of the file. */
function missingEmptyLines(text: string, end: number, wanted: number): number {
  const after = /^(?:[ \t\f]*(\r\n?|\n))*/.exec(text.slice(end))![0];
  if (end + after.length >= text.length) return 0;
  return Math.max(0, wanted + 1 - (after.match(/\r\n?|\n/g)?.length ?? 0));
}

const standardModules = new Set(
  'abc argparse ast asyncio base64 bisect calendar collections concurrent contextlib copy csv ctypes dataclasses datetime decimal difflib email enum fnmatch functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io itertools json keyword locale logging math mimetypes multiprocessing operator os pathlib pickle platform pprint queue random re sched secrets select shelve shlex shutil signal socket sqlite3 ssl statistics string struct subprocess sys tempfile textwrap threading time timeit traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zoneinfo'.split(
    ' ',
  ),
);
