/** Names in a Python file: who binds them, where they are seen, and which ones a repair may take. */
import type { Span } from '../../core/span.ts';
import type { Node, Tree } from '../syntax.ts';

export interface Names {
  /** Whether `name` can become a variable of `scope` without changing or hiding what anything else sees. */
  isFree(name: string, scope: Node): boolean;
  /** Whether `name` can be bound at the top level and read from `site`. */
  isFreeAtTop(name: string, site: Node): boolean;
  /** Whether `name`, read at `site`, is the top level's. */
  isSeen(name: string, site: Node): boolean;
  /** Where the top level's `name` gets its value. */
  topBindings(name: string): readonly Node[];
  /** Where the variable that `use` means gets its value. */
  bindingsOf(use: Node): readonly Node[];
}

/** Reads names on demand. What stands in `own` was written by an earlier repair and takes no name. */
export function namesOf(tree: Tree, own: readonly Span[]): Names {
  const { root, text } = tree;
  const known = new Map<string, { uses: readonly Node[]; binders: ReadonlySet<number> }>();

  const read = (name: string) => {
    const before = known.get(name);
    if (before) return before;
    const uses = [...occurrences(root, text, name)];
    const binders = new Set<number>();
    for (const use of uses) if (binds(use)) binders.add(scopeOf(use).id);
    for (const use of uses) if (isDeclaredOutside(use)) binders.delete(scopeOf(use).id);
    const found = { uses, binders };
    known.set(name, found);
    return found;
  };

  /** The scope whose variable a use means. */
  const owner = (use: Node, binders: ReadonlySet<number>): Node => {
    const first = scopeOf(use);
    for (let scope = first; scope.type !== 'module'; scope = scopeOf(scope)) {
      const counts = scope.id === first.id || scope.type !== 'class_definition';
      if (counts && binders.has(scope.id)) return scope;
    }
    return root;
  };

  const isOwn = (use: Node) => own.some((span) => span.start <= use.startIndex && use.endIndex <= span.end);
  const surrounding = (site: Node): readonly Node[] => {
    const scopes: Node[] = [];
    for (let scope = site.type === 'module' ? site : scopeOf(site); ; scope = scopeOf(scope)) {
      scopes.push(scope);
      if (scope.type === 'module') return scopes;
    }
  };

  return {
    isFree(name, scope) {
      const { uses, binders } = read(name);
      const seen = new Set([scope, ...surrounding(scope)].map(({ id }) => id));
      return uses.every((use) => {
        if (isOwn(use)) return true;
        const inScope = scope.startIndex <= use.startIndex && use.endIndex <= scope.endIndex;
        if (scope.type !== 'module' && inScope) return false;
        const of = owner(use, binders);
        return of.type === 'class_definition' || !seen.has(of.id);
      });
    },
    isFreeAtTop(name, site) {
      const { uses, binders } = read(name);
      if (surrounding(site).some((scope) => scope.type !== 'module' && binders.has(scope.id))) return false;
      return uses.every((use) => owner(use, binders).type !== 'module');
    },
    isSeen(name, site) {
      const { binders } = read(name);
      return surrounding(site).every((scope) => scope.type === 'module' || !binders.has(scope.id));
    },
    topBindings(name) {
      const { uses, binders } = read(name);
      return uses.filter((use) => binds(use) && owner(use, binders).type === 'module');
    },
    bindingsOf(use) {
      const { uses, binders } = read(use.text);
      const home = owner(use, binders).id;
      return uses.filter((other) => binds(other) && owner(other, binders).id === home);
    },
  };
}

/** `base`, or the first of `base_2`, `base_3`, … that is accepted. */
export function firstFree(base: string, accepts: (name: string) => boolean): string {
  if (accepts(base)) return base;
  for (let number = 2; ; number++) if (accepts(`${base}_${number}`)) return `${base}_${number}`;
}

/** The function, lambda, class or module whose scope a node stands in. Decorators, defaults and annotations stand outside. */
export function scopeOf(node: Node): Node {
  let isOutside = false;
  let child = node;
  for (let parent = node.parent; parent; parent = parent.parent) {
    const isField = (...fields: string[]) => fields.some((field) => parent!.childForFieldName(field)?.id === child.id);
    switch (parent.type) {
      case 'default_parameter':
      case 'typed_default_parameter':
      case 'typed_parameter':
        if (isField('value', 'type')) isOutside = true;
        break;
      case 'function_definition':
      case 'lambda':
        if (!isOutside && isField('body', 'parameters')) return parent;
        isOutside = false;
        break;
      case 'class_definition':
        if (isField('body')) return parent;
        break;
      case 'module':
        return parent;
    }
    child = parent;
  }
  return child;
}

/** The identifiers that use or bind `name`; attributes, keywords and the paths of imports are none. */
function* occurrences(root: Node, text: string, name: string): Generator<Node> {
  for (const match of text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))) {
    const end = match.index + name.length;
    const node = root.descendantForIndex(match.index, end);
    if (node?.type !== 'identifier' || node.startIndex !== match.index || node.endIndex !== end) continue;
    const { parent } = node;
    if (parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id) continue;
    if (parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id) continue;
    if (parent?.type === 'dotted_name') {
      const holder = parent.parent;
      if (holder?.type === 'aliased_import' || parent.firstNamedChild?.id !== node.id) continue;
      if (holder?.type === 'import_from_statement' && holder.childForFieldName('module_name')?.id === parent.id)
        continue;
      if (holder?.type === 'relative_import') continue;
    }
    yield node;
  }
}

const containers = new Set([
  'pattern_list',
  'tuple_pattern',
  'list_pattern',
  'list_splat_pattern',
  'tuple',
  'list',
  'list_splat',
  'parenthesized_expression',
]);

/** Whether an identifier gets a value here. */
function binds(use: Node): boolean {
  let node = use;
  while (node.parent && containers.has(node.parent.type)) node = node.parent;
  const { parent } = node;
  if (!parent) return false;
  const isField = (field: string) => parent.childForFieldName(field)?.id === node.id;
  switch (parent.type) {
    case 'dotted_name':
      return /import|case_pattern/.test(parent.parent?.type ?? '');
    case 'aliased_import':
      return isField('alias');
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
    case 'for_in_clause':
    case 'type_alias_statement':
      return isField('left');
    case 'named_expression':
    case 'default_parameter':
    case 'typed_default_parameter':
    case 'function_definition':
    case 'class_definition':
      return isField('name');
    case 'typed_parameter':
      return parent.firstNamedChild?.id === node.id;
    case 'as_pattern_target':
    case 'parameters':
    case 'lambda_parameters':
    case 'dictionary_splat_pattern':
    case 'delete_statement':
      return true;
    default:
      return false;
  }
}

function isDeclaredOutside(use: Node): boolean {
  return use.parent?.type === 'global_statement' || use.parent?.type === 'nonlocal_statement';
}
