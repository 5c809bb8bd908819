/** A folder in which copies of the programs are repaired by the command line, once for each repair. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findProofPackages } from '../../scripts/setup.mjs';
import {
  isFor,
  type Program,
  type ProgramLanguage,
  programFolder,
  programs,
  type Repair,
  repairs,
} from './programs.ts';

export interface Workshop {
  readonly folder: string;
  /** Where the program stands as it was written. */
  original(program: Program): string;
  repaired(program: Program, repair: Repair): string;
  isChanged(program: Program, repair: Repair): Promise<boolean>;
  /** What the command line said of the repair of the file and its neighbours. */
  report(program: Program, repair: Repair): string;
  /** The files that a second run of the repair changed. */
  changedAgain(repair: Repair): Promise<readonly string[]>;
  remove(): Promise<void>;
}

/** Short waits, so that a run takes seconds; everything else is as a user has it. */
export const quickPolicy = { maxAttempts: 4, baseSeconds: 0.05, maxWaitSeconds: 0.2, maxTotalSeconds: 20 };

const commandLine = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
// Inside the project, so that the programs find its packages.
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));

/** One run of the command line repairs one bench: the programs of one language under one policy. */
interface Bench {
  readonly repair: Repair;
  readonly folder: string;
  readonly programs: readonly Program[];
  readonly report: string;
}

export async function openWorkshop(
  languages: readonly ProgramLanguage[],
  chosenRepairs: readonly Repair[],
): Promise<Workshop> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'proof-'));
  await symlink(findProofPackages(), join(folder, 'node_modules'), 'junction');
  const originals = join(folder, 'original');
  await cp(programFolder, originals, { recursive: true });

  const benches: Bench[] = [];
  for (const repair of chosenRepairs) {
    for (const language of languages.filter((each) => isFor(repair, each))) {
      for (const policy of ['quick', 'start'] as const) {
        const chosen = programs.filter((program) => program.language === language && program.policy === policy);
        benches.push(await openBench(folder, repair, language, policy, chosen));
      }
    }
  }
  const benchOf = (program: Program, repair: Repair): Bench => {
    const found = benches.find((bench) => bench.repair === repair && bench.programs.includes(program));
    if (found === undefined) throw new Error(`${program.file} was not repaired.`);
    return found;
  };

  const original = (program: Program) => join(originals, program.language, program.file);
  const repaired = (program: Program, repair: Repair) => join(benchOf(program, repair).folder, program.file);

  return {
    folder,
    original,
    repaired,
    isChanged: async (program, repair) =>
      (await readFile(original(program), 'utf8')) !== (await readFile(repaired(program, repair), 'utf8')),
    report: (program, repair) => benchOf(program, repair).report,
    changedAgain: async (repair) => {
      const changed = await Promise.all(benches.filter((bench) => bench.repair === repair).map(repairAgain));
      return changed.flat();
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function openBench(
  folder: string,
  repair: Repair,
  language: ProgramLanguage,
  policy: Program['policy'],
  chosen: readonly Program[],
): Promise<Bench> {
  const bench = join(folder, `${repair}-${policy}`, language);
  await cp(join(programFolder, language, 'support'), join(bench, 'support'), { recursive: true, force: true }).catch(
    () => mkdir(bench, { recursive: true }),
  );
  await Promise.all(
    chosen.map((program) => cp(join(programFolder, language, program.file), join(bench, program.file))),
  );
  if (policy === 'quick') {
    await writeFile(
      join(bench, '.rate-limit-guide.json'),
      JSON.stringify({ retry: quickPolicy, throttle: { concurrency: 2 } }),
    );
  }
  const library = repairs.get(repair)!.library?.[language];
  // Its manifest names the library; the programs find what is installed for all.
  if (library !== undefined) await writeManifest(bench, language, library);
  return { repair, folder: bench, programs: chosen, report: await runRepair(repair, bench, chosen) };
}

function writeManifest(bench: string, language: ProgramLanguage, library: string): Promise<void> {
  if (language === 'python') return writeFile(join(bench, 'requirements.txt'), `${library}\n`);
  const [name = '', version] = library.split('@');
  const manifest = { type: 'module', dependencies: { [name]: version } };
  return writeFile(join(bench, 'package.json'), JSON.stringify(manifest));
}

async function repairAgain({ repair, folder, programs: chosen }: Bench): Promise<readonly string[]> {
  const read = () => Promise.all(chosen.map((program) => readFile(join(folder, program.file), 'utf8')));
  const before = await read();
  await runRepair(repair, folder, chosen);
  const after = await read();
  return chosen.filter((_, index) => before[index] !== after[index]).map((program) => program.file);
}

function runRepair(repair: Repair, folder: string, chosen: readonly Program[]): Promise<string> {
  const { fix } = repairs.get(repair)!;
  const args = [commandLine, 'fix', '--unsafe', '--fix', fix, ...chosen.map((program) => program.file)];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, timeout: 120_000 }, (error, output, errorText) => {
      resolve(`${output}${errorText}${error === null ? '' : `\n(exit code ${error.code})`}`);
    });
  });
}
