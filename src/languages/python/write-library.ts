/** Writes a retry through the library that the project uses for that already. */
import type { Written } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { say, type Words } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { wrapCallee } from './write-backoff.ts';
import { existingHelpers } from './write-helpers.ts';
import {
  backoffWaits,
  type LibraryName,
  type LibraryNames,
  libraryWrapper,
  serverWaitFunction,
  staminaHook,
  tenacityWait,
} from './write-library-code.ts';
import { namesOf } from './write-names.ts';
import {
  callType,
  earlierLoops,
  errorClasses,
  helper,
  importedIn,
  knownHelper,
  lastHelper,
  newHelper,
  waitNames,
} from './write-needs.ts';
import { type Site, wrappedForm } from './write-place.ts';
import { type Work, workOn } from './write-work.ts';

/** In the order of preference: stamina is asked for by name, while tenacity comes along with many packages. */
const libraries: readonly LibraryName[] = ['stamina', 'tenacity', 'backoff'];

/** The first version that can wait as long as the server asks. */
const since: Readonly<Record<LibraryName, number>> = { stamina: 25.2, tenacity: 6, backoff: 2 };

type Packages = ReadonlyMap<string, string>;

export function writeLibrary(
  tree: Tree,
  request: Request,
  site: Site,
  policy: RetryPolicy,
  packages: Packages,
): Written {
  const form = wrappedForm(request, site);
  if (form.k === 'refused') return { refused: form.why };
  const names = namesOf(tree, earlierLoops(tree));
  const work = workOn(tree, request, site, policy, names);
  if ('refused' in work) return work;
  const library = chosen(work, packages);
  if (typeof library !== 'string') return library;
  const name = retrying(work, library, form.isAsync, versionOf(packages, library));
  if (typeof name !== 'string') return { refused: name.why };
  wrapCallee(work, name);
  work.imports.write(work.draft, work.code, lastHelper(tree, site));
  // What the plain repair is called is also a library's name.
  return {
    edits: work.draft.edits(),
    title: say`Retry with ${library === 'backoff' ? 'the backoff library' : library}`,
  };
}

/** The library that the file imports already, or the best of those that the project names. */
function chosen({ imports }: Work, packages: Packages): LibraryName | { readonly refused: Words } {
  const named = libraries.filter((name) => packages.has(name));
  const able = named.filter((name) => (versionOf(packages, name) ?? Number.POSITIVE_INFINITY) >= since[name]);
  const best = able.find((name) => imports.has(name)) ?? able[0];
  if (best) return best;
  if (named[0])
    return { refused: say`\`${named[0]}\` before ${since[named[0]]} can’t wait as long as the server asks.` };
  if (packages.has('retrying')) return { refused: say('`retrying` can’t wait as long as the server asks.') };
  return { refused: say('The project names no library for retries among its dependencies.') };
}

/** Major and minor version as one number, where a version is told. */
function versionOf(packages: Packages, name: LibraryName): number | undefined {
  const [, major, minor = '0'] = /(\d+)(?:\.(\d))?/.exec(packages.get(name) ?? '') ?? [];
  return major === undefined ? undefined : Number(`${major}.${minor}`);
}

/** The function that makes a call retry through the library: the file's own, or a new one. */
function retrying(
  work: Work,
  library: LibraryName,
  isAsync: boolean,
  version: number | undefined,
): string | { readonly why: Words } {
  const { tree, imports, policy } = work;
  const { errorClass, importLine } = errorClasses(work);
  const catches = ({ text }: Node) => text.includes(errorClass) && importedIn(text) === importLine;
  // Stamina's hook knows the classes, not the function that uses it.
  const hooks = existingHelpers(tree, 'staminaHook').filter(catches).map(nameOf);
  const known = knownHelper(work, isAsync ? `${library}Async` : library, (definition) =>
    library === 'stamina' ? hooks.some((hook) => definition.text.includes(`on=${hook},`)) : catches(definition),
  );
  if (known !== undefined) return known;
  const serverWait = helper(work, 'serverWait', 'server_wait', always, (name) =>
    serverWaitFunction(name, waitNames(work), policy),
  );
  if (typeof serverWait !== 'string') return serverWait;
  const type = callType(work);
  const names = {
    of: (attribute: string) => imports.attribute(library, attribute),
    serverWait,
    errorClass,
    ...(importLine !== undefined && { importLine }),
    any: type.any,
  };
  const waits = waitsOf(work, library, names, catches);
  if (typeof waits !== 'string') return waits;
  const all = { ...names, waits, cast: imports.member('typing', 'cast'), callType: type.name };
  const stop = version !== undefined && version >= 8.3 ? 'stop_before_delay' : 'stop_after_delay';
  return newHelper(
    work,
    `with_${library}${isAsync ? '_async' : ''}`,
    (name) => type.before + libraryWrapper(name, library, isAsync, all, policy, stop),
  );
}

/** The function that tells the library when to send again. */
function waitsOf(
  work: Work,
  library: LibraryName,
  names: Omit<LibraryNames, 'waits' | 'cast' | 'callType'>,
  catches: (definition: Node) => boolean,
): string | { readonly why: Words } {
  const { imports, policy } = work;
  switch (library) {
    case 'tenacity':
      return helper(work, 'tenacityWait', 'rate_limit_wait', always, (name) => tenacityWait(name, names, policy));
    case 'stamina':
      return helper(work, 'staminaHook', 'rate_limit_hook', catches, (name) => staminaHook(name, names));
    case 'backoff':
      return helper(work, 'backoffWaits', 'rate_limit_waits', always, (name) =>
        backoffWaits(
          name,
          {
            ...names,
            generator: imports.member('typing', 'Generator'),
            count: imports.attribute('itertools', 'count'),
            uniform: imports.attribute('random', 'uniform'),
          },
          policy,
        ),
      );
  }
}

function always(): boolean {
  return true;
}

function nameOf(definition: Node): string {
  return definition.childForFieldName('name')!.text;
}
