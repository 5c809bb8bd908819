// @ts-check
/** `npm run package`: builds and packs the extension into `rate-limit-guide.vsix`. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findNode, installPackages, root } from './setup.mjs';

/** Packs what `dist/` holds; gives the package's path. */
export function pack() {
  const file = join(root, 'rate-limit-guide.vsix');
  rmSync(file, { force: true });
  const vsce = join(root, 'node_modules/@vscode/vsce/vsce');
  const args = [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ];
  const { stdout, stderr } = spawnSync(findNode(), args, { cwd: root, encoding: 'utf8' });
  if (!existsSync(file)) throw new Error(`The extension could not be packed.\n${stdout}${stderr}`);
  return file;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  installPackages();
  const { build } = await import('../esbuild.mjs');
  await build();
  const file = pack();
  console.log(`${file}  ${Math.ceil(statSync(file).size / 1024)} KB`);
}
