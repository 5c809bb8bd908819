/** Lets urllib3's `Retry` repeat requests of every method. */
import type { Written } from '../../core/editor.ts';
import type { Omission } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { addArgument, argumentNamed } from './write-client.ts';

export function writeCoverPosts(tree: Tree, { name, code }: Omission): Written {
  if (code.k !== 'retry') return { refused: say`${name} has no option that says which answers it repeats.` };
  const { start, end } = code.call.at;
  let node: Node | null = tree.root.descendantForIndex(start, end);
  while (node && !(node.type === 'call' && node.startIndex === start && node.endIndex === end)) node = node.parent;
  const args = node?.childForFieldName('arguments');
  if (!node || !args || node.hasError) return { refused: say('The code here has a syntax error.') };
  if (args.namedChildren.some((child) => child?.type.endsWith('_splat')))
    return { refused: say('Its options are unpacked here.') };
  // What is no list stands for every method; older versions know `False` alone.
  const value = code.key === 'allowed_methods' ? 'None' : 'False';
  const old = argumentNamed(args, code.key);
  if (old) return { edits: [{ span: { start: old.startIndex, end: old.endIndex }, text: value }] };
  return { edits: addArgument(tree, args, `${code.key}=${value}`) };
}
