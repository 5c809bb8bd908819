/** Runs one program against the fault server and tells what it printed, how it ended and what it sent. */
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { transform } from 'esbuild';
import type { Scenario } from './scenario.ts';
import type { FaultServer, Received } from './server.ts';

export interface Ended {
  /** The lines that the program printed for answered items. */
  readonly answers: readonly Answered[];
  /** How often its own timer ran meanwhile, where it has one. */
  readonly ticks: number;
  readonly exitCode: number | null;
  readonly errorText: string;
  readonly seconds: number;
  /** The longest time that its event loop stood still, as far as the run could tell. */
  readonly blockedSeconds: number;
  readonly requests: readonly Received[];
}

interface Answered {
  readonly item: unknown;
  readonly answer: unknown;
}

export interface Machine {
  readonly server: FaultServer;
  /** The Python interpreter that has the SDK. */
  readonly python: string | undefined;
  /** A folder of Python packages that go before its own. */
  readonly packages?: string;
}

const pauses = new URL('pauses.mjs', import.meta.url).href;
const timeLimitSeconds = 240;

export async function runProgram(machine: Machine, path: string, scenario: Scenario): Promise<Ended> {
  const run = machine.server.open(scenario);
  const started = performance.now();
  const { program, args } = await command(machine, path);
  const { output, errorText, exitCode } = await execute(
    program,
    args,
    dirname(path),
    environment(run.url, machine.packages),
  );
  const lines = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  return {
    answers: lines.filter((line) => 'item' in line),
    ticks: lines.filter((line) => 'tick' in line).length,
    exitCode,
    errorText,
    seconds: (performance.now() - started) / 1000,
    blockedSeconds: longestPause(errorText),
    requests: run.requests,
  };
}

async function command(machine: Machine, path: string): Promise<{ program: string; args: readonly string[] }> {
  if (extname(path) === '.py') {
    if (machine.python === undefined) throw new Error('There is no Python to run it with.');
    return { program: machine.python, args: [path] };
  }
  const runnable = extname(path) === '.tsx' ? await withoutTypes(path) : path;
  return { program: process.execPath, args: ['--import', pauses, runnable] };
}

/** Node runs TypeScript but not .tsx: esbuild takes the types out of a copy beside it. */
async function withoutTypes(path: string): Promise<string> {
  const { code } = await transform(await readFile(path, 'utf8'), { loader: 'tsx', format: 'esm', target: 'node24' });
  await writeFile(`${path}.mjs`, code);
  return `${path}.mjs`;
}

function environment(baseUrl: string, packages: string | undefined): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, HOME, TMPDIR, TEMP } = process.env;
  return {
    ...Object.fromEntries(Object.entries({ PATH, SystemRoot, HOME, TMPDIR, TEMP }).filter(([, value]) => value)),
    OPENAI_BASE_URL: baseUrl,
    OPENAI_API_KEY: 'not-a-key',
    // These SDKs add the version to the path themselves.
    ANTHROPIC_BASE_URL: baseUrl.replace(/\/v1$/, ''),
    ANTHROPIC_API_KEY: 'not-a-key',
    GROQ_BASE_URL: baseUrl.replace(/\/v1$/, ''),
    GROQ_API_KEY: 'not-a-key',
    ...(packages !== undefined && { PYTHONPATH: packages }),
    NO_PROXY: '127.0.0.1',
    PYTHONDONTWRITEBYTECODE: '1',
    // In debug mode asyncio logs each step that kept the event loop for more than a tenth of a second.
    PYTHONASYNCIODEBUG: '1',
  };
}

function execute(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  return new Promise<{ output: string; errorText: string; exitCode: number | null }>((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeLimitSeconds * 1000,
    });
    let output = '';
    let errorText = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errorText += text;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ output, errorText, exitCode }));
  });
}

function longestPause(errorText: string): number {
  const told = errorText.matchAll(/event loop blocked for ([\d.]+) seconds|^Executing .* took ([\d.]+) seconds$/gm);
  return Math.max(0, ...Array.from(told, ([, node, python]) => Number(node ?? python)));
}
