// @ts-check
/** Sets up `.venv` with the Python SDK that the proofs run against; says in one line why where it can't. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const environment = join(root, '.venv');
const interpreter = join(
  environment,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
const stamp = join(environment, 'requirements.stamp');
const requirements = join(root, 'test', 'proof', 'requirements.txt');

/**
 * The interpreter of `.venv`, made on the first call and whenever the requirements change.
 * @returns {Promise<{ python: string } | { missing: string }>}
 */
export async function python() {
  const wanted = await readFile(requirements, 'utf8');
  if (existsSync(interpreter) && (await readFile(stamp, 'utf8').catch(() => '')) === wanted)
    return { python: interpreter };

  const found = await findPython();
  if (found === undefined) return { missing: 'Python 3.10 or newer is not installed (tried python3 and python)' };

  await rm(environment, { recursive: true, force: true });
  const made = await attempt(found, ['-m', 'venv', environment]);
  if (made !== undefined) {
    return { missing: `${found} can't make a virtual environment (on Debian: apt install python3-venv): ${made}` };
  }
  const installed = await attempt(interpreter, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '-r',
    requirements,
  ]);
  if (installed !== undefined)
    return { missing: `pip can't install ${wanted.trim()} (can it reach PyPI?): ${installed}` };

  await writeFile(stamp, wanted);
  return { python: interpreter };
}

/**
 * A folder that has a package of the version named, as `openai==1.109.1`, with what it needs: for `PYTHONPATH`.
 * @param {string} requirement
 * @returns {Promise<string>}
 */
export function pythonPackage(requirement) {
  const known = packages.get(requirement) ?? install(requirement);
  packages.set(requirement, known);
  return known;
}

/** Each is installed once, whoever asks for it meanwhile. @type {Map<string, Promise<string>>} */
const packages = new Map();

/** @param {string} requirement */
async function install(requirement) {
  const folder = join(environment, 'packages', requirement);
  const done = join(folder, 'installed.stamp');
  if (existsSync(done)) return folder;
  const arguments_ = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--upgrade',
    '--target',
    folder,
  ];
  const failed = await attempt(interpreter, [...arguments_, requirement]);
  if (failed !== undefined) throw new Error(`pip can't install ${requirement}: ${failed}`);
  await writeFile(done, requirement);
  return folder;
}

async function findPython() {
  for (const name of ['python3', 'python']) {
    if ((await attempt(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'])) === undefined) return name;
  }
  return undefined;
}

/**
 * What went wrong, as the last line that the program wrote; nothing when it ended well.
 * @param {string} program
 * @param {readonly string[]} args
 * @returns {Promise<string | undefined>}
 */
async function attempt(program, args) {
  try {
    await run(program, args, { maxBuffer: 1 << 26 });
    return undefined;
  } catch (caught) {
    const error = /** @type {{ message: string, stdout?: string, stderr?: string }} */ (caught);
    const lines = `${error.stdout ?? ''}\n${error.stderr ?? ''}`.split(/\r?\n/).filter((line) => line.trim() !== '');
    return lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? error.message;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = await python();
  if ('missing' in result) {
    console.error(result.missing);
    process.exitCode = 1;
  } else {
    console.log(result.python);
  }
}
