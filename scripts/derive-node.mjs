/** Derives the request methods of a Stainless-shaped npm package from its type declarations. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syntax } from '../test/wasm.ts';

/** What a method's return type says of its shape, first match wins. */
const shapes = [
  [/^(\w+\.)?APIPromise\b/, 'single'],
  [/^(\w+\.)?PagePromise\b/, 'paginated'],
  // A runner sends as many requests as its tools ask for, a stream one.
  [/^(\w+\.)?\w*Runner\b/, 'helper'],
  [/^(\w+\.)?\w*Stream\b/, 'stream'],
  [/^Promise\b/, 'helper'],
];

/** Methods that return a promise and send no request of their own: preparation, and local cryptography. */
const local = new Set(['buildRequest', 'fetchWithTimeout', 'webhooks.unwrap', 'webhooks.verifySignature']);

/** Version, and path → shape for the client class that the package's `index.d.ts` exports under `className`. */
export function deriveNode(directory, className) {
  const { name, version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const files = { directory, name, read: new Map() };
  const client = findClass(files, join(directory, 'index.d.ts'), className);
  if (!client) throw new Error(`${directory} exports no class ${className}`);
  const methods = {};
  walk(files, client, [], methods);
  return { version, methods };
}

function walk(files, found, path, methods) {
  if (path.length > 8) return;
  for (const { file, member } of members(files, found)) {
    const name = member.childForFieldName('name')?.text ?? '';
    if (!/^[a-zA-Z]/.test(name) || isHidden(member)) continue;
    const at = [...path, name].join('.');
    if (member.type === 'method_signature') {
      const shape = shapeOf(member.childForFieldName('return_type')?.text ?? '');
      if (shape && !local.has(at)) methods[at] ??= shape;
      continue;
    }
    const type = member.childForFieldName('type')?.text.replace(/^:\s*/, '') ?? '';
    const child = resolve(files, file, type);
    if (child && isResource(files, child)) walk(files, child, [...path, name], methods);
  }
}

function shapeOf(returnType) {
  const type = returnType.replace(/^:\s*/, '');
  return shapes.find(([pattern]) => pattern.test(type))?.[1];
}

function isHidden(member) {
  const text = member.text.slice(0, member.childForFieldName('name').startIndex - member.startIndex);
  return /\b(private|protected|static)\b/.test(text);
}

/** The members of the class and of its base classes, its own first. */
function members(files, found) {
  const own = found.node.childForFieldName('body').namedChildren.map((member) => ({ file: found.file, member }));
  const base = baseOf(files, found);
  return base ? [...own, ...members(files, base)] : own;
}

function isResource(files, found) {
  const base = baseName(found);
  if (/(APIResource|BaseResource)$/.test(base)) return true;
  const parent = baseOf(files, found);
  return parent !== undefined && isResource(files, parent);
}

function baseName({ node }) {
  const heritage = node.namedChildren.find((child) => child.type === 'class_heritage');
  return heritage?.text.replace(/^extends\s+/, '').replace(/[<\s].*$/s, '') ?? '';
}

function baseOf(files, found) {
  const name = baseName(found);
  return name && !/(APIResource|BaseResource)$/.test(name) ? resolve(files, found.file, name) : undefined;
}

/** The class that a type (`Chat`, `API.Chat`) names in `file`. */
function resolve(files, file, type) {
  const [first, second] = type.replace(/<.*$/s, '').split('.');
  if (!/^\w+$/.test(first ?? '')) return undefined;
  if (!second) return findClass(files, file, first);
  const namespace = read(files, file)?.imports.get(first);
  return namespace?.name === '*' ? findClass(files, namespace.file, second) : undefined;
}

/** The class of that name in `file`, or where the file has it from. */
function findClass(files, file, name) {
  const module = read(files, file);
  if (!module) return undefined;
  const node = module.classes.get(name);
  if (node) return { file, node };
  const from = module.imports.get(name);
  if (from && from.name !== '*') return findClass(files, from.file, from.name);
  for (const star of module.stars) {
    const found = findClass(files, star, name);
    if (found) return found;
  }
  return undefined;
}

/** A declaration file's classes and where its other names come from. Each file is read once. */
function read(files, file) {
  if (files.read.has(file)) return files.read.get(file);
  if (!existsSync(file)) return undefined;
  const module = { classes: new Map(), imports: new Map(), stars: [] };
  files.read.set(file, module);
  const { root } = syntax.parse(readFileSync(file, 'utf8'), 'typescript');
  for (const statement of root.namedChildren) {
    const source = statement.childForFieldName('source')?.text.slice(1, -1);
    if (source) readNames(module, statement, declarations(files, file, source));
    for (const node of statement.descendantsOfType(['class_declaration', 'abstract_class_declaration']))
      module.classes.set(node.childForFieldName('name').text, node);
  }
  return module;
}

function readNames(module, statement, target) {
  for (const node of statement.descendantsOfType('namespace_import'))
    module.imports.set(node.namedChildren[0].text, { file: target, name: '*' });
  for (const node of statement.descendantsOfType(['import_specifier', 'export_specifier'])) {
    const name = node.childForFieldName('name').text;
    module.imports.set(node.childForFieldName('alias')?.text ?? name, { file: target, name });
  }
  if (/^export\s*\*\s*from/.test(statement.text)) module.stars.push(target);
}

/** The declaration file that an import means: a relative one, or one by the package's own name. */
function declarations(files, file, source) {
  const own = source.startsWith(`${files.name}/`);
  const relative = own ? source.slice(files.name.length + 1) : source;
  const path = join(own ? files.directory : dirname(file), relative.replace(/\.m?js$/, ''));
  return [`${path}.d.ts`, join(path, 'index.d.ts')].find(existsSync) ?? `${path}.d.ts`;
}
