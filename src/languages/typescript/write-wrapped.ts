/** Writes the retry as a function round the request: `withBackoff(() => …)`. */
import type { Edit } from '../../core/edit.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import type { Hoisted } from './write-hoist.ts';
import { refuse } from './write-refusal.ts';
import type { Site } from './write-site.ts';
import type { Dialect } from './write-style.ts';
import { descendants } from './write-syntax.ts';
import { rendered } from './write-text.ts';

/** What stands before and behind the request when it is handed over as a function: `withBackoff(() => ` and `)`. */
export interface Wrapper {
  readonly open: string;
  readonly close: string;
}

/** `bound`: what has to be evaluated once where no statement fits; it becomes the arguments of a function called on the spot. */
export function writeWrapped(
  site: Site,
  tree: Tree,
  dialect: Dialect,
  { wrapper, shift }: { readonly wrapper: Wrapper; readonly shift: string },
  bound: Hoisted | undefined,
  inside: readonly Edit[],
): readonly Edit[] {
  const { promise, callee } = site;
  if (callee.text.includes('?.'))
    refuse(say('The request is left out where its client is missing, so there may be no promise to retry.'));
  if (
    dialect === 'typescript' &&
    descendants(site.call, ['comment']).some(({ text }) => /@ts-(expect-error|ignore)/.test(text))
  )
    refuse(
      say('A comment in the call hides a type error, and as a function of its own the call would have another type.'),
    );
  if (!site.awaited && !isChained(site)) refusePromise(site, tree, dialect);
  const open = bound ? `((${bound.constants.map(({ name, type }) => name + type).join(', ')}) => ` : '';
  const close = bound ? `)(${bound.constants.map(({ value }) => value).join(', ')})` : '';
  if (shift !== '') {
    const value = rendered(tree.root, tree.text, promise, inside, shift);
    return [{ span: promise, text: open + wrapper.open + value + wrapper.close + close }];
  }
  return [
    { span: { start: promise.start, end: promise.start }, text: open + wrapper.open },
    ...inside,
    { span: { start: promise.end, end: promise.end }, text: wrapper.close + close },
  ];
}

/** `.then(…)` and the like directly on the request. */
function isChained({ value: { node } }: Site): boolean {
  const { parent } = node;
  return (
    parent?.type === 'member_expression' &&
    /^(then|catch|finally)$/.test(parent.childForFieldName('property')?.text ?? '')
  );
}

/** The SDK's promise can do more than a plain one; whoever uses that must keep it. */
export function refusePromise({ promise }: Site, { text }: Tree, dialect: Dialect): void {
  const others = text.slice(0, promise.start) + text.slice(promise.end);
  if (/\.(withResponse|asResponse|_thenUnwrap)\b/.test(others))
    refuse(say('The promise may be asked for its raw response later, which only the SDK’s own promise can give.'));
  if (dialect === 'typescript' && /\bAPIPromise\b/.test(others))
    refuse(say('The code names the SDK’s own promise type, which a retried request does not have.'));
}
