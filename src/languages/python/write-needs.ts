/** Sees to it that a file has what a written retry uses: the error class, the modules, the helper functions, free names. */
import type { Edit } from '../../core/edit.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Span } from '../../core/span.ts';
import type { Request } from '../../core/verdict.ts';
import type { Node, Tree } from '../syntax.ts';
import type { Draft, Manner } from './write-draft.ts';
import {
  delayFunction,
  existingHelpers,
  inManner,
  knowsOtherFaults,
  type LoopNames,
  wrapperFunction,
} from './write-helpers.ts';
import { topStatement } from './write-import-list.ts';
import type { Imports } from './write-imports.ts';
import { firstFree, type Names, scopeOf } from './write-names.ts';
import type { Site } from './write-place.ts';

/** Everything that the writing of one repair shares. */
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

/** The names of a loop at the site, or why it can't be written there. */
export function loopNames(work: Work): LoopNames | string {
  const { request, imports, names, site } = work;
  const { names: classes, line: importLine } = imports.membersAtSite(request.sdk.errors.module, caught(work));
  const delayHelper = delay(work);
  if (typeof delayHelper !== 'string') return delayHelper.why;
  const local = (base: string) => firstFree(base, (name) => names.isFree(name, site.scope));
  return {
    monotonic: imports.attribute('time', 'monotonic'),
    sleep: site.inAsync ? `await ${imports.attribute('asyncio', 'sleep')}` : imports.attribute('time', 'sleep'),
    delayHelper,
    errorClass: oneOf(classes),
    ...(importLine !== undefined && { importLine }),
    started: local('started'),
    attempt: local('attempt'),
    error: local('error'),
    delay: local('delay'),
  };
}

/** The classes to catch: the 429's, and those of the faults that the SDK's own retries sent again until they are off. */
function caught({ request, off }: Work): readonly string[] {
  const { rateLimit, transient = [] } = request.sdk.errors;
  return off.length > 0 ? [rateLimit, ...transient] : [rateLimit];
}

function oneOf(classes: readonly string[]): string {
  return classes.length === 1 ? classes[0]! : `(${classes.join(', ')})`;
}

/** The name of the function that says how long to wait: the file's own, or a new one. */
function delay(work: Work): string | { readonly why: string } {
  const { retry, errors } = work.request.sdk;
  const otherAttempts = caught(work).length > 1 ? retry.default + 1 : undefined;
  // A function that knows other faults takes each error of another status for one of them.
  const saysStatus = errors.status === 'status_code';
  return helper(
    work,
    'delay',
    'retry_delay',
    (definition) => (knowsOtherFaults(definition) ? saysStatus : otherAttempts === undefined),
    (name) =>
      delayFunction(
        name,
        {
          monotonic: work.imports.attribute('time', 'monotonic'),
          clock: work.imports.attribute('time', 'time'),
          search: work.imports.attribute('re', 'search'),
          fullmatch: work.imports.attribute('re', 'fullmatch'),
          findall: work.imports.attribute('re', 'findall'),
          uniform: work.imports.attribute('random', 'uniform'),
          parseDate: work.imports.member('email.utils', 'parsedate_tz'),
          dateSeconds: work.imports.member('email.utils', 'mktime_tz'),
        },
        work.policy,
        otherAttempts,
      ),
  );
}

