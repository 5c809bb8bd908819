/** What runs in continuous integration: SARIF, baselines, changed lines, lists of files, and parts that are merged. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { configSchema } from '../../src/render/schema.ts';
import { rules } from '../../src/rules/all.ts';
import { assertSarif } from '../sarif.ts';
import { type Project, project, python, typescript } from './cli.ts';

const second = `${python}    s = client.responses.create(model="m", input="x")\n`;

interface Result {
  readonly ruleId: string;
  readonly baselineState?: string;
  readonly locations: readonly [
    { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region } },
  ];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly fixes?: readonly {
    readonly description: { readonly text: string };
    readonly artifactChanges: readonly [
      {
        readonly replacements: readonly {
          readonly deletedRegion: Region;
          readonly insertedContent: { text: string };
        }[];
      },
    ];
  }[];
}

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

async function sarif(at: Project, ...args: readonly string[]) {
  const { code, stdout, stderr } = await at.run('check', '--format', 'sarif', ...args);
  const log = JSON.parse(stdout);
  assertSarif(log);
  const results: readonly Result[] = log.runs[0].results;
  return { code, stdout, stderr, log, results, prints: results.map(({ partialFingerprints }) => partialFingerprints) };
}

function git(at: Project, ...args: readonly string[]): void {
  const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...settings, ...args], { cwd: at.root, stdio: 'pipe' });
}

function commit(at: Project): void {
  git(at, 'add', '-A');
  git(at, 'commit', '-qm', 'x');
}

/** A text with regions replaced, as a reader of SARIF would. */
function replaced(text: string, replacements: readonly { deletedRegion: Region; insertedContent: { text: string } }[]) {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const edits = replacements.map(({ deletedRegion: region, insertedContent }) => ({
    start: starts[region.startLine - 1]! + region.startColumn - 1,
    end: starts[region.endLine - 1]! + region.endColumn - 1,
    text: insertedContent.text,
  }));
  return edits.reduceRight((now, { start, end, text: insert }) => now.slice(0, start) + insert + now.slice(end), text);
}

test('SARIF is valid, tells of every rule, and its fixes are the repairs', async (context) => {
  const files = { 'a b/a.py': second, 'b.ts': typescript, 'c.py': 'x = "\0"\n', 'd.ipynb': '{', 'ü.tsx': '' };
  const at = project(context, files);
  const { results, log } = await sarif(at, '.');
  const told = log.runs[0].tool.driver.rules;
  assert.deepEqual(
    told.map(({ id }: { id: string }) => id),
    rules.map(({ id }) => id),
  );
  for (const { help, fullDescription } of told) assert.ok(help.markdown.includes(fullDescription.text));
  const [first] = results;
  assert.equal(first!.locations[0].physicalLocation.artifactLocation.uri, 'a%20b/a.py');
  const [fix] = first!.fixes!;
  const repaired = replaced(second, fix!.artifactChanges[0].replacements);
  assert.match(fix!.description.text, /^\p{Lu}/u);
  at.write('a b/a.py', repaired);
  assert.equal((await sarif(at, 'a b/a.py')).results.length, results.length - 2);
});

test('SARIF of a notebook stands in the file, and offers no fixes there', async (context) => {
  const cell = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: python.split(/(?<=\n)/) };
  const notebook = { cells: [cell], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 };
  const at = project(context, { 'n.ipynb': JSON.stringify(notebook, undefined, 1) });
  const { results } = await sarif(at, '.');
  assert.equal(results.length, 1);
  assert.equal(results[0]!.fixes, undefined);
  const { startLine } = results[0]!.locations[0].physicalLocation.region;
  assert.match(at.read('n.ipynb').split('\n')[startLine - 1]!, /chat\.completions\.create/);
});

