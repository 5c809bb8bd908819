/** The release script in a copy of the project: what it packs works, and what it must not let through. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../scripts/setup.mjs';

const kept = [
  ...['src', 'scripts', 'media', 'l10n', 'esbuild.mjs', 'package-lock.json', '.gitignore', '.npmignore'],
  ...['.vscodeignore', 'README.md', 'CHANGELOG.md', 'LICENSE'],
  ...readdirSync(root).filter((name) => /^package(?:\.nls.*)?\.json$/.test(name)),
];
const folder = mkdtempSync(join(tmpdir(), 'rate-limit-guide-'));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function git(...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', ...args], {
    cwd: folder,
    stdio: 'pipe',
  });
}

function release(...skipped: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  const args = ['scripts/release.mjs', ...skipped.map((name) => `--skip=${name}`)];
  return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
}

before(() => {
  for (const name of kept) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  // A link is no folder to Git.
  writeFileSync(join(folder, '.gitignore'), `node_modules\n${readFileSync(join(root, '.gitignore'), 'utf8')}`);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'x');
});
after(() => rmSync(folder, { recursive: true, force: true }));

test('a release and a pre-release for editors and a package for npm, which runs when installed', () => {
  const { status, stdout } = release('tests', 'audit');
  assert.equal(status, 0, stdout);
  const packed = readdirSync(join(folder, 'release')).sort();
  const ours = `rate-limit-guide-${version}`;
  assert.equal(packed.length, 3);
  assert.deepEqual([packed[0], packed[1]], [`${ours}.tgz`, `${ours}.vsix`]);
  for (const file of packed) assert.ok(stdout.includes(`release/${file}`), file);
  assert.match(stdout, /All tests: left out/);

  const app = mkdtempSync(join(tmpdir(), 'rate-limit-guide-'));
  try {
    execFileSync('npm', ['install', '--prefix', app, '--offline', '--no-audit', join(folder, 'release', packed[0]!)], {
      stdio: 'pipe',
    });
    const installed = JSON.parse(readFileSync(join(app, 'node_modules/rate-limit-guide/package.json'), 'utf8'));
    assert.equal(installed.private, undefined);
    assert.doesNotMatch(JSON.stringify(installed), /%|vscode/);
    const command = join(app, 'node_modules/.bin/rate-limit-guide');
    assert.equal(execFileSync(command, ['--version'], { encoding: 'utf8' }).trim(), version);
    const input = 'from openai import OpenAI\n\nOpenAI(max_retries=0).responses.create(model="m", input="x")\n';
    const check = spawnSync(command, ['check', '-', '--stdin-filename', 'a.py'], { input, encoding: 'utf8' });
    assert.match(check.stdout, /unprotected-call/);
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
});

test('it stops where something is uncommitted, versions differ, or the version is taken', () => {
  writeFileSync(join(folder, 'CHANGELOG.md'), '# Changelog\n\n## 9.9.9\n');
  const differs = release('tests', 'audit', 'pack');
  assert.equal(differs.status, 1);
  assert.match(differs.stdout, /Nothing is uncommitted: \n M CHANGELOG\.md/);
  assert.match(differs.stdout, /CHANGELOG\.md begins with 9\.9\.9/);
  assert.doesNotMatch(differs.stdout, /To upload/);
  git('checkout', '-q', 'CHANGELOG.md');
  git('tag', `v${version}`);
  const taken = release('tests', 'audit', 'pack');
  assert.equal(taken.status, 1);
  assert.match(taken.stdout, new RegExp(`There is a tag v${version.replaceAll('.', '\\.')}`));
});