export function wrapper(work: Work, kind: 'sync' | 'async'): string | { readonly why: string } {
  const { imports, request, names, site } = work;
  const { module } = request.sdk.errors;
  const classes = caught(work);
  const importLine = imports.isLazy(module) ? `from ${module} import ${classes.toSorted().join(', ')}` : undefined;
  const errorClass = oneOf(importLine === undefined ? classes.map((name) => imports.member(module, name)) : classes);
  const catches = ({ text }: Node) =>
    text.includes(`except ${errorClass} as`) && /^[ \t]+from .* import .*$/m.exec(text)?.[0].trim() === importLine;
  const base = kind === 'async' ? 'with_backoff_async' : 'with_backoff';
  const delayHelper = existingHelpers(work.tree, kind).some(catches) ? '' : delay(work);
  if (typeof delayHelper !== 'string') return delayHelper;
  return helper(work, kind, base, catches, (name) => {
    const any = imports.member('typing', 'Any');
    const known = existingCallType(work);
    const callable = known ?? imports.member('typing', 'Callable');
    const callType = known ?? firstFree('Call', (each) => names.isFreeAtTop(each, site.call));
    const wrapperNames = {
      monotonic: imports.attribute('time', 'monotonic'),
      sleep: kind === 'async' ? `await ${imports.attribute('asyncio', 'sleep')}` : imports.attribute('time', 'sleep'),
      delayHelper,
      errorClass,
      ...(importLine !== undefined && { importLine }),
      started: 'started',
      attempt: 'attempt',
      error: 'error',
      delay: 'delay',
      any,
      cast: imports.member('typing', 'cast'),
      callType,
    };
    const wrapperCode = wrapperFunction(name, kind, wrapperNames);
    if (known !== undefined) return wrapperCode;
    return `${callType} = ${imports.member('typing', 'TypeVar')}("${callType}", bound=${callable}[..., ${any}])\n\n\n${wrapperCode}`;
  });
}

/** The helper of an earlier repair below which new ones go. */
export function lastHelper(tree: Tree, { call }: Site): Node | undefined {
  return (['delay', 'sync', 'async'] as const)
    .flatMap((kind) => existingHelpers(tree, kind))
    .filter((definition) => definition.endIndex < topStatement(call).startIndex)
    .sort((a, b) => a.startIndex - b.startIndex)
    .at(-1);
}

/** The type variable that an earlier repair has written above its wrapper. */
function existingCallType({ tree, names, site }: Work): string | undefined {
  const last = lastHelper(tree, site);
  for (const wrapperDefinition of [...existingHelpers(tree, 'sync'), ...existingHelpers(tree, 'async')]) {
    const above = wrapperDefinition.previousNamedSibling;
    const name = /^(\w+) = [\w.]+\(["']\1["'], bound=[\w.]+\[\.\.\., [\w.]+\]\)$/.exec(above?.text ?? '')?.[1];
    const isAbove = last !== undefined && wrapperDefinition.startIndex <= last.startIndex;
    if (name && isAbove && names.isSeen(name, site.call) && names.topBindings(name).length === 1) return name;
  }
  return undefined;
}

/** A helper that the file has, if it can be used at the site; else a new one under a free name. */
function helper(
  work: Work,
  kind: 'delay' | 'sync' | 'async',
  base: string,
  fits: (definition: Node) => boolean,
  write: (name: string) => string,
): string | { readonly why: string } {
  const { tree, names, site, manner, code } = work;
  for (const definition of existingHelpers(tree, kind)) {
    const name = definition.childForFieldName('name')!.text;
    if (!fits(definition) || !names.isSeen(name, site.call) || names.topBindings(name).length !== 1) continue;
    if (site.scope.type === 'module' && topStatement(site.call).startIndex < definition.startIndex)
      return { why: `The helper \`${name}\` of this file stands further down than the call.` };
    return name;
  }
  const name = firstFree(base, (each) => names.isFreeAtTop(each, site.call));
  code.push(inManner(write(name), manner));
  return name;
}

/** The loops that earlier repairs wrote: their variables may be used again. */
export function earlierLoops(tree: Tree): readonly Span[] {
  const found: Span[] = [];
  for (const definition of existingHelpers(tree, 'delay')) {
    const name = definition.childForFieldName('name')!.text;
    for (const match of tree.text.matchAll(new RegExp(`= ${name}\\(`, 'g'))) {
      let loop = tree.root.descendantForIndex(match.index, match.index + 1);
      while (loop && loop.type !== 'while_statement') loop = loop.parent;
      const first = loop?.previousNamedSibling?.previousNamedSibling;
      if (!loop || !first || !/^\w+ = [\w.]+\(\)$/.test(first.text) || scopeOf(first).id !== scopeOf(loop).id) continue;
      found.push({ start: first.startIndex, end: loop.endIndex });
    }
  }
  return found;
}
