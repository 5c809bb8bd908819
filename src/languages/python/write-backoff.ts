/** Writes the retry round a request, in the form that its place allows. */
import type { Edit } from '../../core/edit.ts';
import type { Written } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Span } from '../../core/span.ts';
import type { Request } from '../../core/verdict.ts';
import type { Node, Tree } from '../syntax.ts';
import { switchOff } from './write-client.ts';
import { Draft, indentAt, lineEnd, type Manner, mannerOf, movableLines, movedText } from './write-draft.ts';
import {
  delayFunction,
  existingHelpers,
  inManner,
  type LoopNames,
  loopAround,
  type WrapperNames,
  wrapperFunction,
} from './write-helpers.ts';
import { type Imports, importsOf, topStatement } from './write-imports.ts';
import { firstFree, type Names, namesOf, scopeOf } from './write-names.ts';
import { type Form, formOf, type Site } from './write-place.ts';

/** Everything that the writing of one repair shares. */
interface Work {
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

export function writeBackoff(tree: Tree, request: Request, site: Site, policy: RetryPolicy): Written {
  const names = namesOf(tree, earlierLoops(tree));
  const form = formOf(tree, request, site, names);
  if (form.k === 'refused') return { refused: form.why };
  const off = switchOff(tree, request, site);
  if ('refused' in off) return off;
  const imports = importsOf(tree, names, site.call);
  const { module } = request.sdk.errors;
  if (request.client.known === 'shape' && !imports.has(module))
    return { refused: `This file does not import \`${module}\`, so the class of the error is not certain.` };

  const manner = mannerOf(tree);
  const draft = new Draft(manner.newline);
  const work: Work = { tree, request, site, policy, manner, names, imports, draft, code: [], off: off.edits };
  const why = writeForm(work, form);
  if (why !== undefined) return { refused: why };
  imports.write(draft, work.code);
  return { edits: draft.edits() };
}

function writeForm(work: Work, form: Exclude<Form, { k: 'refused' }>): string | undefined {
  switch (form.k) {
    case 'statement':
      return tryStatement(work, form.statement);
    case 'before':
      return tryBefore(work, form.statement, form.value);
    case 'entered':
      return tryEntering(work, form.statement, form.item, form.isAsync);
    case 'wrapped':
      return wrapCallee(work, form.isAsync ? 'async' : 'sync');
  }
}

/** The statement moves two steps in, its own lines unchanged but for that. */
function tryStatement(work: Work, statement: Node): string | undefined {
  const { tree, manner, draft } = work;
  const names = loopNames(work);
  if (typeof names === 'string') return names;
  const step = manner.unit + manner.unit;
  const leaves = statement.type === 'return_statement' ? 'return' : 'break';
  const indent = indentAt(tree.text, statement.startIndex);
  const [before, after] = loopAround(names, indent, manner.unit, leaves);
  draft.insert(statement.startIndex, before + indent + step);
  for (const at of movableLines(tree, spanOf(statement))) draft.insert(at, step);
  draft.add(work.off);
  draft.insert(lineEnd(tree.text, statement.endIndex), after);
  return undefined;
}

/** A statement of the request's own comes before, and a variable where the request stood. */
function tryBefore(work: Work, statement: Node, value: Node): string | undefined {
  const { tree, manner, draft, site, names, request } = work;
  const loop = loopNames(work);
  if (typeof loop === 'string') return loop;
  const indent = indentAt(tree.text, statement.startIndex);
  const [before, after] = loopAround(loop, indent, manner.unit, 'break');
  const step = manner.unit + manner.unit;
  const variable = firstFree(request.streams ? 'stream' : 'response', (name) => names.isFree(name, site.scope));
  const text = movedText(tree, spanOf(value), work.off, step);
  draft.insert(statement.startIndex, `${before}${indent}${step}${variable} = ${text}${after}\n${indent}`);
  draft.replace(spanOf(value), variable);
  return undefined;
}

/** Entering the context is tried on an exit stack; the block of the `with` stays as it is. */
function tryEntering(work: Work, statement: Node, item: Node, isAsync: boolean): string | undefined {
  const { tree, manner, draft, site, names, imports } = work;
  const loop = loopNames(work);
  if (typeof loop === 'string') return loop;
  const stackClass = imports.attribute('contextlib', isAsync ? 'AsyncExitStack' : 'ExitStack');
  const stack = firstFree('stack', (name) => names.isFree(name, site.scope));
  const body = statement.childForFieldName('body')!;
  const indent = indentAt(tree.text, body.startIndex);
  const [before, after] = loopAround(loop, indent, manner.unit, 'break');
  const step = manner.unit + manner.unit;
  const target = item.descendantsOfType('as_pattern_target').find((node) => node?.endIndex === item.endIndex)?.text;
  const moved = movedText(
    tree,
    spanOf(site.call),
    work.off,
    indent.slice(indentAt(tree.text, statement.startIndex).length) + step,
  );
  const enter = isAsync ? `await ${stack}.enter_async_context(${moved})` : `${stack}.enter_context(${moved})`;
  draft.replace(spanOf(item), `${stackClass}() as ${stack}`);
  draft.insert(body.startIndex, `${before}${indent}${step}${target ? `${target} = ` : ''}${enter}${after}\n${indent}`);
  return undefined;
}

/** `with_backoff(client.….create)(…)`: the arguments stay where they are and are evaluated once. */
function wrapCallee(work: Work, kind: 'sync' | 'async'): string | undefined {
  const { draft, site } = work;
  const helper = wrapper(work, kind);
  if (typeof helper !== 'string') return helper.why;
  const callee = site.call.childForFieldName('function')!;
  draft.insert(callee.startIndex, `${helper}(`);
  draft.add(work.off);
  draft.insert(callee.endIndex, ')');
  return undefined;
}

/** The names of a loop at the site, or why it can't be written there. */
function loopNames(work: Work): LoopNames | string {
  const { request, imports, names, site } = work;
  const { module, rateLimit } = request.sdk.errors;
  const errorClass = imports.memberAtSite(module, rateLimit);
  if (errorClass === undefined)
    return `\`${module}\` is imported where the class of the error can’t be reached from here.`;
  const delayHelper = delay(work);
  if (typeof delayHelper !== 'string') return delayHelper.why;
  const local = (base: string) => firstFree(base, (name) => names.isFree(name, site.scope));
  return {
    monotonic: imports.attribute('time', 'monotonic'),
    sleep: site.inAsync ? `await ${imports.attribute('asyncio', 'sleep')}` : imports.attribute('time', 'sleep'),
    delayHelper,
    errorClass,
    started: local('started'),
    attempt: local('attempt'),
    error: local('error'),
    delay: local('delay'),
  };
}

/** The name of the function that says how long to wait: the file's own, or a new one. */
function delay(work: Work): string | { readonly why: string } {
  return helper(
    work,
    'delay',
    'retry_delay',
    () => true,
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
      ),
  );
}

