/** Type checks the programs before and after their repair, and tells which errors are new. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';

interface TypeError {
  readonly path: string;
  readonly message: string;
}

const require = createRequire(import.meta.url);

/** One strict run of the TypeScript compiler over the whole folder. */
export async function newTypeScriptErrors(folder: string): Promise<readonly string[]> {
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    noImplicitReturns: true,
    verbatimModuleSyntax: false,
    allowJs: true,
    jsx: 'preserve',
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  const { exitCode, output } = await run([compiler, '-p', folder, '--pretty', 'false'], folder);
  const errors = Array.from(output.matchAll(/^(\S.*?)\(\d+,\d+\): error (TS\d+: .*)$/gm), ([, path, message]) => ({
    path: path!,
    message: message!,
  }));
  if (exitCode !== 0 && errors.length === 0) throw new Error(`tsc: ${output}`);
  return newErrors(errors);
}

/** One run of pyright over the whole folder. */
export async function newPythonErrors(folder: string, python: string): Promise<readonly string[]> {
  await writeFile(join(folder, 'pyrightconfig.json'), JSON.stringify({ include: ['.'], exclude: [] }));
  const pyright = join(dirname(require.resolve('pyright/package.json')), 'index.js');
  const { output } = await run([pyright, '--outputjson', '--pythonpath', python, '--project', folder], folder);
  const report = JSON.parse(output);
  if (report.summary.filesAnalyzed === 0) throw new Error('pyright looked at no file.');
  const diagnostics: readonly { file: string; severity: string; message: string; rule?: string }[] =
    report.generalDiagnostics;
  return newErrors(
    diagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ file, message, rule }) => ({ path: file.slice(folder.length + 1), message: `${message} (${rule})` })),
  );
}

/** The errors of repaired files that their originals don't have. */
function newErrors(errors: readonly TypeError[]): readonly string[] {
  const isOriginal = ({ path }: TypeError) => path.split(/[\\/]/)[0] === 'original';
  const name = ({ path, message }: TypeError) => `${basename(path)}: ${message}`;
  const known = new Set(errors.filter(isOriginal).map(name));
  return errors
    .filter((error) => !isOriginal(error) && !known.has(name(error)))
    .map((error) => `${error.path.split(sep).join('/')}: ${error.message}`);
}

function run(args: readonly string[], cwd: string): Promise<{ output: string; exitCode: number }> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 1 << 26, timeout: 300_000 }, (error, output, errorText) => {
      if (error !== null && typeof error.code !== 'number') return reject(error);
      resolve({ output: output === '' ? errorText : output, exitCode: Number(error?.code ?? 0) });
    });
  });
}
