/** Writes the repair `environment`: a key that stands in the source is read from an environment variable. */
import type { Written } from '../../core/editor.ts';
import type { WrittenKey } from '../../core/keys.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { Draft, mannerOf } from './write-draft.ts';
import { topStatement } from './write-import-list.ts';
import { importsOf } from './write-imports.ts';
import { namesOf } from './write-names.ts';

/** Where what replaces the text may be an expression of several parts without brackets. */
const roomy = new Set([
  'assignment',
  'keyword_argument',
  'argument_list',
  'pair',
  'return_statement',
  'default_parameter',
]);

export function writeEnvironment(tree: Tree, { at, before, after, variable }: WrittenKey): Written {
  // Where the parser gives up on the whole file, its root is no module.
  if (tree.root.type !== 'module') return { refused: say('The code here has a syntax error.') };
  const literal = stringAt(tree.root, at.start, at.end);
  if (!literal) return { refused: say('The key is part of a longer text.') };
  if (topStatement(literal).hasError) return { refused: say('The code here has a syntax error.') };
  const manner = mannerOf(tree);
  const text = (value: string) => manner.quote + value.replace(/[\\'"]/g, '\\$&') + manner.quote;
  const imports = importsOf(tree, namesOf(tree, []), literal);
  const parts = [
    before && text(before),
    `${imports.attribute('os', 'environ')}[${text(variable)}]`,
    after && text(after),
  ];
  const written = parts.filter((part) => part !== '');
  if (written.length > 1 && !roomy.has(literal.parent!.type))
    return { refused: say('The key is part of a longer text.') };
  const draft = new Draft(manner.newline);
  draft.replace(at, written.join(' + '));
  imports.write(draft, [], undefined);
  return { edits: draft.edits() };
}

function stringAt(root: Node, start: number, end: number): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent) {
    if (node.startIndex !== start || node.endIndex !== end) continue;
    if (node.type === 'string') return node.parent?.type === 'concatenated_string' ? undefined : node;
  }
  return undefined;
}
