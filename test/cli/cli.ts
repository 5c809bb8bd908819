/** Runs the built command line as a user would, in a project of its own. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Project {
  readonly cli: string;
  readonly root: string;
  path(name: string): string;
  read(name: string): string;
  write(name: string, content: string | Uint8Array): void;
  run(...args: readonly string[]): Promise<Run>;
  /** Runs without an administrator's rights, for whom no file is shut. */
  runUnprivileged(...args: readonly string[]): Promise<Run>;
  /** Runs where a file of more than a kilobyte can't be written to its end. */
  runWithoutRoom(...args: readonly string[]): Promise<Run>;
  /** Runs with `input` on standard input. */
  pipe(input: string | Uint8Array, ...args: readonly string[]): Promise<Run>;
}

/** A folder with these files; it is gone when the test has ended. */
export function project(context: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Project {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'rate-limit-guide-')));
  context.after(() => rmSync(root, { recursive: true, force: true }));
  const path = (name: string) => join(root, name);
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), content);
  };
  for (const [name, content] of Object.entries(files)) write(name, content);
  return {
    cli,
    root,
    path,
    write,
    read: (name) => readFileSync(path(name), 'utf8'),
    run: (...args) => runIn({ cwd: root }, args, ''),
    pipe: (input, ...args) => runIn({ cwd: root }, args, input),
    runWithoutRoom: (...args) => runIn({ cwd: root }, args, '', withoutRoom),
    // Another user could not even reach a checkout in a folder that only root may enter.
    runUnprivileged: (...args) => runIn({ cwd: root }, args, '', process.getuid?.() === 0 ? withoutOverride : []),
  };
}

/** A write fails on its way, as it does on a full disk. */
const withoutRoom = ['sh', '-c', 'trap "" XFSZ; ulimit -f 2; exec "$@"', 'sh'];

/** Takes root's right to open what its own permissions shut. */
const withoutOverride = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];

function runIn(
  options: SpawnOptions,
  args: readonly string[],
  input: string | Uint8Array,
  wrapper: readonly string[] = [],
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const [command, ...rest] = [...wrapper, process.execPath, cli, ...args];
    const child = spawn(command!, rest, { ...options, stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }),
    );
    // The command may end without having read its input.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** A request in a loop behind the SDK's default: one warning, in line 6, column 9. */
export const python = `from openai import OpenAI

client = OpenAI()

for _ in range(3):
    r = client.chat.completions.create(model="m", messages=[])
`;

/** The same in TypeScript, alone: one information, in line 3, column 26. */
export const typescript = `import OpenAI from 'openai';
const client = new OpenAI();
export const ask = () => client.chat.completions.create({ model: 'm', messages: [] });
`;

/** Protected by more than the default: no finding. */
export const quiet = python.replace('OpenAI()', 'OpenAI(max_retries=14)');
