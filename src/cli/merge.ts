/** `merge`: the reports of several runs as one. */
import { readFileSync } from 'node:fs';
import { mergeSarif } from '../render/sarif-merge.ts';
import { codeOf } from './problems.ts';
import { print, tell } from './terminal.ts';

/** Gives the exit code. */
export function merge(files: readonly string[]): number {
  const logs: unknown[] = [];
  for (const file of files) {
    try {
      logs.push(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      tell(`${file}: ${error instanceof SyntaxError ? 'not JSON' : `it can’t be read (${codeOf(error)})`}`);
      return 2;
    }
  }
  const merged = mergeSarif(logs);
  if (typeof merged === 'string') {
    print(merged);
    return 0;
  }
  tell(`rate-limit-guide: ${merged.problem}`);
  return 2;
}
