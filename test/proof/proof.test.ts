/**
 * The proofs: each program fails under its fault as it stands, and after a repair by the command line it meets every
 * fault as a program should. `PROOF=full` runs every program through every case.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { python as setUpPython } from '../../scripts/python.mjs';
import { expectBroken } from './expect.ts';
import { type Case, cases } from './matrix.ts';
import { isFor, type Program, type ProgramLanguage, programs, type Repair, repairs } from './programs.ts';
import { type Results, record, summary, writeResults } from './results.ts';
import { type Machine, runProgram } from './run.ts';
import { startFaultServer } from './server.ts';
import { newPythonErrors, newTypeScriptErrors } from './typeCheck.ts';
import { openWorkshop } from './workshop.ts';

const isFull = process.env.PROOF === 'full';
/** The part of the matrix that is asked for: repairs, or `repair/language`, or `repair/how a case begins`; else all of it. */
const asked = process.env.PROOF_OF?.split(',').map((part) => part.split('/')) ?? [];
const isAsked = (repair: Repair) => asked.length === 0 || asked.some(([name]) => name === repair);
const isInPart = ({ repair, title }: Case, { language }: Program) =>
  asked.length === 0 ||
  asked.some(([name, part]) => name === repair && (!part || part === language || title.startsWith(part)));
assert.ok(
  existsSync(fileURLToPath(new URL('../../dist/cli.js', import.meta.url))),
  'dist/cli.js has to be built first',
);

const found = await setUpPython();
const missing = 'missing' in found ? found.missing : undefined;
const server = await startFaultServer();
const machine: Machine = { server, python: 'python' in found ? found.python : undefined };
const workshop = await openWorkshop(
  missing === undefined ? ['python', 'typescript'] : ['typescript'],
  [...repairs.keys()].filter(isAsked),
);
const results: Results = new Map();
let failures = 0;
let written = performance.now();

after(async () => {
  await server.close();
  await writeDown();
  if (failures === 0) await workshop.remove();
  else console.log(`The repaired programs stand in ${workshop.folder}, to be looked at.`);
});

/** A run that is cut short keeps what it came to. */
async function keep(): Promise<void> {
  if (performance.now() - written < 20_000) return;
  written = performance.now();
  await writeDown();
}

async function writeDown(): Promise<void> {
  if (isFull) await writeResults(results, [...repairs.keys()].filter(isAsked));
}

/** Without Python its proofs can't run: an error where everything must be there, left out elsewhere. */
function prove(language: ProgramLanguage, name: string, body: () => Promise<void>): void {
  test(name, async (t) => {
    if (language === 'python' && missing !== undefined) {
      if (process.env.CI === 'true') assert.fail(missing);
      t.skip(missing);
      return;
    }
    try {
      await body();
    } catch (error) {
      failures += 1;
      throw error;
    }
  });
}

// Most of a run is start-up and waiting; more at once would make the waits longer than they are.
describe('proofs', { concurrency: 4 }, () => {
  for (const program of programs) {
    prove(program.language, `${program.file} fails as it stands`, () => proveBroken(program));
    for (const repair of program.refuses.filter(isAsked)) {
      prove(program.language, `${program.file} can't have ${repair}, and is told why`, () =>
        proveRefused(program, repair),
      );
    }
    for (const proven of cases.filter((each) => isChosen(program, each))) {
      prove(program.language, `${program.file} after ${proven.repair}: ${proven.title}`, () =>
        proveRepaired(program, proven).catch((error: unknown) => {
          record(results, program, proven, '**fails**');
          throw error;
        }),
      );
    }
  }
});

describe('a second repair changes nothing', () => {
  for (const repair of [...repairs.keys()].filter(isAsked)) {
    prove(isFor(repair, 'typescript') ? 'typescript' : 'python', repair, async () =>
      assert.deepEqual(await workshop.changedAgain(repair), []),
    );
  }
});

describe('a repair brings no new type error', () => {
  prove('typescript', 'tsc --strict', async () => assert.deepEqual(await newTypeScriptErrors(workshop.folder), []));
  prove('python', 'pyright', async () => assert.deepEqual(await newPythonErrors(workshop.folder, machine.python!), []));
});

function isChosen(program: Program, proven: Case): boolean {
  const { repair, applies, sample } = proven;
  if (program.refuses.includes(repair) || !isFor(repair, program.language)) return false;
  return applies(program) && isInPart(proven, program) && (isFull || sample === 'all' || sample.includes(program.file));
}

async function proveBroken(program: Program): Promise<void> {
  const ended = await runProgram(machine, workshop.original(program), program.fault);
  record(results, program, 'broken', summary(program, ended));
  expectBroken(program, ended);
}

async function proveRefused(program: Program, repair: Repair): Promise<void> {
  assert.equal(await workshop.isChanged(program, repair), false);
  if (repairs.get(repair)!.quiet) return;
  const lines = workshop.report(program, repair).split('\n');
  assert.ok(
    lines.some((line) => line.startsWith(program.file) && line.includes('not repaired')),
    lines.join('\n'),
  );
}

async function proveRepaired(program: Program, proven: Case): Promise<void> {
  const { repair, scenario } = proven;
  if (proven.expectBefore) {
    proven.expectBefore(program, await runProgram(machine, workshop.original(program), scenario));
  }
  assert.ok(
    await workshop.isChanged(program, repair),
    `the repair left it as it was; the command line said:\n${workshop.report(program, repair)}`,
  );
  const ended = await runProgram(machine, workshop.repaired(program, repair), scenario);
  proven.expect(program, ended);
  record(results, program, proven, summary(program, ended));
  await keep();
}
