/** Trees and files that nobody writes by hand, and that must neither stop the command nor harm a file. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { type Project, project, python, quiet, typescript } from './cli.ts';

async function report(at: Project, ...args: readonly string[]) {
  const { code, stdout, stderr } = await at.run('check', '--format', 'json', ...args);
  assert.doesNotMatch(stderr, /^\s+at /m, 'a stack was printed');
  const { findings, problems } = JSON.parse(stdout) as {
    findings: readonly { path: string }[];
    problems: readonly { path: string; message: string }[];
  };
  return { code, paths: findings.map(({ path }) => path), problems };
}

test('nesting, imports and lines without measure stop no other file from being looked at', async (context) => {
  const deep = 10_000;
  const at = project(context, {
    'nested.py': `import openai\nx = ${'['.repeat(deep)}${']'.repeat(deep)}\n`,
    'nested.ts': `import OpenAI from 'openai';\nconst x = ${'('.repeat(deep)}1${')'.repeat(deep)};\n`,
    'blocks.ts': `import OpenAI from 'openai';\n${'{'.repeat(deep)}${'}'.repeat(deep)}\n`,
    'imports.py': `${Array.from({ length: 100_000 }, (_, n) => `import m${n}\n`).join('')}${python}`,
    'line.py': `import openai\nx = "${'a'.repeat(1_000_000)}"\n`,
    'z.py': python,
  });
  const { code, paths, problems } = await report(at);
  assert.equal(code, 1);
  assert.ok(paths.includes('z.py'));
  for (const { path, message } of problems) assert.match(message, /minified|stopped after/, path);
});

test('names may hold anything', async (context) => {
  const names = ['a\nb.py', '-v.py', "it's “odd”.py", '💥.py', 'a b.py', '%41.py', '$(x).py', '#.py', '?.py'];
  const at = project(context, Object.fromEntries(names.map((name) => [name, python])));
  const { paths } = await report(at, '.');
  assert.deepEqual([...paths].sort(), [...names].sort());
  assert.equal((await at.run('check', '--format', 'sarif', '.')).code, 1);
  const repaired = await at.run('fix', '--unsafe', '.');
  assert.equal(repaired.code, 0, repaired.stderr);
  for (const name of names) assert.match(at.read(name), /except \(RateLimitError/);
});

test('files may vanish while they are looked at', async (context) => {
  const files = Array.from({ length: 200 }, (_, n) => [`d${n % 10}/m${n}.py`, python] as const);
  const at = project(context, { ...Object.fromEntries(files), 'kept.py': python });
  const running = report(at);
  for (let n = 0; n < 10; n++) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    rmSync(at.path(`d${n}`), { recursive: true, force: true });
  }
  const { code, paths } = await running;
  assert.equal(code, 1);
  assert.ok(paths.includes('kept.py'));
});

test('two repairs at once leave a whole file', async (context) => {
  const alone = project(context, { 'a.py': python, 'b.ts': typescript });
  await alone.run('fix', '--unsafe');
  const at = project(context, { 'a.py': python, 'b.ts': typescript });
  await Promise.all([1, 2, 3].map(() => at.run('fix', '--unsafe')));
  for (const name of ['a.py', 'b.ts']) assert.equal(at.read(name), alone.read(name));
});

test('on a full disk a file is repaired whole or stays as it was', async (context) => {
  const at = project(context, { 'a.py': python, 'b.py': python });
  const { code, stderr } = await at.runWithoutRoom('fix', '--unsafe');
  assert.equal(code, 2);
  assert.equal(stderr, 'a.py: it can’t be written (EFBIG)\nb.py: it can’t be written (EFBIG)\nNothing repaired.\n');
  assert.deepEqual(readdirSync(at.root).sort(), ['a.py', 'b.py']);
  for (const name of ['a.py', 'b.py']) assert.equal(at.read(name), python);
  assert.equal((await at.runWithoutRoom('fix', '--fix', 'sdk-retries')).code, 0, 'a small repair has room');
});

test('without room for the helper no file imports it', async (context) => {
  const at = project(context, { 'a.ts': typescript, 'b.ts': typescript });
  const args = ['fix', '--fix', 'helper', '--helper-module', 'lib/retry.ts'] as const;
  const { code, stderr } = await at.runWithoutRoom(...args);
  assert.equal(code, 2);
  assert.equal(stderr, 'lib/retry.ts: it can’t be written (EFBIG)\nNothing repaired.\n');
  for (const name of ['a.ts', 'b.ts']) assert.equal(at.read(name), typescript);
  assert.deepEqual(readdirSync(at.path('lib')), []);
  assert.equal((await at.run(...args)).code, 0);
});

test('files that vanish or change while they are repaired are never half of one and half of the other', async (context) => {
  const names = Array.from({ length: 120 }, (_, n) => `m${n}.py`);
  const alone = project(context, { 'a.py': python });
  await alone.run('fix', '--unsafe');
  const at = project(context, Object.fromEntries(names.map((name) => [name, python])));
  const running = at.run('fix', '--unsafe');
  for (const [index, name] of names.entries()) {
    if (index % 3 === 0) rmSync(at.path(name), { force: true });
    if (index % 3 === 1) at.write(name, quiet);
    await new Promise((resolve) => setTimeout(resolve, 8));
  }
  const { stderr } = await running;
  assert.doesNotMatch(stderr, /^\s+at /m, 'a stack was printed');
  const left = readdirSync(at.root);
  assert.ok(left.every((name) => names.includes(name)));
  for (const name of left) assert.ok([python, quiet, alone.read('a.py')].includes(at.read(name)), name);
  for (const [index, name] of names.entries())
    if (index % 3 === 2) assert.equal(at.read(name), alone.read('a.py'), name);
});

test('folders that are linked in a circle, and names as long as may be, are repaired once', async (context) => {
  const long = `${'n'.repeat(252)}.py`;
  const at = project(context, { [`a/${long}`]: python });
  mkdirSync(at.path('b'));
  symlinkSync('../b', at.path('a/b'));
  symlinkSync('../a', at.path('b/a'));
  symlinkSync('.', at.path('b/self'));
  symlinkSync('knot', at.path('knot'));
  const { code, stderr } = await at.run('fix', '--unsafe');
  assert.equal(code, 0, stderr);
  assert.match(stderr, /Repaired 1 finding in 1 file\./);
});

test('what stands in a folder that is closed to writing stays as it was, and is told', async (context) => {
  const at = project(context, { 'closed/a.py': python, 'open/b.py': python });
  chmodSync(at.path('closed'), 0o555);
  const { code, stderr } = await at.runUnprivileged('fix', '--unsafe');
  chmodSync(at.path('closed'), 0o755);
  assert.equal(code, 2);
  assert.match(stderr, /^closed\/a\.py: it can’t be written \(EACCES\)$/m);
  assert.match(stderr, /Repaired 1 finding in 1 file\./);
  assert.equal(readFileSync(at.path('closed/a.py'), 'utf8'), python);
  assert.deepEqual(readdirSync(at.path('closed')), ['a.py']);
});

test('settings of any shape are told, and the rest holds', async (context) => {
  for (const config of ['[]', 'null', '{"rules": []}', '{"retry": 3, "tests": {}, "exclude": [1]}', '\0', '']) {
    const at = project(context, { 'a.py': python, '.rate-limit-guide.json': config });
    const { code, paths, problems } = await report(at);
    assert.deepEqual([code, paths], [1, ['a.py']], config);
    assert.ok(problems.length > 0, config);
  }
});
