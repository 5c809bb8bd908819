/** `fix`: what it writes, what it leaves alone, and that a file is never damaged. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { readSource, type Source, writeSource } from '../../src/cli/source.ts';
import { type Project, project, python, quiet, typescript } from './cli.ts';

const findings = async (at: Project): Promise<readonly unknown[]> =>
  JSON.parse((await at.run('check', '--format', 'json')).stdout).findings;

test('without consent only what keeps behaviour is repaired', async (context) => {
  const at = project(context, { 'a.py': python });
  const { code, stdout, stderr } = await at.run('fix');
  assert.equal(code, 0);
  assert.equal(stdout, '');
  assert.equal(at.read('a.py'), python);
  assert.match(stderr, /Nothing repaired\.\n1 finding left: the repair changes behaviour and needs your consent/);
});

test('--unsafe makes each finding’s preferred repair; a second run changes nothing', async (context) => {
  const at = project(context, { 'a.py': python, 'sub/b.ts': typescript, 'c.py': quiet });
  const { code, stderr } = await at.run('fix', '--unsafe');
  assert.equal(code, 0);
  assert.match(stderr, /^a\.py: 1 repair\nsub\/b\.ts: 1 repair\nRepaired 2 findings in 2 files\.$/m);
  assert.deepEqual(await findings(at), []);
  assert.equal(at.read('c.py'), quiet);
  const once = [at.read('a.py'), at.read('sub/b.ts')];
  assert.notEqual(once[0], python);
  await at.run('fix', '--unsafe');
  assert.deepEqual([at.read('a.py'), at.read('sub/b.ts')], once);
});

test('naming a repair is consent to that one', async (context) => {
  const at = project(context, { 'a.py': python, 'b.ts': typescript });
  const { code } = await at.run('fix', '--fix', 'sdk-retries');
  assert.equal(code, 0);
  assert.equal(at.read('a.py'), python.replace('OpenAI()', 'OpenAI(max_retries=14)'));
  assert.equal(at.read('b.ts'), typescript.replace('OpenAI()', 'OpenAI({ maxRetries: 14 })'));
});

test('an unknown repair is told, with the nearest name', async (context) => {
  const at = project(context, { 'a.py': python });
  const { code, stderr } = await at.run('fix', '--fix', 'sdk-retires');
  assert.equal(code, 2);
  assert.match(stderr, /There is no repair “sdk-retires”\. Did you mean “sdk-retries”\?/);
  assert.equal(at.read('a.py'), python);
});

test('a repair that does not fit is no misspelt one, and what was asked for says why', async (context) => {
  const at = project(context, { 'a.py': python });
  const { code, stderr } = await at.run('fix', '--fix', 'library');
  assert.equal(code, 0);
  assert.match(stderr, /^a\.py:\d+:\d+: not repaired: The project names no library for retries/m);
  assert.doesNotMatch((await at.run('fix', '--fix', 'sdk-retries', '--diff')).stderr, /library/);
});

test('a repair that leaves its finding is not told as one that was not made', async (context) => {
  const fan = `const openai = new OpenAI();
export const all = (items: string[]) =>
  Promise.all(items.map((input) => openai.responses.create({ model: 'gpt-5', input })));
`;
  const at = project(context, { 'a.ts': `import OpenAI from 'openai';\n${fan}` });
  const only = ['fix', '--fix', 'throttle', '--rule', 'unprotected-call'];
  const { stderr } = await at.run(...only);
  assert.match(at.read('a.ts'), /limitConcurrency\(5\)/);
  assert.equal(stderr, 'a.ts: 1 repair\nRepaired 1 finding in 1 file.\n');
  assert.match((await at.run(...only)).stderr, /not repaired: .* limiter already/);
});

test('--helper-module writes one new file that all repaired files import', async (context) => {
  const at = project(context, { 'a.ts': typescript, 'sub/b.ts': typescript });
  const { code, stderr } = await at.run('fix', '--fix', 'helper', '--helper-module', 'lib/retry.ts');
  assert.equal(code, 0, stderr);
  assert.match(at.read('lib/retry.ts'), /^export async function withBackoff/m);
  assert.match(at.read('a.ts'), /^import \{ withBackoff \} from '\.\/lib\/retry';$/m);
  assert.match(at.read('sub/b.ts'), /^import \{ withBackoff \} from '\.\.\/lib\/retry';$/m);
  const again = await at.run('fix', '--fix', 'helper', '--helper-module', 'lib/retry.ts');
  assert.equal(again.code, 2);
  assert.match(again.stderr, /lib\/retry\.ts exists already/);
});

test('--helper-module in Python writes both helpers to one module, imported as the other modules are', async (context) => {
  const at = project(context, {
    'app/__init__.py': '',
    'app/ask.py': `from app.words import GREETING\n${python}`,
    'app/words.py': 'GREETING = "hello"\n',
    'app/late.py': `from . import words\n${python.replace(/OpenAI/g, 'AsyncOpenAI')}`,
    'run.py': python,
    'app/lonely.py': python,
  });
  const { code, stderr } = await at.run('fix', '--fix', 'helper', '--helper-module', 'app/calls.py');
  assert.equal(code, 0, stderr);
  const made = at.read('app/calls.py');
  assert.match(made, /^def with_backoff\(call: Call\) -> Call:$/m);
  assert.match(made, /^def with_backoff_async\(call: Call\) -> Call:$/m);
  assert.match(at.read('app/ask.py'), /^from app\.calls import with_backoff$/m);
  assert.match(at.read('app/late.py'), /^from \.calls import with_backoff/m);
  assert.match(at.read('run.py'), /^from app\.calls import with_backoff$/m);
  assert.equal(at.read('app/lonely.py'), python);
  assert.match(stderr, /lonely\.py.* not repaired: How this file would import that module is not certain/);
});

test('--diff shows the new file too, and git applies it', async (context) => {
  const at = project(context, { 'a.ts': typescript });
  const { stdout } = await at.run('fix', '--fix', 'helper', '--helper-module', 'lib/retry.ts', '--diff');
  assert.equal(at.read('a.ts'), typescript);
  execFileSync('git', ['apply'], { cwd: at.root, input: stdout });
  assert.match(at.read('lib/retry.ts'), /withBackoff/);
  assert.notEqual(at.read('a.ts'), typescript);
});

test('--fix ignore writes a comment that hides the finding', async (context) => {
  const at = project(context, { 'a.py': python, 'b.ts': typescript });
  assert.equal((await at.run('fix', '--fix', 'ignore')).code, 0);
  assert.match(at.read('a.py'), /# rate-limit-guide: ignore\[unprotected-call\]/);
  assert.match(at.read('b.ts'), /\/\/ rate-limit-guide: ignore\[unprotected-call\]/);
  assert.deepEqual(await findings(at), []);
});

test('--rule repairs the named rules only', async (context) => {
  const at = project(context, { 'a.py': python });
  await at.run('fix', '--unsafe', '--rule', 'unused-ignore');
  assert.equal(at.read('a.py'), python);
});

test('--diff writes nothing, and git applies it to the same result', async (context) => {
  const odd = 'sub folder/ü b.py';
  const latin = Buffer.from(`# coding: latin-1\ns = "caf\u00e9"\n${python}`, 'latin1');
  const files = {
    'a.py': python,
    'crlf.py': python.replaceAll('\n', '\r\n'),
    'bom.py': `\uFEFF${python.trimEnd()}`,
    [odd]: python,
    'latin.py': latin,
  };
  const at = project(context, files);
  const { code, stdout } = await at.run('fix', '--unsafe', '--diff');
  assert.equal(code, 0);
  for (const [name, content] of Object.entries(files))
    assert.deepEqual(readFileSync(at.path(name)), Buffer.from(content));
  const repaired = project(context, files);
  await repaired.run('fix', '--unsafe');
  execFileSync('git', ['init', '-q'], { cwd: at.root });
  const diff = execFileSync(process.execPath, [at.cli, 'fix', '--unsafe', '--diff'], {
    cwd: at.root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  assert.equal(diff.toString(), stdout);
  execFileSync('git', ['apply', '-'], { cwd: at.root, input: diff });
  for (const name of Object.keys(files)) {
    assert.deepEqual(readFileSync(at.path(name)), readFileSync(repaired.path(name)), name);
    assert.notDeepEqual(readFileSync(at.path(name)), Buffer.from(files[name as 'a.py']), name);
  }
});

test('standard input goes to standard output, repaired or as it was', async (context) => {
  const at = project(context, {});
  const repaired = await at.pipe(python, 'fix', '--fix', 'sdk-retries', '-', '--stdin-filename', 'x.py');
  assert.equal(repaired.code, 0);
  assert.equal(repaired.stdout, python.replace('OpenAI()', 'OpenAI(max_retries=14)'));
  assert.match(repaired.stderr, /Repaired 1 finding in 1 file\./);
  assert.equal((await at.pipe('x = 1\r\n', 'fix', '-')).stdout, 'x = 1\r\n');
  const diff = await at.pipe(python, 'fix', '--fix', 'sdk-retries', '-', '--stdin-filename', 'x.py', '--diff');
  assert.match(diff.stdout, /^--- a\/x\.py\n\+\+\+ b\/x\.py\n@@ /);
  assert.deepEqual(readdirSync(at.root), []);
});

test('encoding, line ends, mode and links stay as they are', async (context) => {
  const utf16 = Buffer.from(`\uFEFF${python}`, 'utf16le').swap16();
  const latin = Buffer.from(`# coding: latin-1\ns = "caf\u00e9"\n${python}`, 'latin1');
  const at = project(context, {
    'wide.py': utf16,
    'latin.py': latin,
    'crlf.py': python.replaceAll('\n', '\r\n'),
    'x.py': python,
  });
  chmodSync(at.path('x.py'), 0o750);
  symlinkSync('x.py', at.path('link.py'));
  assert.equal((await at.run('fix', '--fix', 'sdk-retries', 'wide.py', 'latin.py', 'crlf.py', 'link.py')).code, 0);
  const change = (text: string) => text.replace('OpenAI()', 'OpenAI(max_retries=14)');
  assert.deepEqual(readFileSync(at.path('wide.py')), Buffer.from(`\uFEFF${change(python)}`, 'utf16le').swap16());
  assert.deepEqual(readFileSync(at.path('latin.py')), Buffer.from(change(latin.toString('latin1')), 'latin1'));
  assert.equal(at.read('crlf.py'), change(python).replaceAll('\n', '\r\n'));
  assert.equal(at.read('x.py'), change(python));
  assert.equal(statSync(at.path('x.py')).mode & 0o777, 0o750);
  assert.ok(lstatSync(at.path('link.py')).isSymbolicLink());
  assert.deepEqual(readdirSync(at.root).sort(), ['crlf.py', 'latin.py', 'link.py', 'wide.py', 'x.py']);
});

test('files that can’t be analysed stay as they are', async (context) => {
  const binary = Buffer.concat([Buffer.from(python), Buffer.from([0, 1])]);
  const broken = Buffer.concat([Buffer.from(python), Buffer.from([0xff])]);
  const at = project(context, { 'binary.py': binary, 'broken.py': broken });
  const { code, stderr } = await at.run('fix', '--unsafe');
  assert.equal(code, 0);
  assert.match(stderr, /^binary\.py: not analysed/m);
  assert.deepEqual(readFileSync(at.path('binary.py')), binary);
  assert.deepEqual(readFileSync(at.path('broken.py')), broken);
  assert.equal((await at.run('fix', '--unsafe', 'binary.py')).code, 2);
});

test('a file that can’t be written is told, and nothing is left behind', async (context) => {
  const at = project(context, { 'a.py': python, 'b.py': python });
  chmodSync(at.path('b.py'), 0o666);
  chmodSync(at.path('a.py'), 0o444);
  const { code, stderr } = await at.runUnprivileged('fix', '--unsafe');
  assert.equal(code, 2);
  assert.match(stderr, /^a\.py: it can’t be written \(EACCES\)$/m);
  assert.equal(at.read('a.py'), python);
  assert.notEqual(at.read('b.py'), python);
  assert.deepEqual(readdirSync(at.root).sort(), ['a.py', 'b.py']);
});

test('a file that has changed in the meantime is not overwritten', (context) => {
  const at = project(context, { 'a.py': python });
  const source = readSource(at.path('a.py')) as Source;
  at.write('a.py', 'mine = 1\n');
  assert.equal(writeSource(source, quiet), 'it has changed in the meantime');
  assert.equal(at.read('a.py'), 'mine = 1\n');
  assert.deepEqual(readdirSync(at.root), ['a.py']);
});

test('a repair with letters that the encoding lacks is not written', (context) => {
  const at = project(context, { 'a.py': Buffer.from('# coding: latin-1\ns = "\u00e9"\n', 'latin1') });
  const source = readSource(at.path('a.py')) as Source;
  assert.equal(source.encoding, 'latin1');
  assert.match(writeSource(source, `${source.text}# …\n`)!, /encoding lacks/);
  assert.deepEqual(readdirSync(at.root), ['a.py']);
});

test('what the settings exclude is not repaired', async (context) => {
  const at = project(context, {
    '.rate-limit-guide.json': '{ "exclude": ["gen/"] }',
    'gen/a.py': python,
    'tests/t.py': python,
  });
  assert.match((await at.run('fix', '--unsafe')).stderr, /Nothing repaired\./);
  assert.equal(at.read('gen/a.py'), python);
  assert.equal(at.read('tests/t.py'), python);
});

test('--format json gives the changes as text edits and writes nothing', async (context) => {
  const at = project(context, { 'a.py': python, 'c.py': quiet });
  const { code, stdout } = await at.run('fix', '--unsafe', '--format', 'json');
  assert.equal(code, 0);
  assert.equal(at.read('a.py'), python);
  const { version, files, creates } = JSON.parse(stdout);
  assert.deepEqual([version, files.length, files[0].path, files[0].repairs, creates], [1, 1, 'a.py', 1, []]);
  await at.run('fix', '--unsafe');
  assert.equal(edited(python, files[0].edits), at.read('a.py'));
});

interface TextEdit {
  readonly range: Record<'start' | 'end', { readonly line: number; readonly column: number }>;
  readonly newText: string;
}

/** Makes edits as an editor does: from the last to the first. */
function edited(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const offset = ({ line, column }: TextEdit['range']['start']) => starts[line - 1]! + column - 1;
  return edits.reduceRight(
    (now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)),
    text,
  );
}