function wrapper(work: Work, kind: 'sync' | 'async'): string | { readonly why: string } {
  const { imports, request, names, site } = work;
  const { module, rateLimit } = request.sdk.errors;
  if (imports.isLazy(module))
    return { why: `\`${module}\` is imported inside a function, where a helper can’t reach its error class.` };
  const errorClass = imports.member(module, rateLimit);
  const catches = (definition: Node) =>
    definition.descendantsOfType('except_clause').some((clause) => clause?.text.startsWith(`except ${errorClass} as`));
  const base = kind === 'async' ? 'with_backoff_async' : 'with_backoff';
  const delayHelper = existingHelpers(work.tree, kind).some(catches) ? '' : delay(work);
  if (typeof delayHelper !== 'string') return delayHelper;
  return helper(work, kind, base, catches, (name) => {
    const callable = imports.member('typing', 'Callable');
    const any = imports.member('typing', 'Any');
    const callType = firstFree('Call', (each) => names.isFreeAtTop(each, site.call));
    const wrapperNames: WrapperNames = {
      monotonic: imports.attribute('time', 'monotonic'),
      sleep: kind === 'async' ? `await ${imports.attribute('asyncio', 'sleep')}` : imports.attribute('time', 'sleep'),
      delayHelper,
      errorClass,
      started: 'started',
      attempt: 'attempt',
      error: 'error',
      delay: 'delay',
      any,
      cast: imports.member('typing', 'cast'),
      callType,
    };
    const typeVariable = `${callType} = ${imports.member('typing', 'TypeVar')}("${callType}", bound=${callable}[..., ${any}])`;
    return `${typeVariable}\n\n\n${wrapperFunction(name, kind, wrapperNames)}`;
  });
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
function earlierLoops(tree: Tree): readonly Span[] {
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

function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}
