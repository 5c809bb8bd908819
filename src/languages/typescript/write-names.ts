/** Lexical scopes of TypeScript and JavaScript, read from the tree where a writer needs them: who declares a name, is it free. */
import type { Node } from '../syntax.ts';
import { boundaryKinds, descendants, functionAround, functionKinds, namedChildren, nameKinds } from './write-syntax.ts';

export interface Declaration {
  readonly name: Node;
  /** What declares it: a declarator, a parameter, a function, a class, an import, … */
  readonly holder: Node;
  /** The node whose scope it belongs to. */
  readonly scope: Node;
  readonly kind: 'const' | 'let' | 'var' | 'param' | 'catch' | 'function' | 'class' | 'import' | 'other';
}

/** The declaration that `name` means at `at`, from inside outward. */
export function declarationOf(at: Node, name: string): Declaration | undefined {
  for (let scope: Node | null = at; scope; scope = scope.parent) {
    const found = declarationsIn(scope).find((one) => one.name.text === name);
    if (found) return found;
  }
  return undefined;
}

/** The first of `wishes` that is neither visible at `at` nor in `taken`; else the first one with a number. */
export function freeName(wishes: readonly string[], at: Node, taken: ReadonlySet<string>): string {
  const free = (name: string) => !taken.has(name) && !reserved.has(name) && !declarationOf(at, name);
  const wished = wishes.find(free);
  if (wished) return wished;
  for (let number = 2; ; number++) if (free(`${wishes[0]}${number}`)) return `${wishes[0]}${number}`;
}

/** A global's name, by way of `globalThis` where the file binds the name to something else. */
export function globalName(name: string, at: Node): string {
  return declarationOf(at, name) ? `globalThis.${name}` : name;
}

/** Whether anything but its declaration gives the variable a value. */
export function isReassigned({ name, scope }: Declaration): boolean {
  return assignmentsTo(name.text, scope).length > 0;
}

/** The nodes inside `scope` that assign to a variable of that name. */
export function assignmentsTo(name: string, scope: Node): readonly Node[] {
  const assigning = [
    'assignment_expression',
    'augmented_assignment_expression',
    'update_expression',
    'for_in_statement',
  ];
  return descendants(scope, assigning).filter((node) => {
    if (node.type === 'for_in_statement' && node.childForFieldName('kind')) return false;
    const target = node.childForFieldName(node.type === 'update_expression' ? 'argument' : 'left');
    return target !== null && patternNames(target).some((part) => part.text === name);
  });
}

/** Whether a function inside `scope` (and not the one that `scope` belongs to) uses the name. */
export function isCaptured(name: string, scope: Node): boolean {
  const own = boundaryKinds.has(scope.type) ? scope : functionAround(scope);
  return descendants(scope, nameKinds).some((use) => use.text === name && functionAround(use).id !== own.id);
}

/** The names that a pattern binds (or assigns to), without its keys and default values. */
export function patternNames(pattern: Node): readonly Node[] {
  switch (pattern.type) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
    case 'shorthand_property_identifier':
      return [pattern];
    case 'object_pattern':
    case 'array_pattern':
    case 'object':
    case 'array':
    case 'rest_pattern':
    case 'spread_element':
    case 'parenthesized_expression':
    case 'non_null_expression':
      return namedChildren(pattern).flatMap(patternNames);
    case 'pair_pattern':
    case 'pair':
      return fieldNames(pattern, 'value');
    case 'object_assignment_pattern':
    case 'assignment_pattern':
    case 'assignment_expression':
      return fieldNames(pattern, 'left');
    case 'required_parameter':
    case 'optional_parameter':
      return fieldNames(pattern, 'pattern');
    default:
      return [];
  }
}

function fieldNames(node: Node, field: string): readonly Node[] {
  const child = node.childForFieldName(field);
  return child ? patternNames(child) : [];
}

