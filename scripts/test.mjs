// @ts-check
/** `npm test`: every check in sections, all of them or the named ones (`npm test -- types unit`); the last line sums up. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { findChromium, findVSCode, installPackages, needNode, root } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ title: string, needs?: string, run: () => Promise<Counts> }} Section */

/** Biome colours its output even where nobody looks. */
const plainOutput = process.stdout.isTTY ? [] : ['--colors=off'];

/** @type {Record<string, Section>} */
const sections = {
  types: { title: 'Types', run: () => check(() => tool('typescript/bin/tsc', '-p', '.')) },
  lint: {
    title: 'Lint and format',
    run: () => check(() => tool('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', ...plainOutput)),
  },
  build: { title: 'Build', run: () => check(bundle) },
  unit: {
    title: 'Unit tests',
    run: () =>
      nodeTests('test/**/*.test.ts', { exclude: ['cli', 'proof', 'e2e'].map((folder) => `test/${folder}/**`) }),
  },
  cli: { title: 'Command line', needs: 'build', run: () => nodeTests('test/cli/**/*.test.ts') },
  proof: { title: 'Proofs', needs: 'build', run: () => nodeTests('test/proof/**/*.test.ts') },
  package: { title: 'Package', needs: 'build', run: () => check(packExtension) },
  e2e: { title: 'In a real VS Code', needs: 'package', run: inVSCode },
};

const args = process.argv.slice(2).filter((argument) => argument !== '--full' && !argument.startsWith('--of='));
const unknown = args.filter((name) => !(name in sections));
if (unknown.length > 0) {
  console.error(`There is no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}

installPackages();
needNode();

if (process.argv.includes('--full')) process.env.PROOF = 'full';
// A part of the full matrix: the repairs that are named, each perhaps for one language or case.
const part = process.argv.find((argument) => argument.startsWith('--of='));
if (part) process.env.PROOF_OF = part.slice('--of='.length);
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const summary = [];
/** @type {Set<string>} */
const broken = new Set();
for (const name of withNeeds(args.length > 0 ? args : Object.keys(sections))) {
  const { title, needs, run } = /** @type {Section} */ (sections[name]);
  console.log(`\n━━ ${title} ${'━'.repeat(70 - title.length)}`);
  const start = Date.now();
  const counts = needs && broken.has(needs) ? notRun(needs) : await run();
  if (counts.failed > 0) broken.add(name);
  for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) total[key] += counts[key];
  const { passed, failed, skipped } = counts;
  const line = `${failed > 0 ? '✘' : '✔'} ${title}: ${passed} ok, ${failed} not, ${skipped} left out (${((Date.now() - start) / 1000).toFixed(1)} s)`;
  console.log(line);
  summary.push(line);
}
console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

/** The named sections and those that they need, in order. @param {string[]} names */
function withNeeds(names) {
  const wanted = new Set(names);
  for (const name of Object.keys(sections).reverse()) {
    const needs = sections[name]?.needs;
    if (wanted.has(name) && needs) wanted.add(needs);
  }
  return Object.keys(sections).filter((name) => wanted.has(name));
}

/** A section that is one check: it holds unless it throws. @param {() => unknown} work @returns {Promise<Counts>} */
async function check(work) {
  try {
    await work();
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {string} needs @returns {Counts} */
function notRun(needs) {
  console.log(`Not run, because “${needs}” failed.`);
  return { passed: 0, failed: 1, skipped: 0 };
}

/** Runs a program of an installed package. @param {string} program @param {...string} args */
function tool(program, ...args) {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`${program} ended with ${status}.`);
}

async function bundle() {
  const { build } = await import('../esbuild.mjs');
  for (const { file, bytes } of await build()) console.log(`${file}  ${Math.ceil(bytes / 1024)} KB`);
}

async function packExtension() {
  const { pack } = await import('./package.mjs');
  console.log(pack());
}

/** @param {string} pattern @param {{ exclude?: string[], concurrency?: number }} [options] */
async function nodeTests(pattern, options) {
  const { runTests } = await import('./runTests.mjs');
  return runTests(pattern, options);
}

async function inVSCode() {
  try {
    findVSCode();
    findChromium();
  } catch (error) {
    return check(() => Promise.reject(error));
  }
  return nodeTests('test/e2e/**/*.test.ts', { concurrency: 1 });
}
