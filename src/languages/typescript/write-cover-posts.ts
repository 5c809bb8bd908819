/** Lets the retries of HTTP clients repeat POST requests: of ky and got by their methods, of axios-retry by its condition. */
import type { Edit } from '../../core/edit.ts';
import type { Omission } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { propertyOf, setOption } from './write-options.ts';
import { refuse } from './write-refusal.ts';
import { styleOf } from './write-style.ts';
import { namedChildren } from './write-syntax.ts';

export function writeCoverPosts(tree: Tree, { name, code }: Omission): readonly Edit[] {
  if (code.k === 'limits') return methods(nodeAt(tree.root, code.value.at), code.post, tree);
  if (code.k !== 'plugin') refuse(say`${name} has no option that says which answers it repeats.`);
  const call = nodeAt(tree.root, code.call.at);
  const args = call.childForFieldName('arguments');
  const plugin = call.childForFieldName('function')?.text;
  if (!args || !plugin) refuse(say('Its options stand in another place.'));
  const condition = `(error) => error.response?.status === 429 || ${plugin}.isNetworkOrIdempotentRequestError(error)`;
  return setOption(args, 1, 'retryCondition', condition, tree.text, styleOf(tree));
}

/** A number becomes a limit; methods that are named get one more. */
function methods(value: Node, post: string, tree: Tree): readonly Edit[] {
  const { quote } = styleOf(tree);
  const own = `${quote}${post}${quote}`;
  if (value.type === 'number')
    return [
      { span: { start: value.startIndex, end: value.endIndex }, text: `{ limit: ${value.text}, methods: [${own}] }` },
    ];
  if (value.type !== 'object') refuse(say('Its options come from elsewhere.'));
  const list = propertyOf(value, 'methods')?.childForFieldName('value');
  if (list && list.type !== 'array') refuse(say('Its methods come from elsewhere.'));
  if (list) {
    const last = namedChildren(list).at(-1);
    const at = last?.endIndex ?? list.startIndex + 1;
    return [{ span: { start: at, end: at }, text: last ? `, ${own}` : own }];
  }
  const last = namedChildren(value).at(-1);
  const at = last?.endIndex ?? value.startIndex + 1;
  return [{ span: { start: at, end: at }, text: `${last ? ', ' : ' '}methods: [${own}]${last ? '' : ' '}` }];
}

function nodeAt(root: Node, { start, end }: { readonly start: number; readonly end: number }): Node {
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent)
    if (node.startIndex === start && node.endIndex === end && node.type !== 'expression_statement') {
      if (node.hasError) refuse(say('The code here has a syntax error.'));
      return node;
    }
  return refuse(say('Its options stand in another place.'));
}
