/** Reads a source file, and writes it back whole or not at all. */
import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { grammarOf, isNotebookPath } from '../languages/syntax.ts';
import { type Notebook, readNotebook } from '../session/notebook.ts';
import { decode, type Encoding, encode } from './encoding.ts';
import { codeOf, lacksLetters } from './problems.ts';

export interface Source {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly encoding: Encoding;
  /** What a notebook's text holds. */
  readonly notebook?: Notebook;
}

/** What is analysed and repaired: a file's text, or the cells of a notebook as one. */
export interface ProgramText {
  readonly path: string;
  readonly text: string;
  /** Told where the path does not tell it. */
  readonly language?: string;
}

const mostBytes = 5_000_000;
/** Notebooks carry the pictures that their cells have drawn. */
const mostNotebookBytes = 50_000_000;
/** Lines that long are written by machines; nobody reads a finding in them. */
const longestLine = 50_000;

/** Reads a file, or says in words why it can't be analysed. */
export function readSource(path: string): Source | { readonly problem: string } {
  try {
    const { size } = statSync(path);
    const most = isNotebookPath(path) ? mostNotebookBytes : mostBytes;
    if (size > most)
      return { problem: `too large (${(size / 1e6).toFixed(1)} MB; at most ${most / 1e6} MB are analysed)` };
    return sourceOf(path, readFileSync(path));
  } catch (error) {
    return { problem: `it can’t be read (${codeOf(error)})` };
  }
}

export function sourceOf(path: string, bytes: Uint8Array): Source | { readonly problem: string } {
  const decoded = decode(bytes, grammarOf(path) === 'python' ? 'python' : 'other');
  if ('problem' in decoded) return decoded;
  if (!isNotebookPath(path)) return { path, bytes, ...decoded };
  const notebook = readNotebook(decoded.text);
  return 'problem' in notebook ? notebook : { path, bytes, ...decoded, notebook };
}

export function programOf({ path, text, notebook }: Source): ProgramText {
  return notebook ? { path, text: notebook.text, language: notebook.language } : { path, text };
}

/** The file's text after its program has become `text`. */
export function withProgram({ notebook }: Source, text: string): string {
  return notebook?.withCells(text) ?? text;
}

export function isMinified(text: string): boolean {
  if (text.length < longestLine) return false;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    if (end - start > longestLine) return true;
    start = end + 1;
  }
  return text.length - start > longestLine;
}

/**
 * Puts `text` in the file's place: a temporary file beside it takes the name once it is complete, so that no moment and
 * no error leaves half a file. Returns in words why it was not written.
 */
export function writeSource(source: Source, text: string): string | undefined {
  const bytes = encode(text, source.encoding);
  if (!bytes) return lacksLetters;
  let temporary: string | undefined;
  try {
    // A link stays a link: its target is what changes.
    const target = realpathSync(source.path);
    accessSync(target, constants.W_OK);
    const { mode, uid, gid } = statSync(target);
    // Not longer than any name may be, whatever the file's own.
    temporary = join(dirname(target), `.rate-limit-guide-${randomUUID()}.tmp`);
    writeFileSync(temporary, bytes, { flag: 'wx', mode: mode & 0o777 });
    keepOwner(temporary, uid, gid);
    chmodSync(temporary, mode & 0o7777);
    if (!readFileSync(target).equals(source.bytes)) return discard(temporary, 'it has changed in the meantime');
    renameSync(temporary, target);
    return undefined;
  } catch (error) {
    return discard(temporary, `it can’t be written (${codeOf(error)})`);
  }
}

/** Writes a file that isn't there yet. Returns in words why it was not written. */
export function writeNew(path: string, text: string): string | undefined {
  let created: string | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, 'wx'));
    created = path;
    writeFileSync(path, text);
    return undefined;
  } catch (error) {
    return discard(created, `it can’t be written (${codeOf(error)})`);
  }
}

/** Only a privileged user can give a file away; for everybody else it is their own already. */
function keepOwner(path: string, uid: number, gid: number): void {
  const { uid: own, gid: group } = statSync(path);
  if (own === uid && group === gid) return;
  try {
    chownSync(path, uid, gid);
  } catch {
    // The content matters more than the owner.
  }
}

function discard(written: string | undefined, reason: string): string {
  if (written !== undefined) rmSync(written, { force: true });
  return reason;
}
