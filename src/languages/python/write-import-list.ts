/** The import statements of a Python file, as a repair needs to see them. */
import type { Node } from '../syntax.ts';

export interface Bound {
  readonly name: string;
  /** The variable: of `import a.b` it is `a`. */
  readonly as: string;
  readonly isAlias: boolean;
  readonly node: Node;
}

export interface Import {
  readonly node: Node;
  readonly module: string;
  /** `import m` binds a module; `from m import …` names. */
  readonly form: 'module' | 'names' | 'star';
  readonly bound: readonly Bound[];
  readonly where: 'top' | 'try' | 'types' | 'inner';
}

export function readImports(root: Node): readonly Import[] {
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

export function outermostTry(node: Node): Node {
  let found = node;
  for (let parent = node.parent; parent; parent = parent.parent) if (parent.type === 'try_statement') found = parent;
  return found;
}

export function rootOf(module: string): string {
  return module.split('.')[0]!;
}

export function contains(outer: Node, inner: Node): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}

export function topStatement(node: Node): Node {
  let top = node;
  while (top.parent && top.parent.type !== 'module') top = top.parent;
  return top;
}

export const standardModules = new Set(
  'abc argparse ast asyncio base64 bisect calendar collections concurrent contextlib copy csv ctypes dataclasses datetime decimal difflib email enum fnmatch functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io itertools json keyword locale logging math mimetypes multiprocessing operator os pathlib pickle platform pprint queue random re sched secrets select shelve shlex shutil signal socket sqlite3 ssl statistics string struct subprocess sys tempfile textwrap threading time timeit traceback types typing unicodedata unittest urllib uuid warnings weakref xml zipfile zoneinfo'.split(
    ' ',
  ),
);