test('fingerprints stay when lines move, and baselines let only new findings fail', async (context) => {
  const at = project(context, { 'a.py': python });
  const before = await sarif(at, 'a.py');
  assert.equal(before.code, 1);
  at.write('base.sarif', before.stdout);
  at.write('a.py', `# moved\n\n${python}`);
  const moved = await sarif(at, '--baseline', 'base.sarif', 'a.py');
  assert.deepEqual(moved.prints, before.prints);
  assert.equal(moved.code, 0);
  assert.deepEqual(
    moved.results.map(({ baselineState }) => baselineState),
    ['unchanged'],
  );

  at.write('a.py', `# moved\n\n${second}`);
  const grown = await at.run('check', '--baseline', 'base.sarif', 'a.py');
  assert.equal(grown.code, 1);
  assert.match(grown.stdout, /^a\.py:9:9: warning: /);
  assert.match(grown.stdout, /\n\n1 finding in 1 file: 1 warning \(1 file looked at, 1 known from the baseline\)\.\n$/);
  const json = JSON.parse((await at.run('check', '--baseline', 'base.sarif', '--format', 'json', 'a.py')).stdout);
  assert.deepEqual([json.findings.length, json.known], [1, 1]);

  for (const [name, reason] of [
    ['none.sarif', /none\.sarif: it can’t be read \(ENOENT\)/],
    ['a.py', /a\.py: not JSON/],
    ['package.json', /package\.json: not a report/],
  ] as const) {
    at.write('package.json', '{}');
    const { code, stderr } = await at.run('check', '--baseline', name);
    assert.equal(code, 2);
    assert.match(stderr, reason);
  }
});

test('--since reports what stands in changed lines, and in files that Git does not have yet', async (context) => {
  const at = project(context, { 'a.py': python, 'old.py': python, 'sub/b "ö".ts': typescript });
  git(at, 'init', '-q', '-b', 'main');
  commit(at);
  const found = async (rev: string, ...args: readonly string[]) => {
    const { code, stdout } = await at.run('check', '--since', rev, '--format', 'json', ...args);
    const { findings, files } = JSON.parse(stdout) as {
      findings: { path: string; range: { start: { line: number } } }[];
      files: number;
    };
    return { code, files, at: findings.map(({ path, range }) => `${path}:${range.start.line}`) };
  };
  assert.deepEqual(await found('HEAD'), { code: 0, files: 0, at: [] });
  at.write('a.py', `# moved\n${second}`);
  at.write('new.py', python);
  at.write('sub/b "ö".ts', typescript.replace("'m'", "'n'"));
  const expected = { code: 1, files: 3, at: ['a.py:8', 'new.py:6', 'sub/b "ö".ts:3'] };
  assert.deepEqual(await found('HEAD'), expected);
  assert.deepEqual((await found('HEAD', 'sub')).at, ['sub/b "ö".ts:3']);

  git(at, 'checkout', '-qb', 'topic');
  commit(at);
  git(at, 'checkout', '-q', 'main');
  at.write('old.py', second);
  commit(at);
  git(at, 'checkout', '-q', 'topic');
  assert.deepEqual(await found('main'), expected);

  for (const rev of ['nowhere', '--output=x']) {
    const { code, stderr } = await at.run('check', '--since', rev);
    assert.equal(code, 2);
    assert.match(stderr, rev === 'nowhere' ? /--since nowhere: .*nowhere/ : /unknown|not a revision|argument missing/);
  }
});

test('a tree that is checked in four parts gives what one run gives', async (context) => {
  const files: Record<string, string> = {
    '.gitignore': 'ignored/\n',
    '.rate-limit-guide.json': '{ "exclude": ["generated/"], "nonsense": 1 }',
    'pyproject.toml': '',
    'README.md': '# no code',
    'ignored/a.py': python,
    'generated/a.py': python,
    'tests/test_a.py': python,
    'node_modules/x/index.js': typescript,
    'helper.py':
      'import time\nfrom openai import RateLimitError\n\ndef call(send):\n    for n in range(6):\n        try:\n            return send()\n        except RateLimitError:\n            if n == 5:\n                raise\n            time.sleep(2**n)\n',
    'safe.py':
      'from helper import call\nfrom openai import OpenAI\n\nclient = OpenAI()\n\ndef ask():\n    return client.chat.completions.create(model="m", messages=[])\n\ncall(ask)\n',
    'binary.py': 'x = "\0"\n',
  };
  for (let n = 0; n < 20; n++)
    files[`pkg${n % 3}/sub-${n % 5}/m${n}.${n % 2 ? 'py' : 'ts'}`] = n % 2 ? second : typescript;
  const at = project(context, files);
  git(at, 'init', '-q');
  git(at, 'add', '-Af');
  const whole = await sarif(at);
  assert.ok(whole.results.length >= 20);
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: at.root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  const parts = [0, 1, 2, 3].map((part) => listed.filter((_, index) => index % 4 === part));
  for (const [index, part] of parts.entries()) {
    const separator = index % 2 === 0 ? '\0' : '\n';
    const { stdout } = await at.pipe(part.join(separator), 'check', '--format', 'sarif', '--files-from', '-');
    at.write(`part-${index}.sarif`, stdout);
  }
  const merged = await at.run('merge', 'part-2.sarif', 'part-0.sarif', 'part-3.sarif', 'part-1.sarif');
  assert.equal(merged.code, 0, merged.stderr);
  assert.equal(merged.stdout, whole.stdout);

  at.write('list.txt', `${listed.join('\n')}\n`);
  assert.equal((await sarif(at, '--files-from', 'list.txt')).stdout, whole.stdout);
  assert.equal((await sarif(at, '--force-exclude', ...listed)).stdout, whole.stdout);
  assert.equal((await sarif(at, '--force-exclude', '.')).stdout, whole.stdout);
  assert.notEqual((await sarif(at, 'ignored/a.py')).results.length, 0);
});

