/** Reads the facts of a TypeScript or JavaScript file. */
import type { FileFacts } from '../../core/facts.ts';
import type { Tree } from '../syntax.ts';
import { nodesOf } from './nodes.ts';
import { Reader } from './reader.ts';
import { recovered } from './recovery.ts';
import { statements } from './statements.ts';

export function readTypescript(tree: Tree): FileFacts {
  const { root, errors } = nodesOf(tree);
  const reader = new Reader(tree.text);
  reader.fns.push({
    name: '',
    at: { start: 0, end: tree.text.length },
    async: false,
    generator: false,
    modifiers: [],
    params: [],
    decorators: [],
    body: [],
  });
  reader.fns[0]!.body =
    root.kind === 'ERROR' ? recovered(reader, root, reader.top) : statements(reader, root.children, reader.top);
  return reader.finish(errors);
}