/** What a node declares for the code inside it. */
function declarationsIn(scope: Node): readonly Declaration[] {
  if (functionKinds.has(scope.type)) return ofFunction(scope);
  switch (scope.type) {
    case 'program':
    case 'statement_block':
    case 'class_static_block':
      return namedChildren(scope).flatMap((statement) => ofStatement(statement, scope));
    case 'switch_body':
      return namedChildren(scope).flatMap((clause) => namedChildren(clause).flatMap((it) => ofStatement(it, scope)));
    case 'for_statement': {
      const first = scope.childForFieldName('initializer');
      return first ? ofStatement(first, scope) : [];
    }
    case 'for_in_statement': {
      const kind = scope.childForFieldName('kind')?.text;
      const left = scope.childForFieldName('left');
      if (!kind || !left) return [];
      return patternNames(left).map((name) => ({ name, holder: scope, scope, kind: keyword(kind) }));
    }
    case 'catch_clause': {
      const parameter = scope.childForFieldName('parameter');
      return parameter ? patternNames(parameter).map((name) => ({ name, holder: scope, scope, kind: 'catch' })) : [];
    }
    case 'class': {
      const name = scope.childForFieldName('name');
      return name ? [{ name, holder: scope, scope, kind: 'class' }] : [];
    }
    default:
      return [];
  }
}

function ofFunction(fn: Node): readonly Declaration[] {
  const parameters = fn.childForFieldName('parameters') ?? fn.childForFieldName('parameter');
  const found: Declaration[] = [];
  for (const parameter of parameters?.type === 'identifier'
    ? [parameters]
    : parameters
      ? namedChildren(parameters)
      : [])
    for (const name of patternNames(parameter)) found.push({ name, holder: parameter, scope: fn, kind: 'param' });
  // A `var` belongs to the function, however deep it stands.
  const body = fn.childForFieldName('body');
  if (body?.type === 'statement_block')
    for (const declaration of descendants(body, 'variable_declaration'))
      if (functionAround(declaration).id === fn.id) found.push(...ofStatement(declaration, fn));
  const name = fn.type.endsWith('expression') || fn.type === 'generator_function' ? fn.childForFieldName('name') : null;
  if (name) found.push({ name, holder: fn, scope: fn, kind: 'function' });
  return found;
}

function ofStatement(statement: Node, scope: Node): readonly Declaration[] {
  switch (statement.type) {
    case 'export_statement':
    case 'ambient_declaration':
    case 'expression_statement':
      // A namespace stands in an expression statement.
      return namedChildren(statement)
        .filter((child) => statement.type !== 'expression_statement' || child.type === 'internal_module')
        .flatMap((child) => ofStatement(child, scope));
    case 'lexical_declaration':
    case 'variable_declaration': {
      const kind = keyword(statement.child(0)?.text ?? '');
      return namedChildren(statement).flatMap((holder) =>
        fieldNames(holder, 'name').map((name): Declaration => ({ name, holder, scope, kind })),
      );
    }
    case 'import_statement':
      return importedNames(statement).map((name) => ({ name, holder: statement, scope, kind: 'import' }));
    case 'function_declaration':
    case 'generator_function_declaration':
    case 'function_signature':
      return named(statement, scope, 'function');
    case 'class_declaration':
    case 'abstract_class_declaration':
      return named(statement, scope, 'class');
    case 'enum_declaration':
    case 'internal_module':
    case 'module':
    case 'import_alias':
      return named(statement, scope, 'other');
    default:
      return [];
  }
}

function named(holder: Node, scope: Node, kind: Declaration['kind']): readonly Declaration[] {
  const name = holder.childForFieldName('name') ?? holder.namedChild(0);
  return name ? [{ name, holder, scope, kind }] : [];
}

/** The local names of an import. */
function importedNames(statement: Node): readonly Node[] {
  const specifiers = descendants(statement, 'import_specifier').map(
    (one) => one.childForFieldName('alias') ?? one.childForFieldName('name'),
  );
  const others = descendants(statement, ['import_clause', 'namespace_import', 'import_require_clause']).flatMap((one) =>
    one.namedChildren.filter((child) => child.type === 'identifier'),
  );
  return [...specifiers, ...others].filter((name) => name !== null);
}

function keyword(text: string): Declaration['kind'] {
  return text === 'let' || text === 'var' || text === 'const' ? text : 'const';
}

const reserved: ReadonlySet<string> = new Set(
  `arguments async await break case catch class const continue debugger default delete do else enum eval export extends
  false finally for function if implements import in instanceof interface let new null of package private protected public
  return static super switch this throw true try typeof undefined using var void while with yield`.split(/\s+/),
);