test('what can’t be merged or listed is told', async (context) => {
  const at = project(context, { 'a.json': '{}', 'a.py': python });
  assert.equal((await at.run('merge', 'a.json')).code, 2);
  assert.equal((await at.run('merge', 'a.py')).code, 2);
  assert.equal((await at.run('merge')).code, 2);
  assert.match((await at.run('check', '--files-from', 'none')).stderr, /none: it can’t be read \(ENOENT\)/);
  assert.match((await at.run('check', '--files-from', 'a.json', 'a.py')).stderr, /takes the place of paths/);
  const gone = await at.pipe('a.py\ngone.py\n', 'check', '--files-from', '-');
  assert.equal(gone.code, 2);
  assert.match(gone.stderr, /^gone\.py: no such file or folder$/m);
  assert.match(gone.stdout, /^a\.py:6:9/);
});

test('--print-config shows the settings that hold for a path', async (context) => {
  const at = project(context, {
    'sub/.rate-limit-guide.json': '{ "retry": { "maxAttempts": 9 } }',
    'sub/a.py': python,
  });
  const { code, stdout } = await at.run('check', '--print-config', 'sub/a.py');
  const shown = JSON.parse(stdout);
  assert.equal(code, 0);
  assert.deepEqual(
    [shown.path, shown.config, shown.settings.retry.maxAttempts],
    ['sub/a.py', 'sub/.rate-limit-guide.json', 9],
  );
  assert.equal(JSON.parse((await at.run('check', '--print-config')).stdout).config, null);
  at.write('.rate-limit-guide.json', '{ "tests": "yes" }');
  const wrong = await at.run('check', '--print-config');
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /“tests”: expected true or false/);
});

test('the schema of .rate-limit-guide.json accepts what holds, and is contributed to the editor', () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(configSchema(rules));
  const root = new URL('../../', import.meta.url);
  const example = /```json\n(.*)\n```/.exec(readFileSync(new URL('README.md', root), 'utf8'))![1]!;
  assert.ok(validate(JSON.parse(example)), JSON.stringify(validate.errors));
  for (const wrong of [{ tests: 'yes' }, { rules: { none: 'off' } }, { retry: { maxAttempts: 1 } }, { enable: true }])
    assert.ok(!validate(wrong), JSON.stringify(wrong));
  const { contributes } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  assert.deepEqual(contributes.jsonValidation, [
    { fileMatch: '.rate-limit-guide.json', url: './media/config.schema.json' },
  ]);
});

test('the action’s own script annotates, writes a report, and reads no input as a script', async (context) => {
  const action = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
  const script = /^ {6}run: \|\n((?: {8}.*\n?)+)/m.exec(action)![1]!.replaceAll(/^ {8}/gm, '');
  const at = project(context, { 'a.py': python, 'sub/b.py': python, 'c.py': 'x = 1\n' });
  const act = (inputs: Readonly<Record<'PATHS' | 'ARGUMENTS' | 'SARIF', string>>) =>
    spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: at.root,
      encoding: 'utf8',
      env: { ...process.env, ACTION: fileURLToPath(new URL('../..', import.meta.url)), ...inputs },
    });
  const annotated = act({ PATHS: 'sub c.py', ARGUMENTS: '', SARIF: '' });
  assert.equal(annotated.status, 1);
  assert.match(annotated.stdout, /^::warning file=sub\/b\.py,line=6/);
  assert.equal(act({ PATHS: '.', ARGUMENTS: '--fail-on error', SARIF: '' }).status, 0);
  assert.equal(act({ PATHS: '.', ARGUMENTS: '', SARIF: 'all results.sarif' }).status, 1);
  assertSarif(JSON.parse(at.read('all results.sarif')));
  assert.equal(act({ PATHS: '$(touch$IFS./made) *', ARGUMENTS: '`touch made`', SARIF: '' }).status, 2);
  assert.ok(!existsSync(at.path('made')));
});
