/** What the writing of one repair shares, from what it finds in the file to the edits that it makes. */
import type { Edit } from '../../core/edit.ts';
import type { Written } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { switchOff } from './write-client.ts';
import { Draft, type Manner, mannerOf } from './write-draft.ts';
import { type Imports, importsOf } from './write-imports.ts';
import type { Names } from './write-names.ts';
import type { Site } from './write-place.ts';

export interface Work {
  readonly tree: Tree;
  readonly request: Request;
  readonly site: Site;
  readonly policy: RetryPolicy;
  readonly manner: Manner;
  readonly names: Names;
  readonly imports: Imports;
  readonly draft: Draft;
  /** New top-level code, in order. */
  readonly code: string[];
  /** The edits inside the call that switch off the SDK's own retries. */
  readonly off: readonly Edit[];
}

/** Begins the writing of a retry: the SDK's own retries are off, and the error's class is certain. */
export function workOn(
  tree: Tree,
  request: Request,
  site: Site,
  policy: RetryPolicy,
  names: Names,
): Work | (Written & { readonly refused: Words }) {
  const off = switchOff(tree, request, site);
  if ('refused' in off) return off;
  const imports = importsOf(tree, names, site.call);
  const { module, rateLimit, shared } = request.sdk.errors;
  if (shared) return { refused: say`\`${rateLimit}\` stands for other errors, too, which no retry helps.` };
  if (request.client.known === 'shape' && !imports.has(module))
    return { refused: say`This file does not import \`${module}\`, so the class of the error is not certain.` };
  if (hasBrokenImports(tree, imports)) return { refused: say('The imports of this file have a syntax error.') };
  const manner = mannerOf(tree);
  const draft = new Draft(manner.newline);
  return { tree, request, site, policy, manner, names, imports, draft, code: [], off: off.edits };
}

export function hasBrokenImports({ root }: Tree, { place }: Imports): boolean {
  return root.children.some((child) => child && child.startIndex <= place.at && isBroken(child));
}

function isBroken(node: Node): boolean {
  return node.hasError || node.isError;
}
