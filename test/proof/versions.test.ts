/**
 * The proofs with other versions of the SDK and with other SDKs: the same repairs, made and run where the program has that
 * version. `PROOF=full` runs more of the programs, through more faults.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { pythonPackage, python as setUpPython } from '../../scripts/python.mjs';
import { findProofPackages } from '../../scripts/setup.mjs';
import {
  expectAllAnswered,
  expectBroken,
  expectError,
  expectGivesUpAfter,
  expectNoSdkRetries,
  expectRequestsPerItem,
  expectWaits,
} from './expect.ts';
import { type Program, type ProgramLanguage, programFolder } from './programs.ts';
import { programNamed } from './repaired.ts';
import { tableOf, writeSection } from './results.ts';
import { type Ended, runProgram } from './run.ts';
import * as faults from './scenario.ts';
import { startFaultServer } from './server.ts';
import { quickPolicy } from './workshop.ts';

interface Version {
  readonly language: ProgramLanguage;
  readonly sdk: string;
  readonly version: string;
  /** Its folder among the packages of the proofs, where that is not its name. */
  readonly folder?: string;
  /** The name that its programs begin with, where there are programs of its own. */
  readonly name?: string;
  /** What a refusal is called, where it is no class of its own. */
  readonly error?: string;
}

const versions: readonly Version[] = [
  { language: 'python', sdk: 'openai', version: '1.109.1' },
  { language: 'python', sdk: 'openai', version: '2.0.0' },
  { language: 'python', sdk: 'anthropic', version: '0.121.0', name: 'anthropic' },
  { language: 'python', sdk: 'groq', version: '1.6.0', name: 'groq' },
  { language: 'typescript', sdk: 'openai', version: '4.104.0', folder: 'openai-4' },
  { language: 'typescript', sdk: 'openai', version: '5.23.2', folder: 'openai-5' },
  { language: 'typescript', sdk: 'openai', version: '6.49.0', folder: 'openai-6' },
  { language: 'typescript', sdk: '@anthropic-ai/sdk', version: '1.12.0', name: 'anthropic' },
  { language: 'typescript', sdk: 'groq-sdk', version: '1.6.0', name: 'groq' },
  { language: 'typescript', sdk: 'ai', version: '7.0.173', name: 'ai', error: 'AI_APICallError' },
];

const isFull = process.env.PROOF === 'full';
const few = ['async_gather.py', 'promise-all-map.ts'];
const more = [
  ...few,
  'for_loop.py',
  'for-of.ts',
  'list_comprehension.py',
  'async_heartbeat.py',
  'streaming_loop.py',
  'responses_api.py',
  'embeddings_batch.py',
  'class_method.py',
  'try_except.py',
  'arrow-body.ts',
  'for-await-stream.ts',
  'common-js.cjs',
  'signal.ts',
  'images.ts',
  'class-field.ts',
  'try-catch.ts',
];

const others = fileURLToPath(new URL('others/', import.meta.url));
const commandLine = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
await mkdir(cache, { recursive: true });
const folder = await mkdtemp(join(await realpath(cache), 'proof-'));
// What a program imports beside its SDK.
await symlink(findProofPackages(), join(folder, 'node_modules'), 'junction');
const found = await setUpPython();
const missing = 'missing' in found ? found.missing : undefined;
const server = await startFaultServer();
const results: (readonly string[])[] = [];
const titles = ['as it stands', 'backoff', 'no quota left', 'told to wait 1 s', 'refused for ever', 'sdk-retries'];

after(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
  if (isFull) {
    const rows = results.toSorted((one, other) => one.join().localeCompare(other.join()));
    await writeSection('Other versions, other SDKs', () => tableOf(['SDK', 'program', ...titles], rows));
  }
});

function programsOf({ language, name }: Version): readonly Program[] {
  const ending = language === 'python' ? '.py' : /\.[cm]?[jt]sx?$/;
  if (name === undefined)
    return (isFull ? more : few)
      .map(programNamed)
      .filter(({ file }) => (typeof ending === 'string' ? file.endsWith(ending) : ending.test(file)));
  const usual = { ...programNamed('for_loop.py'), language };
  const [loop, fan] = language === 'python' ? ['_loop.py', '_gather.py'] : ['-loop.ts', '-map.ts'];
  const inParallel = { ...usual, file: name + fan, parallel: true };
  return isFull ? [{ ...usual, file: name + loop }, inParallel] : [inParallel];
}

