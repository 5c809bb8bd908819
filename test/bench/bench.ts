/**
 * `npm run bench -- [folder] [edits]`: typing latency beside the parser alone, and `check` on a folder (by default the
 * installed packages) beside reading and searching it. Only what stands in one run can be compared.
 */
import process from 'node:process';
import { root } from '../../scripts/setup.mjs';
import { astGrep, checked, readAndSearch } from './tree.ts';
import { typingLatency } from './typing.ts';

const [folder = `${root}/node_modules`, edits = '100'] = process.argv.slice(2);

console.log('| Typing | Median | p99 | The parser alone | Ratio |\n| --- | --- | --- | --- | --- |');
for (const language of ['python', 'tsx'] as const) {
  for (const lines of [200, 1_000, 10_000, 50_000]) {
    // The same time for each length.
    const count = Math.max(3, Math.round((Number(edits) * 200) / Math.max(200, lines / 5)));
    const { median, p99, parsing } = await typingLatency(language, lines, count);
    const row = [`${language}, ${lines} lines`, ms(median), ms(p99), ms(parsing), (median / parsing).toFixed(1)];
    console.log(`| ${row.join(' | ')} |`);
  }
}

const floor = readAndSearch(folder);
const own = checked(folder);
const peer = astGrep(folder);
console.log(`\n| ${own.files} files | Time | Ratio |\n| --- | --- | --- |`);
for (const [name, time] of [
  ['Node, reading and searching alone', floor.milliseconds],
  ['Rate Limit Guide, `check`', own.milliseconds],
  ...(peer === undefined ? [] : [['ast-grep, one pattern, Python alone', peer] as const]),
] as const)
  console.log(`| ${name} | ${ms(time)} | ${(time / floor.milliseconds).toFixed(1)} |`);

function ms(time: number): string {
  return `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
}
