// @ts-check
/** `npm run fuzz`, `npm run soak`, `npm run bench`: what runs for long, and prints as it goes. */
import { join } from 'node:path';
import process from 'node:process';
import { installPackages, needNode, root } from './setup.mjs';

/** @type {Record<string, string>} */
const programs = { fuzz: 'test/robust/fuzz.ts', soak: 'test/robust/soak.ts', bench: 'test/bench/bench.ts' };

installPackages();
needNode();

const [, , name = '', ...rest] = process.argv;
process.argv = [process.execPath, name, ...rest];
await import(join(root, /** @type {string} */ (programs[name])));