/** Anthropic refuses with 429 for a limit alone. */
const hasQuota = ({ sdk }: Version) => !sdk.includes('anthropic');

for (const version of versions) {
  describe(`${version.sdk} ${version.version} (${version.language})`, { concurrency: 2 }, () => {
    for (const program of programsOf(version)) {
      test(program.file, { skip: version.language === 'python' && missing ? missing : false }, async () => {
        const bench = await openBench(version, program);
        const run = (path: string, scenario: faults.Scenario) => runProgram(bench.machine, path, scenario);
        const row = [`${version.sdk} ${version.version}`, program.file];
        const told = (ended: Ended) =>
          row.push(`${ended.answers.length}/${program.answers} in ${ended.requests.length}`);

        const broken = await run(bench.original, faults.refused);
        expectBroken(program, broken);
        assert.ok(broken.requests.length > 0, broken.errorText);
        told(broken);

        const backoff = await bench.repair('backoff');
        const answered = await run(backoff, faults.refused);
        expectAllAnswered(program, answered);
        expectNoSdkRetries(answered);
        expectRequestsPerItem(answered, faults.refused.refused + 1);
        told(answered);
        if (hasQuota(version)) {
          const quota = await run(backoff, faults.quota);
          expectError(quota, version.error ?? 'RateLimitError');
          expectGivesUpAfter(program, quota, 1);
          told(quota);
        } else row.push('');
        if (!isFull) return;
        const waited = await run(backoff, faults.serverWait(1));
        expectAllAnswered(program, waited);
        expectWaits(waited, 1);
        told(waited);
        const never = await run(backoff, faults.forever);
        expectError(never, version.error ?? 'RateLimitError');
        expectGivesUpAfter(program, never, quickPolicy.maxAttempts);
        told(never);

        const raised = await run(await bench.repair('sdk-retries'), faults.refusedBriefly);
        expectAllAnswered(program, raised);
        expectRequestsPerItem(raised, faults.refusedBriefly.refused + 1);
        told(raised);
        results.push(row);
      });
    }
  });
}

interface Bench {
  readonly machine: Parameters<typeof runProgram>[0];
  readonly original: string;
  /** The path of the program with that repair. */
  repair(name: string): Promise<string>;
}

async function openBench(version: Version, program: Program): Promise<Bench> {
  const { language, sdk, name: programsOwn } = version;
  const own = join(
    folder,
    `${language}-${sdk.replace(/\W/g, '')}-${version.version}`,
    program.file.replace(/\W/g, '_'),
  );
  const source = join(programsOwn === undefined ? programFolder : others, language, program.file);
  const machine = {
    server,
    python: 'python' in found ? found.python : undefined,
    ...(language === 'python' && { packages: await pythonPackage(`${sdk}==${version.version}`) }),
  };
  const place = async (name: string) => {
    const at = join(own, name);
    await mkdir(at, { recursive: true });
    await writeFile(join(at, '.rate-limit-guide.json'), JSON.stringify({ retry: quickPolicy }));
    await declare(version, at);
    await cp(source, join(at, program.file));
    return at;
  };
  return {
    machine,
    original: join(await place('original'), program.file),
    async repair(name) {
      const at = await place(name);
      const said = await fix(at, name, program.file);
      const path = join(at, program.file);
      assert.notEqual(await readFile(path, 'utf8'), await readFile(source, 'utf8'), said);
      return path;
    },
  };
}

/** The version stands in the manifest, and is what the program finds. */
async function declare({ language, sdk, version, folder: installed = sdk }: Version, at: string): Promise<void> {
  if (language === 'python') return writeFile(join(at, 'requirements.txt'), `${sdk}==${version}\n`);
  const target = join(at, 'node_modules', sdk);
  await mkdir(join(target, '..'), { recursive: true });
  await symlink(join(findProofPackages(), installed), target, 'junction');
  return writeFile(join(at, 'package.json'), JSON.stringify({ type: 'module', dependencies: { [sdk]: version } }));
}

function fix(cwd: string, name: string, file: string): Promise<string> {
  const args = [commandLine, 'fix', '--unsafe', '--fix', name, file];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, timeout: 300_000 }, (_, output, errorText) => resolve(output + errorText));
  });
}
