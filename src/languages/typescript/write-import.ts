/** The SDK's error classes as a file can name them, from an import that is there or one more. */
import type { Sdk } from '../../core/catalogue.ts';
import type { Edit } from '../../core/edit.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { freeName, patternNames } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { lineEnd, type Style } from './write-style.ts';
import { descendants, namedChildren, namesIn, stringText, unwrapped } from './write-syntax.ts';

export interface ErrorClasses {
  /** As the top level of the file can write them, in the order asked for: `OpenAI.APIError`. */
  readonly names: readonly string[];
  readonly edits: readonly Edit[];
}

/** One name that the top level of the file binds to something of the SDK. */
export interface Binding {
  readonly local: string;
  /** `default`, `*` for the module, else the exported name. */
  readonly imported: string;
}

export interface Import {
  readonly statement: Node;
  readonly source: string;
  /** Whether it is the SDK's own module, not one of its parts. */
  readonly whole: boolean;
  readonly typeOnly: boolean;
  readonly bindings: readonly Binding[];
  /** Those that stand for types only. */
  readonly types: readonly Binding[];
  readonly braces?: Node;
}

export function errorClassesOf(
  tree: Tree,
  { sdk, client }: Request,
  wanted: readonly string[],
  style: Style,
): ErrorClasses {
  if (!sdk.modules.includes(sdk.errors.module))
    refuse(say`Which package the errors of ${say(sdk.name)} come from is not certain.`);
  const imports = importsOf(tree, sdk);
  const bindings = imports.flatMap((one) => one.bindings.map((binding) => ({ ...binding, whole: one.whole })));
  // The client's classes, and the module itself, carry the error classes as properties.
  const carrier =
    bindings.find(({ imported, whole }) => whole && sdk.clients.has(imported)) ??
    bindings.find(({ imported, whole }) => imported === '*' && whole);
  if (carrier) return { names: wanted.map((name) => `${carrier.local}.${name}`), edits: [] };
  if (imports.length === 0 && client.known === 'shape')
    refuse(say`Nothing in this file shows that the client is one of ${say(sdk.name)}.`);
  // Types alone load nothing: the package may not be there where this code is not used.
  if (bindings.length === 0 && loadsLater(tree.root, sdk.packageName))
    refuse(say('The SDK is loaded inside a function, so its error classes are not known at the top of the file.'));
  const names = wanted.map((name) => {
    const local = bindings.find(({ imported }) => imported === name)?.local;
    return { name, known: local !== undefined, local: local ?? freeLocal(name, tree, sdk) };
  });
  const missing = names.filter(({ known }) => !known);
  const binds = Object.fromEntries(missing.map(({ name, local }) => [local, `${sdk.errors.module}:${name}`]));
  const edits = missing.length > 0 ? [{ ...addImport(tree, imports, sdk.errors.module, missing, style), binds }] : [];
  return { names: names.map(({ local }) => local), edits };
}

/** The name whose namespace holds the SDK's types: `OpenAI` of `OpenAI.Chat`. */
export function namespaceOf(tree: Tree, { sdk }: Request): string | undefined {
  const main = [...sdk.clients.keys()].slice(0, 2);
  for (const { whole, bindings, types } of importsOf(tree, sdk))
    for (const { imported, local } of whole ? [...bindings, ...types] : []) if (main.includes(imported)) return local;
  return undefined;
}

function importsOf({ root }: Tree, { packageName, modules }: Sdk): readonly Import[] {
  return allImports(root)
    .filter(({ source }) => belongsTo(source, packageName, modules))
    .map((one) => (modules.includes(one.source) ? { ...one, whole: true } : one));
}

interface Imported {
  readonly name: string;
  readonly local: string;
}

function freeLocal(name: string, { root }: Tree, { packageName }: Sdk): string {
  const prefix = /[A-Za-z]+(?=[^A-Za-z]*$)/.exec(packageName)?.[0] ?? 'Sdk';
  return freeName([name, `${prefix.charAt(0).toUpperCase()}${prefix.slice(1)}${name}`], root, namesIn(root));
}

function addImport(
  { root, text }: Tree,
  imports: readonly Import[],
  module: string,
  names: readonly Imported[],
  style: Style,
): Edit {
  const spelled = (link: string) =>
    names.map(({ name, local }) => (local === name ? name : `${name}${link}${local}`)).join(', ');
  const open = imports.find(({ whole, typeOnly, braces }) => whole && !typeOnly && braces);
  if (open?.braces) return addSpecifiers(open.braces, spelled(' as '), text, style);

  const source = imports.find(({ whole }) => whole)?.source ?? module;
  const from = `${style.quote}${source}${style.quote}`;
  const end = style.semicolons ? ';' : '';
  const statements = namedChildren(root);
  const beside =
    imports.at(-1)?.statement ??
    statements.findLast((statement) => statement.type === 'import_statement') ??
    statements.findLast((statement) => requireOf(statement) !== undefined);
  if (!beside) refuse(say('There is no import beside which the SDK’s error classes could be imported.'));
  const at = lineEnd(text, beside.endIndex);
  const line =
    beside.type === 'import_statement'
      ? `import { ${spelled(' as ')} } from ${from}${end}`
      : `const { ${spelled(': ')} } = require(${from})${end}`;
  return { span: { start: at, end: at }, text: style.lineEnd + line };
}

