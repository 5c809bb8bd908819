// @ts-check
/** `npm run package`: builds and packs the extension into `rate-limit-guide.vsix`. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findNode, installPackages, root } from './setup.mjs';

/**
 * Packs what `dist/` holds; gives the package's path. Throws where the packager has something to object to.
 * @param {{ file?: string, preRelease?: string }} [options] where to; the version of a pre-release
 */
export function pack({ file = join(root, 'rate-limit-guide.vsix'), preRelease } = {}) {
  rmSync(file, { force: true });
  const args = [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--out', file];
  if (preRelease) args.push('--pre-release', '--no-git-tag-version', '--no-update-package-json', preRelease);
  const { stdout, stderr } = spawnSync(findNode(), args, { cwd: root, encoding: 'utf8' });
  if (!existsSync(file) || /\bwarn/i.test(stdout + stderr))
    throw new Error(`The extension could not be packed.\n${stdout}${stderr}`);
  return file;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  installPackages();
  const { build } = await import('../esbuild.mjs');
  await build();
  const file = pack();
  console.log(`${file}  ${Math.ceil(statSync(file).size / 1024)} KB`);
}
