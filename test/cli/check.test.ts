/** `check`: what it finds and where it looks, its options and exit codes. */
import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { type Project, project, python, quiet, type Run, typescript } from './cli.ts';

interface Json {
  readonly version: number;
  readonly files: number;
  readonly findings: readonly { readonly path: string; readonly rule: string; readonly severity: string }[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

const json = async (at: Project, ...args: readonly string[]): Promise<Json & { readonly code: Run['code'] }> => {
  const { stdout, code } = await at.run('check', '--format', 'json', ...args);
  return { ...(JSON.parse(stdout) as Json), code };
};
const paths = ({ findings }: Json) => findings.map(({ path }) => path);

test('text: one line a finding, and exit code 1 for a warning', async (context) => {
  const at = project(context, { 'src/a.py': python, 'b.ts': typescript, 'c.py': quiet, 'readme.md': 'openai' });
  const { code, stdout, stderr } = await at.run('check');
  assert.equal(code, 1);
  assert.equal(stderr, '');
  const lines = stdout.trim().split('\n');
  assert.match(lines[0]!, /^b\.ts:3:26: information: .+ \[unprotected-call\]$/);
  assert.match(lines[2]!, /^src\/a\.py:6:9: warning: .+ \[unprotected-call\]$/);
  assert.equal(lines.at(-1), '2 findings in 2 files: 1 warning, 1 information (3 files looked at).');
});

test('JSON: one object, places from 1', async (context) => {
  const at = project(context, { 'a.py': python });
  const { stdout, code } = await at.run('check', '--format', 'json', 'a.py');
  assert.equal(code, 1);
  const { findings, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, { version: 1, files: 1, problems: [] });
  assert.equal(findings.length, 1);
  const { message, fixes, ...finding } = findings[0];
  assert.deepEqual(finding, {
    path: 'a.py',
    rule: 'unprotected-call',
    severity: 'warning',
    range: { start: { line: 6, column: 9 }, end: { line: 6, column: 39 } },
  });
  assert.match(message, /429/);
  assert.deepEqual(fixes, ['backoff', 'helper', 'sdk-retries', 'log-limits']);
});

test('SARIF and GitHub annotations', async (context) => {
  const at = project(context, { 'src/a.py': python });
  const sarif = JSON.parse((await at.run('check', '--format', 'sarif')).stdout);
  assert.equal(sarif.version, '2.1.0');
  const [run] = sarif.runs;
  const [result] = run.results;
  assert.equal(run.tool.driver.rules[result.ruleIndex].id, 'unprotected-call');
  assert.equal(result.locations[0].physicalLocation.artifactLocation.uri, 'src/a.py');
  const { stdout } = await at.run('check', '--format', 'github');
  assert.match(stdout, /^::warning file=src\/a\.py,line=6,endLine=6,col=9,endColumn=39,title=unprotected-call::A 429 /);
});

test('--severity hides, --fail-on decides the exit code', async (context) => {
  const at = project(context, { 'b.ts': typescript });
  assert.equal((await at.run('check')).code, 0);
  assert.equal((await at.run('check', '--fail-on', 'information')).code, 1);
  assert.deepEqual((await json(at, '--severity', 'warning', '--fail-on', 'information')).code, 0);
  assert.deepEqual(paths(await json(at, '--severity', 'warning')), []);
  assert.deepEqual(paths(await json(at, '--severity', 'information')), ['b.ts']);
});

test('--rule takes the named rules only', async (context) => {
  const at = project(context, { 'a.py': python });
  assert.deepEqual(paths(await json(at, '--rule', 'unprotected-call')), ['a.py']);
  assert.deepEqual(paths(await json(at, '--rule', 'unused-ignore')), []);
  assert.deepEqual(paths(await json(at, '--rule', 'unused-ignore', '--rule', 'unprotected-call')), ['a.py']);
});

test('arguments that can’t be understood', async (context) => {
  const at = project(context, { 'a.py': python });
  const cases: [string[], RegExp][] = [
    [['check', '--formt', 'json'], /unknown option '--formt'\s+\(Did you mean --format\?\)/],
    [['check', '--format', 'jsn'], /Expected text, json, sarif, github\. Did you mean “json”\?/],
    [['check', '--rule', 'unprotected-cal'], /There is no such rule\. Did you mean “unprotected-call”\?/],
    [['check', '--severity', 'loud'], /Expected hint, information, warning, error\./],
    [['check', '--fail-on'], /argument missing/],
    [['chekc'], /unknown command “chekc”\. Did you mean “check”\?/],
    [[], /Usage: rate-limit-guide/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await at.run(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
    assert.equal(stdout, '');
  }
});

test('--help of each command, and --version', async (context) => {
  const at = project(context, {});
  for (const args of [['--help'], ['check', '--help'], ['fix', '--help'], ['explain', '--help']]) {
    const { code, stdout, stderr } = await at.run(...args);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: rate-limit-guide/);
    assert.equal(stderr, '');
  }
  assert.match((await at.run('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('a walk leaves out what is not the project’s own, and --no-ignore takes it', async (context) => {
  const at = project(context, {
    'a.py': python,
    '.git/hooks/x.py': python,
    '.gitignore': 'build/\n*.gen.py\n!keep.gen.py\n',
    'build/b.py': python,
    'x.gen.py': python,
    'keep.gen.py': python,
    'sub/.gitignore': '/only.py\n!y.gen.py\n',
    'sub/only.py': python,
    'sub/deep/only.py': python,
    'sub/y.gen.py': python,
    'node_modules/m/index.js': typescript,
    'env/pyvenv.cfg': '',
    'env/lib/e.py': python,
    'tests/test_a.py': python,
    'src/test_b.py': python,
    'src/conftest.py': python,
    'src/a.test.ts': typescript,
    'src/__mocks__/m.ts': typescript,
  });
  const ours = await json(at);
  assert.deepEqual(paths(ours), ['a.py', 'keep.gen.py', 'sub/deep/only.py', 'sub/y.gen.py']);
  assert.equal(ours.files, 4);
  const all = await json(at, '--no-ignore');
  assert.equal(all.files, 14);
  assert.ok(paths(all).includes('node_modules/m/index.js'));
  assert.ok(!paths(all).some((path) => path.startsWith('.git/')));
});

test('a named path is always taken', async (context) => {
  const at = project(context, {
    '.git/HEAD': '',
    '.gitignore': 'build/\n',
    'build/b.py': python,
    'tests/unit/test_a.py': python,
    'node_modules/m/index.py': python,
    '.rate-limit-guide.json': '{ "exclude": ["gen/"] }',
    'gen/g.py': python,
  });
  assert.deepEqual(paths(await json(at, 'build/b.py')), ['build/b.py']);
  assert.deepEqual(paths(await json(at, 'build')), ['build/b.py']);
  assert.deepEqual(paths(await json(at, 'tests')), ['tests/unit/test_a.py']);
  assert.deepEqual(paths(await json(at, 'tests/unit')), ['tests/unit/test_a.py']);
  assert.deepEqual(paths(await json(at, 'node_modules/m')), ['node_modules/m/index.py']);
  assert.deepEqual(paths(await json(at, 'gen')), ['gen/g.py']);
  assert.deepEqual(paths(await json(at, 'gen/g.py', 'gen', './gen/../gen/g.py')), ['gen/g.py']);
});

test('ignore files above the named folder count up to the repository', async (context) => {
  const at = project(context, {
    '.git/HEAD': '',
    '.gitignore': 'src/out/\n',
    'src/out/o.py': python,
    'src/a.py': python,
  });
  assert.deepEqual(paths(await json(at, 'src')), ['src/a.py']);
});

test('links: a loop ends, a linked file is taken once', async (context) => {
  const at = project(context, { 'a.py': python, 'sub/b.py': quiet });
  symlinkSync('..', at.path('sub/loop'));
  symlinkSync('../a.py', at.path('sub/link.py'));
  symlinkSync('nowhere.py', at.path('dangling.py'));
  const result = await json(at);
  assert.deepEqual(paths(result), ['a.py']);
  assert.equal(result.files, 2);
  assert.deepEqual(paths(await json(at, 'sub/link.py')), ['sub/link.py']);
});

test('a file that can’t be analysed is a problem, and the rest goes on', async (context) => {
  const at = project(context, {
    'a.py': python,
    'binary.py': new Uint8Array([105, 0, 1, 2]),
    'broken.py': new Uint8Array([0x23, 0xff, 0xfe, 0x0a]),
    'huge.py': `# ${'x'.repeat(5_000_001)}`,
    'bundle.js': `${typescript}//${'y'.repeat(60_000)}`,
  });
  const { code, stdout, stderr } = await at.run('check', '--format', 'json');
  const result = JSON.parse(stdout) as Json;
  assert.equal(code, 1);
  assert.deepEqual(paths(result), ['a.py']);
  const expected = [
    ['binary.py', /binary/],
    ['broken.py', /UTF-8/],
    ['bundle.js', /minified/],
    ['huge.py', /too large \(5\.0 MB/],
  ] as const;
  assert.equal(result.problems.length, expected.length);
  for (const [index, [path, message]] of expected.entries()) {
    assert.equal(result.problems[index]!.path, path);
    assert.match(result.problems[index]!.message, message);
    assert.match(stderr, new RegExp(`^${path}: `, 'm'));
  }
});

test('a named path that can’t be read fails, and the rest goes on', async (context) => {
  const at = project(context, { 'a.py': python, 'x.txt': 'openai', 'binary.py': new Uint8Array([0]) });
  for (const [name, message] of [
    ['none.py', /no such file/],
    ['x.txt', /not a Python, TypeScript or JavaScript file/],
    ['binary.py', /binary/],
  ] as const) {
    const { code, stdout, stderr } = await at.run('check', '--format', 'json', name, 'a.py');
    assert.equal(code, 2, name);
    assert.deepEqual(paths(JSON.parse(stdout)), ['a.py']);
    assert.match(stderr, message);
  }
});

test('a folder or file that can’t be read is a problem', async (context) => {
  const at = project(context, { 'a.py': python, 'b.py': python, 'shut/c.py': python });
  chmodSync(at.path('b.py'), 0);
  chmodSync(at.path('shut'), 0);
  const { code, stdout } = await at.runUnprivileged('check', '--format', 'json');
  chmodSync(at.path('shut'), 0o755);
  assert.equal(code, 1);
  const result = JSON.parse(stdout) as Json;
  assert.deepEqual(paths(result), ['a.py']);
  assert.deepEqual(result.problems, [
    { path: 'b.py', message: 'not analysed: it can’t be read (EACCES)' },
    { path: 'shut', message: 'the folder can’t be read (EACCES)' },
  ]);
});

test('encodings: UTF-8 with a mark, UTF-16, and what a coding comment says', async (context) => {
  const at = project(context, {
    'bom.py': `\uFEFF${python}`,
    'little.py': Buffer.from(`\uFEFF${python}`, 'utf16le'),
    'big.py': Buffer.from(`\uFEFF${python}`, 'utf16le').swap16(),
    'latin.py': Buffer.from(`# -*- coding: latin-1 -*-\ns = "caf\u00e9"\n${python}`, 'latin1'),
  });
  const { stdout } = await at.run('check', '--format', 'json');
  const { findings, problems } = JSON.parse(stdout);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    findings.map(({ path, range }: { path: string; range: { start: unknown } }) => [path, range.start]),
    [
      ['big.py', { line: 6, column: 9 }],
      ['bom.py', { line: 6, column: 9 }],
      ['latin.py', { line: 8, column: 9 }],
      ['little.py', { line: 6, column: 9 }],
    ],
  );
});

test('standard input, by its name or by its looks', async (context) => {
  const at = project(context, { '.rate-limit-guide.json': '{ "rules": { "unprotected-call": "error" } }' });
  const named = await at.pipe(python, 'check', '-', '--stdin-filename', 'src/x.py', '--format', 'json');
  assert.equal(named.code, 1);
  const [finding] = JSON.parse(named.stdout).findings;
  assert.equal(finding.path, 'src/x.py');
  assert.equal(finding.severity, 'error');
  assert.match((await at.pipe(python, 'check', '-')).stdout, /:6:9: error: /);
  assert.match((await at.pipe(typescript, 'check', '-')).stdout, /:3:26: /);
  const unknown = await at.pipe(python, 'check', '-', '--stdin-filename', 'x.rb');
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /not a Python, TypeScript or JavaScript file/);
});

test('settings: the nearest file holds, and what is wrong in it is told', async (context) => {
  const at = project(context, {
    '.rate-limit-guide.json': '{ "exclude": ["gen/", "/top.py"], "tests": true, "presett": 1 }',
    'gen/g.py': python,
    'top.py': python,
    'sub/top.py': python,
    'sub/test_t.py': python,
    'off/.rate-limit-guide.json': '{\n  // quiet here\n  "rules": { "unprotected-call": "off", "nope": "off" },\n}',
    'off/o.py': python,
  });
  const result = await json(at);
  assert.deepEqual(paths(result), ['sub/test_t.py', 'sub/top.py']);
  assert.deepEqual(result.problems, [
    { path: '.rate-limit-guide.json', message: '“presett”: there is no such setting. Did you mean “preset”?' },
    { path: 'off/.rate-limit-guide.json', message: '“rules.nope”: there is no such rule.' },
  ]);
});

test('--verbose tells what was left silent and why', async (context) => {
  const at = project(context, { 'a.py': quiet, 'tests/t.py': python, 'node_modules/m.js': typescript });
  const { code, stdout } = await at.run('check', '--verbose');
  assert.equal(code, 0);
  assert.match(stdout, /^a\.py:6:9: silent: client\.chat\.completions\.create \(sent again\)\n {4}line 3: /m);
  assert.match(stdout, /^tests: left out: tests and mocks are off$/m);
  assert.match(stdout, /^node_modules: left out: installed packages$/m);
  const ignored = project(context, { 'a.py': python.replace(/\n$/, '  # rate-limit-guide: ignore\n') });
  assert.match(
    (await ignored.run('check', '--verbose')).stdout,
    /^ {4}hidden by an ignore comment or by the settings$/m,
  );
  const asJson = await at.run('check', '--verbose', '--format', 'json');
  assert.deepEqual(JSON.parse(asJson.stdout).findings, []);
  assert.match(asJson.stderr, /silent: client\.chat/);
});

test('--verbose tells what may be a request, where nobody can say what it is called on', async (context) => {
  const unknown = 'def ask(agent):\n    return agent.messages.create(model="claude", messages=[])\n';
  const at = project(context, { 'a.py': unknown });
  const { stdout } = await at.run('check', '--verbose');
  assert.match(
    stdout,
    /^a\.py:2:12: silent: agent\.messages\.create \(receiver unknown\)\n {4}`messages\.create` is a path of the Anthropic SDK/m,
  );
});

test('paths outside the working directory are absolute', async (context) => {
  const at = project(context, { 'a.py': python });
  const elsewhere = project(context, { 'b.py': python });
  assert.deepEqual(paths(await json(at, elsewhere.root)), [elsewhere.path('b.py')]);
  assert.deepEqual(paths(await json(at, at.path('a.py'))), ['a.py']);
});

test('no colours where nobody looks', async (context) => {
  const at = project(context, { 'a.py': python });
  assert.ok(!(await at.run('check')).stdout.includes('\u001b'));
});
