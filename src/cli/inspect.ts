/** Goes through everything that was named, and gives each file's text with the settings that hold for it. */
import type { Settings } from '../core/settings.ts';
import { grammarOf } from '../languages/syntax.ts';
import type { Engine } from './engine.ts';
import { absolute, folderOf } from './paths.ts';
import { otherLanguage } from './problems.ts';
import { isMinified, programOf, readSource, type Source, sourceOf } from './source.ts';
import { readStdin } from './terminal.ts';
import { isOurs, walk, walkListed } from './walk.ts';

export interface Selection {
  /** Files, folders, and `-` for standard input. */
  readonly paths: readonly string[];
  readonly take: 'ours' | 'everything';
  /** `listed`: what a walk would leave out is left out here as well. */
  readonly how: 'named' | 'listed';
  /** Which of the files found are looked at; all where it is absent. */
  readonly only?: (path: string) => boolean;
  /** What standard input is called, and by its ending in which language it is. */
  readonly stdinFilename?: string;
}

/** The paths of a selection, with that of standard input under its name. */
export function namedPaths({ paths, stdinFilename }: Selection): readonly string[] {
  return paths.flatMap((path) => (path !== '-' ? [path] : stdinFilename === undefined ? [] : [stdinFilename]));
}

export type Inspected =
  | {
      readonly k: 'source';
      readonly source: Source;
      readonly settings: Settings;
      readonly named: boolean;
      readonly from: 'file' | 'stdin';
    }
  /** Looked at, and nothing for us in it. */
  | { readonly k: 'plain'; readonly source: Source; readonly from: 'file' | 'stdin' }
  | { readonly k: 'left-out'; readonly path: string; readonly why: string }
  /** `named`: it was asked for, so the command has failed. */
  | { readonly k: 'problem'; readonly path: string; readonly message: string; readonly named: boolean };

export async function* inspect(selection: Selection, engine: Engine): AsyncIterable<Inspected> {
  const { paths, take, stdinFilename, how, only } = selection;
  if (paths.includes('-')) yield await inspectStdin(stdinFilename, engine);
  const named = paths.filter((path) => path !== '-');
  const steps = (how === 'listed' ? walkListed : walk)(named, { take, scope: engine.scope });
  for await (const step of steps) {
    if (step.k !== 'file') yield step;
    else if (only?.(step.path) ?? true) yield await judge(readSource(step.path), { ...step, from: 'file' }, engine);
  }
}

async function inspectStdin(filename: string | undefined, engine: Engine): Promise<Inspected> {
  const bytes = await readStdin();
  const path = absolute(filename ?? `stdin.${looksLikePython(bytes) ? 'py' : 'tsx'}`);
  if (!isOurs(path)) return { k: 'problem', path, message: otherLanguage, named: true };
  return judge(sourceOf(path, bytes), { path, named: true, from: 'stdin' }, engine);
}

async function judge(
  read: ReturnType<typeof readSource>,
  { path, named, from }: { readonly path: string; readonly named: boolean; readonly from: 'file' | 'stdin' },
  engine: Engine,
): Promise<Inspected> {
  if ('problem' in read) return { k: 'problem', path, message: `not analysed: ${read.problem}`, named };
  const { notebook } = read;
  if (notebook && grammarOf('', notebook.language) === undefined) {
    const what = `a notebook in the language “${notebook.language}”`;
    return named ? { k: 'problem', path, message: `not analysed: ${what}`, named } : { k: 'left-out', path, why: what };
  }
  const { text } = programOf(read);
  if (!engine.isCandidate(text)) return { k: 'plain', source: read, from };
  if (isMinified(text))
    return { k: 'problem', path, message: 'not analysed: minified, its lines are too long to be read', named };
  const { settings } = await engine.scope(folderOf(path));
  return { k: 'source', source: read, settings, named, from };
}

/** Text without a name: Python and JavaScript write imports and definitions differently. */
function looksLikePython(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes);
  return /^\s*(?:from\s+[\w.]+\s+import\b|import\s+[\w.]+(?:\s+as\s+\w+)?\s*(?:#.*)?$|(?:async\s+)?def\s|class\s+\w+[^{]*:\s*$|(?:if|for|while|with|try)\b[^{]*:\s*$)/m.test(
    text,
  );
}
