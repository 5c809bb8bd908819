/** The fixtures in a real VS Code, asked from inside the extension host. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../scripts/setup.mjs';
import { runInExtensionHost } from './extensionHost.ts';

const results = await runInExtensionHost({ copy: join(root, 'test/fixtures') });

test('the tests in the extension host ran', () => {
  assert.ok(results.length > 0);
});

for (const { name, error } of results) {
  test(name, () => {
    if (error) throw new Error(error);
  });
}
