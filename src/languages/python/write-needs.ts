/** Sees to it that a file has what a written retry uses: the error class, the modules, the helper functions, free names. */
import type { Span } from '../../core/span.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import {
  delayFunction,
  existingHelpers,
  type HelperKind,
  helperKinds,
  inManner,
  knowsOtherFaults,
  type LoopNames,
  type WaitNames,
  wrapperFunction,
} from './write-helpers.ts';
import { topStatement } from './write-import-list.ts';
import { firstFree, scopeOf } from './write-names.ts';
import type { Site } from './write-place.ts';
import type { Work } from './write-work.ts';

/** The names of a loop at the site, or why it can't be written there. */
export function loopNames(work: Work): LoopNames | Words {
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

/** How often a request is sent at most where something else than a 429 is caught, too. */
function otherAttempts(work: Work): number | undefined {
  return caught(work).length > 1 ? work.request.sdk.retry.default + 1 : undefined;
}

/** What the helpers of a module of their own catch, under the classes' own names. */
export function caughtHere(work: Work): {
  readonly classes: readonly string[];
  readonly errorClass: string;
  readonly otherAttempts: number | undefined;
  /** Whether the file imports the SDK only where it needs it, so that the module must not do so at once. */
  readonly isLazy: boolean;
} {
  const classes = caught(work);
  const isLazy = work.imports.isLazy(work.request.sdk.errors.module);
  return { classes, errorClass: oneOf(classes), otherAttempts: otherAttempts(work), isLazy };
}

/** The name of the function that says how long to wait: the file's own, or a new one. */
function delay(work: Work): string | { readonly why: Words } {
  const { errors } = work.request.sdk;
  const others = otherAttempts(work);
  // A function that knows other faults takes each error of another status for one of them.
  const saysStatus = errors.status === 'status_code';
  return helper(
    work,
    'delay',
    'retry_delay',
    (definition) => (knowsOtherFaults(definition) ? saysStatus : others === undefined),
    (name) =>
      delayFunction(
        name,
        {
          monotonic: work.imports.attribute('time', 'monotonic'),
          uniform: work.imports.attribute('random', 'uniform'),
          ...waitNames(work),
        },
        work.policy,
        others,
      ),
  );
}

/** What it takes to read the wait that a server asks for. */
export function waitNames({ imports }: Work): WaitNames {
  return {
    clock: imports.attribute('time', 'time'),
    search: imports.attribute('re', 'search'),
    fullmatch: imports.attribute('re', 'fullmatch'),
    findall: imports.attribute('re', 'findall'),
    parseDate: imports.member('email.utils', 'parsedate_tz'),
    dateSeconds: imports.member('email.utils', 'mktime_tz'),
  };
}

/** The classes that a helper catches, with the import for its body where the file imports the SDK only in functions. */
export function errorClasses(work: Work): { readonly errorClass: string; readonly importLine?: string } {
  const { imports, request } = work;
  const { module } = request.sdk.errors;
  const classes = caught(work);
  if (!imports.isLazy(module)) return { errorClass: oneOf(classes.map((name) => imports.member(module, name))) };
  return { errorClass: oneOf(classes), importLine: `from ${module} import ${classes.toSorted().join(', ')}` };
}

/** The function that makes a call retry: the file's own, or a new one. */
export function wrapper(work: Work, kind: 'sync' | 'async'): string | { readonly why: Words } {
  const { imports } = work;
  const { errorClass, importLine } = errorClasses(work);
  const known = knownHelper(
    work,
    kind,
    ({ text }) => text.includes(`except ${errorClass} as`) && importedIn(text) === importLine,
  );
  if (known !== undefined) return known;
  const delayHelper = delay(work);
  if (typeof delayHelper !== 'string') return delayHelper;
  return newHelper(work, kind === 'async' ? 'with_backoff_async' : 'with_backoff', (name) => {
    const type = callType(work);
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
      any: type.any,
      cast: imports.member('typing', 'cast'),
      callType: type.name,
    };
    return type.before + wrapperFunction(name, kind, wrapperNames);
  });
}

/** The import that a helper has in its body. */
export function importedIn(definition: string): string | undefined {
  return /^[ \t]+from .* import .*$/m.exec(definition)?.[0].trim();
}

interface CallType {
  readonly name: string;
  readonly any: string;
  /** Its definition, where the file has none. */
  readonly before: string;
}

/** The type variable by which a wrapped call keeps its type. */
export function callType(work: Work): CallType {
  const { imports, names, site } = work;
  const any = imports.member('typing', 'Any');
  const known = existingCallType(work);
  if (known !== undefined) return { name: known, any, before: '' };
  const callable = imports.member('typing', 'Callable');
  const name = firstFree('Call', (each) => names.isFreeAtTop(each, site.call));
  const before = `${name} = ${imports.member('typing', 'TypeVar')}("${name}", bound=${callable}[..., ${any}])\n\n\n`;
  return { name, any, before };
}

/** The helper of an earlier repair below which new ones go. */
export function lastHelper(tree: Tree, { call }: Site): Node | undefined {
  return helperKinds
    .flatMap((kind) => existingHelpers(tree, kind))
    .filter((definition) => definition.endIndex < topStatement(call).startIndex)
    .sort((a, b) => a.startIndex - b.startIndex)
    .at(-1);
}

/** The type variable that an earlier repair has written above its wrapper. */
function existingCallType({ tree, names, site }: Work): string | undefined {
  const last = lastHelper(tree, site);
  for (const wrapperDefinition of helperKinds.flatMap((kind) => existingHelpers(tree, kind))) {
    const above = wrapperDefinition.previousNamedSibling;
    const name = /^(\w+) = [\w.]+\(["']\1["'], bound=[\w.]+\[\.\.\., [\w.]+\]\)$/.exec(above?.text ?? '')?.[1];
    const isAbove = last !== undefined && wrapperDefinition.startIndex <= last.startIndex;
    if (name && isAbove && names.isSeen(name, site.call) && names.topBindings(name).length === 1) return name;
  }
  return undefined;
}

/** A helper that the file has, if it can be used at the site; else a new one under a free name. */
export function helper(
  work: Work,
  kind: HelperKind,
  base: string,
  fits: (definition: Node) => boolean,
  write: (name: string) => string,
): string | { readonly why: Words } {
  return knownHelper(work, kind, fits) ?? newHelper(work, base, write);
}

export function knownHelper(
  { tree, names, site }: Work,
  kind: HelperKind,
  fits: (definition: Node) => boolean,
): string | { readonly why: Words } | undefined {
  for (const definition of existingHelpers(tree, kind)) {
    const name = definition.childForFieldName('name')!.text;
    if (!fits(definition) || !names.isSeen(name, site.call) || names.topBindings(name).length !== 1) continue;
    if (site.scope.type === 'module' && topStatement(site.call).startIndex < definition.startIndex)
      return { why: say`The helper \`${name}\` of this file stands further down than the call.` };
    return name;
  }
  return undefined;
}

export function newHelper({ names, site, manner, code }: Work, base: string, write: (name: string) => string): string {
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
