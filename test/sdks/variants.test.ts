/** SDKs that are not the same in every version, or for every model. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../src/core/settings.ts';
import { sdks } from '../../src/sdks/all.ts';
import { memoryHost, startSession } from '../engine.ts';

const together = `
from together import Together

Together().chat.completions.create(model="llama", messages=[])
`;

test('the version in a manifest decides how often an SDK retries', async () => {
  assert.deepEqual(await used('together==1.5.34', together), ['together-python-1', 5]);
  assert.deepEqual(await used('together>=2', together), ['together-python', 2]);
  assert.deepEqual(await used('', together), ['together-python', 2]);
});

test('so does the model', async () => {
  const ask = (model: string) => used('', `import litellm\n\nlitellm.completion(model=${model}, messages=[])\n`);
  for (const model of ['gpt-4o', 'azure/gpt-4o', 'o3', 'openai/o4-mini'])
    assert.deepEqual(await ask(`"${model}"`), ['litellm-openai', 2], model);
  for (const model of ['claude-sonnet-4-5', 'gemini/gemini-2.5-flash', 'groq/openai/gpt-oss-20b'])
    assert.deepEqual(await ask(`"${model}"`), ['litellm', 0], model);
  assert.deepEqual(await ask('model'), ['litellm', 0]);
});

test('what an SDK does not retry, it does not wait for', () => {
  for (const { id, retry, variants = [] } of sdks)
    for (const one of [{ id, retry }, ...variants.map(({ sdk }) => sdk)]) {
      assert.ok(one.retry.default >= 0 && one.retry.jitter >= 0 && one.retry.jitter <= 1, one.id);
      assert.ok(one.retry.cap >= one.retry.base, one.id);
      if (one.retry.option === undefined) assert.equal(one.retry.perCall, 'none', one.id);
    }
});

/** The SDK of the one request of a file, and how often it retries. */
async function used(requirements: string, text: string): Promise<readonly [string, number]> {
  const files = { '/app/requirements.txt': requirements, '/app/main.py': text };
  const session = startSession(memoryHost(files));
  await session.setFiles(Object.keys(files));
  session.update('/app/main.py', text);
  const [verdict] = (await session.analyze('/app/main.py', defaultSettings))!.verdicts;
  assert.ok(verdict?.protection.k === 'sdk');
  return [verdict.request.sdk.id, verdict.protection.retries];
}
