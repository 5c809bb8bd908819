// @ts-check
/** `npm run release`: checks what is to be released, packs it into `release/` and tells how to upload it; uploads nothing. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pack } from './package.mjs';
import { installPackages, needNode, root } from './setup.mjs';

const mostBytes = 2_000_000;
const skipped = process.argv.slice(2).flatMap((argument) => /^--skip=(\w+)$/.exec(argument)?.[1] ?? []);

installPackages();
needNode();
const manifest = readJson('package.json');
const { name, version } = manifest;
const folder = join(root, 'release');

/** @type {readonly { name: string, title: string, run: () => unknown }[]} */
const checks = [
  { name: 'tree', title: 'Nothing is uncommitted', run: treeIsClean },
  { name: 'version', title: `Version ${version} everywhere, and not released yet`, run: versionsAgree },
  { name: 'audit', title: 'No package has a known vulnerability', run: () => npm('audit') },
  {
    name: 'tests',
    title: 'All tests',
    run: () => execFileSync(process.execPath, ['scripts/test.mjs'], { cwd: root, stdio: 'inherit' }),
  },
  { name: 'pack', title: `Packed, each within ${mostBytes / 1e6} MB`, run: packAll },
];
let failed = false;
for (const { name, title, run } of checks) {
  if (skipped.includes(name)) {
    console.log(`– ${title}: left out`);
    continue;
  }
  try {
    await run();
    console.log(`✔ ${title}`);
  } catch (error) {
    failed = true;
    console.log(`✘ ${title}: ${error instanceof Error ? error.message : error}`);
  }
}
if (failed) process.exit(1);
const next = preReleaseOf(version);
console.log(`
To upload:

  git tag v${version} && git push origin v${version}
  npx vsce publish --packagePath release/${name}-${version}.vsix
  npx ovsx publish release/${name}-${version}.vsix
  npm publish release/${name}-${version}.tgz --provenance --access public   # in a workflow with “id-token: write”

or, as a pre-release:

  npx vsce publish --pre-release --packagePath release/${name}-${next}.vsix
  npx ovsx publish --pre-release release/${name}-${next}.vsix`);

function treeIsClean() {
  const changes = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
  if (changes !== '') throw new Error(`\n${changes}`);
}

function versionsAgree() {
  const newest = /^## (\S+)/m.exec(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'))?.[1];
  if (newest !== version) throw new Error(`CHANGELOG.md begins with ${newest}.`);
  const locked = readJson('package-lock.json');
  if (locked.version !== version) throw new Error(`package-lock.json says ${locked.version}.`);
  if (Number(version.split('.')[1]) % 2 === 0) throw new Error('Even minor versions are those of pre-releases.');
  const tags = execFileSync('git', ['tag', '--list', `v${version}`], { cwd: root, encoding: 'utf8' });
  if (tags !== '') throw new Error(`There is a tag v${version}.`);
}

async function packAll() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const { build } = await import('../esbuild.mjs');
  await build();
  const next = preReleaseOf(version);
  const files = [
    pack({ file: join(folder, `${name}-${version}.vsix`) }),
    pack({ file: join(folder, `${name}-${next}.vsix`), preRelease: next }),
    packForNpm(),
  ];
  for (const file of files) {
    const { size } = statSync(file);
    console.log(`  ${file}  ${Math.ceil(size / 1000)} KB`);
    if (size > mostBytes) throw new Error(`${file} is too large.`);
  }
}

/** A pre-release has the next minor version, which no release takes, and the day. @param {string} release */
function preReleaseOf(release) {
  const [major, minor] = release.split('.').map(Number);
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  return `${major}.${Number(minor) + 1}.${day}`;
}

/** The command line alone, under a manifest that speaks of nothing else. */
function packForNpm() {
  const staged = mkdtempSync(join(tmpdir(), 'release-'));
  try {
    const [{ files }] = JSON.parse(npm('pack', '--dry-run', '--json', '--ignore-scripts'));
    for (const { path } of files) {
      mkdirSync(dirname(join(staged, path)), { recursive: true });
      cpSync(join(root, path), join(staged, path));
    }
    const { license, homepage, repository, bugs, keywords, bin } = manifest;
    const own = {
      ...{ name, version, description: readJson('package.nls.json')['extension.description'] },
      ...{ license, homepage, repository, bugs, keywords, bin },
      engines: { node: '>=20' },
      publishConfig: { access: 'public', provenance: true },
    };
    writeFileSync(join(staged, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
    const [{ filename }] = JSON.parse(npm('pack', staged, '--json', '--pack-destination', folder));
    return join(folder, filename);
  } finally {
    rmSync(staged, { recursive: true, force: true });
  }
}

/** @param {readonly string[]} args */
function npm(...args) {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args[0]} ended with ${status}.\n${stdout}${stderr}`);
  return stdout;
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}