export function addSpecifiers(braces: Node, specifiers: string, text: string, style: Style): Edit {
  const last = namedChildren(braces).at(-1);
  if (!last) return { span: { start: braces.startIndex, end: braces.endIndex }, text: `{ ${specifiers} }` };
  const before = text.slice(0, last.startIndex);
  const gap = /[\r\n][ \t]*$/.test(before) ? style.lineEnd + /[ \t]*$/.exec(before)![0] : ' ';
  return {
    span: { start: last.endIndex, end: last.endIndex },
    text: `,${gap}${specifiers.replaceAll(', ', `,${gap}`)}`,
  };
}

/** What the top level imports, in either way. */
export function allImports(root: Node): readonly Import[] {
  return [...esImports(root), ...requires(root)];
}

function esImports(root: Node): readonly Import[] {
  return namedChildren(root)
    .filter(({ type }) => type === 'import_statement')
    .flatMap((statement): Import[] => {
      const clause = namedChildren(statement).find(
        ({ type }) => type === 'import_clause' || type === 'import_require_clause',
      );
      const source = stringText(statement.childForFieldName('source') ?? clause?.childForFieldName('source'));
      if (source === undefined) return [];
      const typeOnly = statement.children.some(({ type }) => type === 'type' || type === 'typeof');
      const found = clause ? clauseBindings(clause) : [];
      const bindings = found.filter((one) => !typeOnly && !one.typeOnly);
      const types = found.filter((one) => typeOnly || one.typeOnly);
      const braces = clause?.namedChildren.find(({ type }) => type === 'named_imports');
      return [{ statement, source, whole: isWhole(source), typeOnly, bindings, types, ...(braces && { braces }) }];
    });
}

function clauseBindings(clause: Node): readonly (Binding & { readonly typeOnly?: boolean })[] {
  if (clause.type === 'import_require_clause') return whole(clause);
  return namedChildren(clause).flatMap((part): (Binding & { readonly typeOnly?: boolean })[] => {
    if (part.type === 'identifier') return [{ local: part.text, imported: 'default' }];
    if (part.type === 'namespace_import') return [...whole(part)];
    return namedChildren(part).flatMap((one) => {
      const imported = one.childForFieldName('name')?.text;
      if (imported === undefined) return [];
      const typeOnly = one.children.some(({ type }) => type === 'type' || type === 'typeof');
      return [{ imported, local: one.childForFieldName('alias')?.text ?? imported, typeOnly }];
    });
  });
}

/** `* as x`, `x = require(…)`. */
function whole(part: Node): readonly Binding[] {
  const name = part.namedChild(0);
  return name ? [{ local: name.text, imported: '*' }] : [];
}

/** `const … = require('openai')` and `const … = await import('openai')` of the top level. */
function requires(root: Node): readonly Import[] {
  return namedChildren(root).flatMap((statement): Import[] => {
    const found = requireOf(statement);
    if (!found) return [];
    const { source, property, name } = found;
    const bindings: Binding[] =
      name.type === 'identifier'
        ? [{ local: name.text, imported: property ?? '*' }]
        : property === undefined
          ? namedChildren(name).flatMap((part): Binding[] => {
              const local = patternNames(part)[0]?.text;
              const imported = part.type === 'pair_pattern' ? part.childForFieldName('key')?.text : local;
              return local && imported && part.type !== 'rest_pattern' ? [{ local, imported }] : [];
            })
          : [];
    return [{ statement, source, whole: isWhole(source), typeOnly: false, bindings, types: [] }];
  });
}

export interface Required {
  readonly source: string;
  readonly property?: string;
  readonly name: Node;
}

export function requireOf(statement: Node): Required | undefined {
  if (statement.type !== 'lexical_declaration' && statement.type !== 'variable_declaration') return undefined;
  for (const declarator of namedChildren(statement)) {
    const name = declarator.childForFieldName('name');
    let value = declarator.childForFieldName('value');
    if (!name || !value) continue;
    let property: string | undefined;
    if (value.type === 'member_expression') {
      property = value.childForFieldName('property')?.text;
      value = unwrapped(value.childForFieldName('object')!);
    }
    if (value.type === 'await_expression') value = namedChildren(value)[0] ?? value;
    const source = loadedBy(value);
    if (source !== undefined) return { source, name, ...(property !== undefined && { property }) };
  }
  return undefined;
}

/** The module that `require('x')` or `import('x')` loads. */
function loadedBy(call: Node): string | undefined {
  if (call.type !== 'call_expression' || !/^(require|import)$/.test(call.childForFieldName('function')?.text ?? ''))
    return undefined;
  return stringText(call.childForFieldName('arguments')?.namedChild(0));
}

function loadsLater(root: Node, packageName: string): boolean {
  return descendants(root, 'call_expression').some((call) => {
    const source = loadedBy(call);
    return source !== undefined && belongsTo(source, packageName, []);
  });
}

function belongsTo(source: string, packageName: string, modules: readonly string[]): boolean {
  const bare = source.replace(/^(npm|jsr):/, '').replace(/^(@?[^@]+)@[^/]+/, '$1');
  return (
    modules.includes(source) || modules.includes(bare) || bare === packageName || bare.startsWith(`${packageName}/`)
  );
}

function isWhole(source: string): boolean {
  const bare = source.replace(/^(npm|jsr):/, '').replace(/^(@?[^@]+)@[^/]+/, '$1');
  return !bare.replace(/^@[^/]+\//, '').includes('/') || /\/index(\.m?js)?$/.test(bare);
}
