// @ts-check
/**
 * `npm run score -- CORPUS [MIRRORS]`: measures detection on a corpus of labelled calls. CORPUS holds `labels.jsonl`,
 * `extract.mjs` (lays the labelled files out from MIRRORS, bare clones) and `score.mjs`. The files go to `.corpus/`,
 * which git ignores.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { root } from './setup.mjs';

const [corpus, mirrors] = process.argv.slice(2);
if (!corpus || !existsSync(join(corpus, 'labels.jsonl'))) {
  console.error('usage: npm run score -- CORPUS [MIRRORS], where CORPUS holds labels.jsonl');
  process.exit(2);
}
const files = join(root, '.corpus');
if (mirrors) node(join(resolve(corpus), 'extract.mjs'), '--mirrors', resolve(mirrors), '--out', files);
if (!existsSync(files)) {
  console.error(`The labelled files are not laid out in ${files}: name the folder of their clones, too.`);
  process.exit(2);
}
const findings = join(files, '.findings.json');
const checked = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'check', '--format', 'json', files], {
  encoding: 'utf8',
  maxBuffer: 2 ** 28,
});
if (checked.status === 2) console.error(checked.stderr);
writeFileSync(findings, checked.stdout);
node(join(resolve(corpus), 'score.mjs'), findings, '--errors', '60');

/** @param {...string} args */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
