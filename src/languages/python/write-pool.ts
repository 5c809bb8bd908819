/** Writes how many threads a pool may have. */
import type { Written } from '../../core/editor.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { addArgument, argumentNamed } from './write-client.ts';
import { withStop } from './write-draft.ts';

export function limitPool(tree: Tree, { made }: { readonly made: Node }, concurrency: number): Written {
  const name = made.childForFieldName('function')!.text.split('.').at(-1)!;
  const option = name.endsWith('Executor') ? 'max_workers' : 'processes';
  const args = made.childForFieldName('arguments')!;
  const first = args.firstNamedChild;
  const given =
    argumentNamed(args, option) ??
    (first && !/^(keyword_argument|comment|list_splat|dictionary_splat)$/.test(first.type) ? first : undefined);
  const title = say`Limit to ${concurrency} at once with ${name}`;
  const number = String(concurrency);
  const stops = [{ start: 0, end: number.length }];
  if (given) {
    if (given.type !== 'integer' && given.type !== 'none')
      return { refused: say`How many run at once is what \`${given.text}\` says.` };
    if (Number(given.text) <= concurrency) return { refused: say`No more than ${given.text} run at once already.` };
    return { edits: [{ span: { start: given.startIndex, end: given.endIndex }, text: number, stops }], title };
  }
  if (args.namedChildren.some((child) => child && /splat/.test(child.type)))
    return { refused: say`\`${option}\` may stand in the arguments that are unpacked here.` };
  return { edits: withStop(addArgument(tree, args, `${option}=${number}`), `${option}=`, number), title };
}
