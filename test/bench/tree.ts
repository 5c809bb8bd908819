/** How long `check` takes on a tree of files, beside what only reads and searches them, and beside ast-grep where it is. */
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export interface Walked {
  readonly files: number;
  readonly milliseconds: number;
}

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const largest = 8_000_000;
const words = /openai|anthropic|groq|mistral|cohere|genai|litellm|langchain|completions|responses|embeddings|messages/;

/** Plain Node: every file read into one buffer, and searched for a dozen words. */
export function readAndSearch(folder: string): Walked {
  const began = performance.now();
  const buffer = Buffer.alloc(largest);
  let files = 0;
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && /\.(pyi?|[cm]?[jt]sx?)$/.test(entry.name)) {
        const file = openSync(path, 'r');
        const length = readSync(file, buffer, 0, largest, 0);
        closeSync(file);
        words.test(buffer.toString('latin1', 0, length));
        files++;
      }
    }
  }
  return { files, milliseconds: performance.now() - began };
}

export function checked(folder: string): Walked {
  const { milliseconds, stdout } = timed(process.execPath, [cli, 'check', '--no-ignore', '--format', 'json', folder]);
  return { files: JSON.parse(stdout).files, milliseconds };
}

/** One pattern in one language; undefined where ast-grep is not installed. */
export function astGrep(folder: string): number | undefined {
  const program = process.env.AST_GREP ?? 'ast-grep';
  if (spawnSync(program, ['--version']).status !== 0) return undefined;
  const pattern = '$C.chat.completions.create($$$)';
  return timed(program, ['run', '--no-ignore', 'hidden', '--lang', 'python', '--pattern', pattern, folder])
    .milliseconds;
}

function timed(program: string, args: readonly string[]): { milliseconds: number; stdout: string } {
  const began = performance.now();
  const { stdout, error } = spawnSync(program, [...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (error) throw error;
  return { milliseconds: performance.now() - began, stdout };
}
