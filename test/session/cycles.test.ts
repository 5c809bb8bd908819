/** Callers are found behind files that import each other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { memoryHost, startSession } from '../engine.ts';

const files = {
  '/work/api/small.ts': `import OpenAI from 'openai';
import type { Api } from './index';
export class Small implements Api {
  client = new OpenAI();
  ask() {
    return this.client.responses.create({ model: 'gpt-4o-mini', input: 'Hi' });
  }
}
`,
  '/work/api/index.ts': `import { Small } from './small';
export interface Api {
  ask(): Promise<unknown>;
}
export function build(): Api {
  return new Small();
}
`,
  '/work/task.ts': `import pRetry from 'p-retry';
import { build } from './api/index';
export const run = () => pRetry(() => build().ask());
`,
};

test('a file that is both imported and an importer is asked for its own importers', async () => {
  const session = startSession(memoryHost(files));
  await session.setFiles(Object.keys(files));
  session.update('/work/api/small.ts', files['/work/api/small.ts']);
  const analysis = await session.analyze('/work/api/small.ts', defaultSettings);
  assert.deepEqual(analysis?.findings, []);
  assert.deepEqual(
    analysis?.verdicts.map(({ protection }) => protection.k),
    ['resent'],
  );
});
