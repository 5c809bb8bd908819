/** Writes the repair `await`: the promise of a request is waited for where its handler can see what becomes of it. */
import type { Edit } from '../../core/edit.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { refuse } from './write-refusal.ts';
import { canAwait, siteOf } from './write-site.ts';

export function writeAwait(tree: Tree, request: Request): readonly Edit[] {
  const site = siteOf(tree, request);
  if (!canAwait(site)) refuse(say('The function is not `async`, so it can’t await the call.'));
  const { start } = site.promise;
  return [{ span: { start, end: start }, text: 'await ' }];
}
