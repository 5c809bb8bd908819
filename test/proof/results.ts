/** The table of what was proven, written by the full run. */
import { readFile, writeFile } from 'node:fs/promises';
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

/** Writes the tables of these repairs. What this run did not come to stays as an earlier run wrote it. */
export async function writeResults(results: Results, chosen: readonly Repair[]): Promise<void> {
  for (const repair of chosen) await writeSection(`\`${repair}\``, (before) => table(repair, results, before));
}

const place = fileURLToPath(new URL('RESULTS.md', import.meta.url));

const head = [
  '# What was proven',
  '',
  'Written by `npm run proof`, or in parts by `npm run proof -- --of=throttle,backoff/python`: every program, as it stands and repaired, against a local server that refuses requests, with the real SDK. `3/3 in 12` says that 3 of 3 items were answered and 12 requests sent; **fails** that it did not hold. Where a cell is empty the repair is not offered, the case makes no sense, or its part has not been run.',
  '',
].join('\n');

type Cells = ReadonlyMap<string, string>;

/** Writes the table of one section, and leaves the others. `write` is told what stands there: row, column → cell. */
export async function writeSection(title: string, write: (before: Cells) => readonly string[]): Promise<void> {
  const [, ...sections] = (await readFile(place, 'utf8').catch(() => '')).split(/^## /m);
  const known = new Map(sections.map((section) => [section.split('\n')[0]!, `## ${section.trimEnd()}\n`]));
  known.set(title, `## ${title}\n\n${write(cellsOf(known.get(title) ?? '')).join('\n')}\n`);
  const order = [...repairs.keys()].map((repair) => `\`${repair}\``);
  const rank = (one: string) => (order.includes(one) ? order.indexOf(one) : order.length);
  const sorted = [...known].sort(([one], [other]) => rank(one) - rank(other) || one.localeCompare(other));
  await writeFile(place, [head, ...sorted.map(([, text]) => text)].join('\n'));
}

function cellsOf(section: string): Cells {
  const [titles = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.slice(2, -2).split(' | '));
  return new Map(
    rows.flatMap((row) => row.map((cell, column) => [cellName(row[0]!, titles[column]!), cell.trim()] as const)),
  );
}

function cellName(row: string, column: string): string {
  return `${row}\n${column}`;
}

function table(repair: Repair, results: Results, before: Cells): readonly string[] {
  const columns = cases.filter((column) => column.repair === repair);
  const rows = programs.filter(({ language }) => isFor(repair, language));
  const titles = ['as it stands', ...columns.map(({ title }) => title)];
  return tableOf(
    ['program', ...titles],
    rows.flatMap((program) => {
      const told = results.get(program);
      const cell = (column: Case | 'broken', index: number) =>
        told?.get(column) ?? before.get(cellName(program.file, titles[index]!)) ?? '';
      const [broken = '', ...cells] = (['broken', ...columns] as const).map(cell);
      return cells.some((one) => one !== '') ? [[program.file, broken, ...cells]] : [];
    }),
  );
}

export function tableOf(titles: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(titles), row(titles.map(() => '---')), ...rows.map(row)];
}
