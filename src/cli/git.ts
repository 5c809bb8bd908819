/** What Git says has changed since a revision: whole files that are new to it, and lines of the others. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import type { ReportRange } from '../render/report.ts';
import { absolute } from './paths.ts';

export interface Changes {
  /** Whether anything in the file has changed. */
  has(path: string): boolean;
  touches(path: string, range: ReportRange): boolean;
}

type Lines = 'all' | readonly (readonly [first: number, last: number])[];

/**
 * The working tree against the commit where `revision` and the present one parted, so that what has come into the other
 * branch since is nobody's change here.
 */
export function changedSince(revision: string): Changes | { readonly problem: string } {
  const failed = (reason: string) => ({ problem: `--since ${revision}: ${reason}` });
  const up = git(['rev-parse', '--show-cdup']);
  if ('problem' in up) return failed(up.problem);
  if (revision.startsWith('-')) return failed('not a revision');
  const root = absolute(up.output.trim() || '.');
  const diff = git([
    ...['-c', 'core.quotePath=false', 'diff', '--merge-base', '--unified=0', '--no-color', '--no-ext-diff'],
    ...['--no-textconv', '--src-prefix=a/', '--dst-prefix=b/', revision, '--'],
  ]);
  if ('problem' in diff) return failed(diff.problem);
  const fresh = git(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', root]);
  if ('problem' in fresh) return failed(fresh.problem);
  const changed = new Map<string, Lines>();
  for (const [name, lines] of changedLines(diff.output)) changed.set(`${root}/${name}`, lines);
  for (const name of fresh.output.split('\0')) if (name !== '') changed.set(`${root}/${name}`, 'all');
  return {
    has: (path) => changed.has(path),
    touches(path, { start, end }) {
      const lines = changed.get(path) ?? [];
      return lines === 'all' || lines.some(([first, last]) => first <= end.line && start.line <= last);
    },
  };
}

function git(args: readonly string[]): { readonly output: string } | { readonly problem: string } {
  const { status, stdout, stderr, error } = spawnSync('git', [...args], {
    cwd: process.cwd(),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (error) return { problem: `git can’t be run (${error.message})` };
  return status === 0 ? { output: stdout } : { problem: stderr.trim().split('\n')[0] ?? '' };
}

/** The lines that a diff without context adds or changes, by file. */
function changedLines(diff: string): ReadonlyMap<string, readonly (readonly [number, number])[]> {
  const found = new Map<string, [number, number][]>();
  let lines: [number, number][] = [];
  let left = 0;
  for (const line of diff.split('\n')) {
    // What a hunk holds may look like a heading.
    if (left > 0) {
      left--;
      continue;
    }
    const file = /^\+\+\+ (?:b\/(.*?)|"b\/(.*)")\t?$/.exec(line);
    if (file) {
      lines = [];
      found.set(file[1] ?? unquoted(file[2]!), lines);
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const [, removed = '1', first, added = '1'] = hunk;
    left = Number(removed) + Number(added);
    if (Number(added) > 0) lines.push([Number(first), Number(first) + Number(added) - 1]);
  }
  return found;
}

/** Git writes control characters, quotes and backslashes in a name as C does. */
function unquoted(name: string): string {
  const named: Record<string, string> = { a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r' };
  return name.replace(/\\([0-7]{3}|.)/g, (_, sign: string) =>
    /^\d/.test(sign) ? String.fromCharCode(Number.parseInt(sign, 8)) : (named[sign] ?? sign),
  );
}
