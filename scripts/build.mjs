// @ts-check
/** `npm run build`: bundles into `dist/` and prints the sizes; `npm run watch` goes on with every change. */
import process from 'node:process';
import { installPackages } from './setup.mjs';

installPackages();
const { build, watch } = await import('../esbuild.mjs');

if (process.argv.includes('--watch')) {
  await watch();
} else {
  try {
    for (const { file, bytes } of await build()) console.log(`${file}  ${Math.ceil(bytes / 1024)} KB`);
  } catch (error) {
    // What is wrong with the sources has been told already.
    if (!(error instanceof Error && 'errors' in error)) throw error;
    process.exitCode = 1;
  }
}
