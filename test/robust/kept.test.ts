/** Programs that a fuzzing run once found a fault with, and the first of its mutants. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { judge } from './judge.ts';
import { mutant } from './mutate.ts';

const folder = join(import.meta.dirname, 'kept');

for (const name of globSync('*', { cwd: folder }).sort()) {
  test(`kept: ${name}`, async () => {
    const { fault } = await judge({ path: `kept${extname(name)}`, text: readFileSync(join(folder, name), 'utf8') });
    assert.equal(fault, undefined);
  });
}

test('mutants', async () => {
  for (let seed = 0; seed < 150; seed++) assert.equal((await judge(mutant(seed))).fault, undefined, `seed ${seed}`);
});
