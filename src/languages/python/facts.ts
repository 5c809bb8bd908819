/** Reads a Python file into facts. */
import type { FileFacts, Fn } from '../../core/facts.ts';
import { Scope } from '../scope.ts';
import type { Tree } from '../syntax.ts';
import type { Place, Reading } from './place.ts';
import { readStatements } from './statements.ts';
import { copyTree } from './tree.ts';

export function readPython(tree: Tree): FileFacts {
  const { root, errors, broken } = copyTree(tree);
  const vars: Reading['vars'] = [];
  const top = new Scope(vars, 0);
  const module: { -readonly [K in keyof Fn]: Fn[K] } = {
    name: '',
    at: { start: 0, end: tree.text.length },
    async: false,
    generator: false,
    modifiers: [],
    params: [],
    decorators: [],
    body: [],
  };
  const file: Reading = {
    text: tree.text,
    vars,
    fns: [module],
    classes: [],
    imports: [],
    top,
    depth: 0,
    unread: new Set(broken),
    strays: [],
  };
  const place: Place = { file, scope: top, owner: top, typeOnly: false };
  module.body = readStatements(place, root);
  top.resolve();
  return {
    language: 'python',
    vars,
    fns: file.fns,
    classes: file.classes,
    imports: file.imports,
    exports: new Map(top.names),
    errors,
  };
}
