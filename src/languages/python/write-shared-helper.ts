/** Hands a request to a retry helper: one that the project has, else a new one in this file or in a module of its own. */
import type { NewFile } from '../../core/edit.ts';
import type { RetryHelper, Surroundings, Written } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { wrapCallee } from './write-backoff.ts';
import { helperModule, moduleHelpers } from './write-helper-module.ts';
import { rootOf, standardModules } from './write-import-list.ts';
import { namesOf } from './write-names.ts';
import { earlierLoops, lastHelper, wrapper } from './write-needs.ts';
import { type Site, wrappedForm } from './write-place.ts';
import { type Work, workOn } from './write-work.ts';

export function writeSharedHelper(
  tree: Tree,
  request: Request,
  site: Site,
  policy: RetryPolicy,
  surroundings: Surroundings,
  module: string | undefined,
): Written {
  const form = wrappedForm(request, site);
  if (form.k === 'refused') return { refused: form.why };
  const work = workOn(tree, request, site, policy, namesOf(tree, earlierLoops(tree)));
  if ('refused' in work) return work;
  const kind = form.isAsync ? 'async' : 'sync';
  const known = surroundings.helpers.find((helper) => helper.async === form.isAsync && isUsable(work, helper));
  let creates: readonly NewFile[] = [];
  let name: string;
  if (known) name = nameAt(work, known);
  else if (module === undefined) {
    const own = wrapper(work, kind);
    if (typeof own !== 'string') return { refused: own.why };
    name = own;
  } else {
    const from = surroundings.moduleName?.(module);
    if (from === undefined) return { refused: noName };
    if (standardModules.has(rootOf(from)) || surroundings.packages.has(rootOf(from)))
      return { refused: say`A file of that name would hide the module \`${rootOf(from)}\` that is there already.` };
    name = work.imports.member(from, moduleHelpers[kind]);
    creates = [helperModule(work, module, surroundings.format)];
  }
  const isNew = !known && work.code.length > 0;
  const title =
    creates.length > 0
      ? say`Retry through a new helper in ${module!.split(/[\\/]/).at(-1)!}`
      : isNew
        ? say('Retry through a new helper in this file')
        : say`Retry through ${name}`;
  if (known && known.takes !== 'decorator') handOver(work, name, known.takes);
  else wrapCallee(work, name);
  work.imports.write(work.draft, work.code, lastHelper(tree, site));
  return { edits: work.draft.edits(), title, ...(creates.length > 0 && { creates }) };
}

/** Whether it can be called at the site: what it takes comes first, and a helper of this file stands above. */
function isUsable({ names, site }: Work, { name, module, position }: RetryHelper): boolean {
  if (position !== 0) return false;
  if (module !== undefined) return true;
  const [binding, ...others] = names.topBindings(name);
  if (!binding || others.length > 0 || !names.isSeen(name, site.call)) return false;
  if (
    binding.parent &&
    site.call.startIndex >= binding.parent.startIndex &&
    site.call.endIndex <= binding.parent.endIndex
  )
    return false;
  return site.scope.type !== 'module' || binding.startIndex < site.call.startIndex;
}

function nameAt({ imports }: Work, { name, module }: RetryHelper): string {
  return module === undefined ? name : imports.member(module, name);
}

/** `retry(client.….create, …)`, or bound to its arguments: they are evaluated once, now, and not by the name later. */
function handOver(work: Work, name: string, takes: 'thunk' | 'function-and-arguments'): void {
  const { draft, site, off, imports, tree } = work;
  const args = site.call.childForFieldName('arguments')!;
  const inner = takes === 'thunk' ? `${imports.attribute('functools', 'partial')}(` : '';
  const opening =
    args.namedChildCount === 0 ? '' : /^\s*[\r\n]/.test(tree.text.slice(args.startIndex + 1)) ? ',' : ', ';
  draft.insert(site.call.startIndex, `${name}(${inner}`);
  draft.add(off);
  draft.replace({ start: args.startIndex, end: args.startIndex + 1 }, opening);
  if (inner) draft.insert(args.endIndex, ')');
}

const noName = say(
  'How this file would import that module is not certain: it takes a Python file of a plain name, and imports that show whether the code runs as a package.',
);
