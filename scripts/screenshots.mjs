// @ts-check
/** `npm run screenshots`: builds the extension and takes the README's pictures of it, light and dark, in a real VS Code. */
import { installPackages, needNode } from './setup.mjs';

installPackages();
needNode();
const { build } = await import('../esbuild.mjs');
const { pack } = await import('./package.mjs');
const { takeScreenshots } = await import('../test/e2e/screenshots.ts');
await build();
pack();
for (const file of await takeScreenshots()) console.log(file);
