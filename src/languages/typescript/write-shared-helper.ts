/** Writes the repair `helper`: the request handed to the project's retry helper, or to a new one here or in its own module. */
import type { NewFile } from '../../core/edit.ts';
import type { RetryHelper, Surroundings } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { relativeName } from './relative-name.ts';
import { ownHelper } from './write-backoff.ts';
import type { Draft } from './write-draft.ts';
import { helperModule } from './write-helper-module.ts';
import { allImports } from './write-import.ts';
import { importFrom, moduleSystemOf } from './write-module-import.ts';
import { declarationOf } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { prepareRetry, type Retry, type Wrapping, wrapRequest } from './write-retry.ts';
import type { Dialect } from './write-style.ts';
import { within } from './write-syntax.ts';

export function writeSharedHelper(
  tree: Tree,
  request: Request,
  policy: RetryPolicy,
  dialect: Dialect,
  { helpers, path, format }: Surroundings,
  module: string | undefined,
): Draft {
  const retry = prepareRetry(tree, request, policy, dialect, format);
  const known = helpers.find((helper) => isUsable(helper, retry));
  let title = say('Retry through a new helper in this file');
  let creates: readonly NewFile[] = [];
  const edits = wrapRequest(retry, (signal) => {
    // The project's helper can't be told of the signal, and would wait on.
    if (known && signal === undefined) {
      title = say`Retry through ${known.name}`;
      return projectHelper(retry, known, path);
    }
    if (module === undefined) return ownHelper(retry, signal);
    if (!/\.[cm]?[jt]sx?$/.test(module)) refuse(say('The new module is no file of TypeScript or JavaScript.'));
    const made = helperModule(retry, module, moduleSystemOf(tree, path));
    title = say`Retry through a new helper in ${module.split(/[\\/]/).at(-1)!}`;
    creates = [made.file];
    return importedHelper(retry, path, module, made.name, signal);
  });
  return { edits, title, ...(creates.length > 0 && { creates }) };
}

/** Whether it can be called here with nothing but a function that sends the request. */
function isUsable({ name, module, position, async }: RetryHelper, { site }: Retry): boolean {
  if (!async || position !== 0) return false;
  if (module !== undefined) return true;
  const known = declarationOf(site.call, name);
  if (known?.scope.type !== 'program' || within(site.call, known.holder)) return false;
  // A constant is there only from its line on; what stands in a function runs later.
  const ready = known.kind === 'function' || known.kind === 'import' || site.fn.type !== 'program';
  return ready || known.holder.endIndex <= site.call.startIndex;
}

function projectHelper({ tree, style }: Retry, helper: RetryHelper, path: string): Wrapping {
  const { name, module, exported, takes } = helper;
  const wanted = { module: module ?? '', name: exported === 'default' ? 'default' : name, wishes: [name] };
  const { names, edits } =
    module === undefined ? { names: [name], edits: [] } : importFrom(tree, path, [wanted], style);
  const close = takes === 'decorator' ? ')()' : ')';
  return { wrapper: { open: `${names[0]}(() => `, close }, edits, helpers: [] };
}

function importedHelper(
  { tree, style }: Retry,
  path: string,
  module: string,
  name: string,
  signal: string | undefined,
): Wrapping {
  const imported = allImports(tree.root).map(({ source }) => source);
  const wanted = { module: relativeName(path, module, imported), name, wishes: [name] };
  const { names, edits } = importFrom(tree, path, [wanted], style);
  const close = signal === undefined ? ')' : `, ${signal})`;
  return { wrapper: { open: `${names[0]}(() => `, close }, edits, helpers: [] };
}
