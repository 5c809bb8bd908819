/** The table of what was proven, written by the full run. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Case, cases } from './matrix.ts';
import { isFor, type Program, programs, type Repair, repairs } from './programs.ts';
import type { Ended } from './run.ts';

/** What a run of `program` came to: how many requests were sent and how many items answered, or that it did not hold. */
export type Results = Map<Program, Map<Case | 'broken', string>>;

export function record(results: Results, program: Program, proven: Case | 'broken', told: string): void {
  const row = results.get(program) ?? new Map<Case | 'broken', string>();
  results.set(program, row.set(proven, told));
}

export function summary(program: Program, ended: Ended): string {
  return `${ended.answers.length}/${program.answers} in ${ended.requests.length}`;
}

export async function writeResults(results: Results): Promise<void> {
  const text = [
    '# What was proven',
    '',
    'Written by `npm run proof`: every program, as it stands and repaired, against a local server that refuses requests, with the real SDK. `3/3 in 12` says that 3 of 3 items were answered and 12 requests sent; **fails** that it did not hold.',
    ...[...repairs.keys()].flatMap((repair) => table(repair, results)),
    '',
  ].join('\n');
  await writeFile(fileURLToPath(new URL('RESULTS.md', import.meta.url)), text);
}

function table(repair: Repair, results: Results): readonly string[] {
  const columns = cases.filter((column) => column.repair === repair);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    '',
    `## \`${repair}\``,
    '',
    row(['program', 'as it stands', ...columns.map(({ title }) => title)]),
    row(Array.from({ length: columns.length + 2 }, () => '---')),
    ...programs
      .filter(({ language }) => isFor(repair, language))
      .map((program) => {
        const told = results.get(program);
        const cells = (['broken', ...columns] as const).map((column) => told?.get(column) ?? '');
        return row([program.file, ...cells]);
      }),
  ];
}
