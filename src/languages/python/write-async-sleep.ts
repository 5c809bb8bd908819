/** Writes the repair `async-sleep`: a wait that lets the other tasks run, in place of one that stops them. */
import type { Written } from '../../core/editor.ts';
import type { Call } from '../../core/facts.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { Draft, mannerOf } from './write-draft.ts';
import { topStatement } from './write-import-list.ts';
import { importsOf } from './write-imports.ts';
import { namesOf, scopeOf } from './write-names.ts';

export function writeAsyncSleep(tree: Tree, { at, callee }: Call): Written {
  // Where the parser gives up on the whole file, its root is no module.
  if (tree.root.type !== 'module') return { refused: say('The code here has a syntax error.') };
  const call = callAt(tree.root, at.start, at.end);
  if (!call) return { refused: say('The call can’t be found in the text.') };
  const scope = scopeOf(call);
  if (scope.hasError && scope.type !== 'module') return { refused: say('The code here has a syntax error.') };
  if (topStatement(call).hasError && scope.type === 'module')
    return { refused: say('The code here has a syntax error.') };
  if (call.parent?.type !== 'expression_statement') return { refused: say('The wait is part of an expression.') };
  const imports = importsOf(tree, namesOf(tree, []), call);
  const module = imports.has('asyncio') ? 'asyncio' : (['trio', 'anyio'].find((one) => imports.has(one)) ?? 'asyncio');
  const draft = new Draft(mannerOf(tree).newline);
  draft.replace(callee.at, `await ${imports.attribute(module, 'sleep')}`);
  imports.write(draft, [], undefined);
  return { edits: draft.edits() };
}

function callAt(root: Node, start: number, end: number): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent)
    if (node.type === 'call' && node.startIndex === start && node.endIndex === end) return node;
  return undefined;
}
