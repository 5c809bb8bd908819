/** What a hover finds in code where no finding stands, and what it says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish } from '../../src/core/words.ts';
import type { Measurement } from '../../src/guide/limits.ts';
import { errorClassHover, modelHover, retriesHover } from '../../src/render/symbol-hover.ts';
import { sdks } from '../../src/sdks/all.ts';
import { symbolAt } from '../../src/session/symbols.ts';
import { analyze } from '../engine.ts';

/** The symbol at the first letter of the last `word`. */
async function at(path: string, text: string, word: string) {
  const { verdicts } = await analyze(path, text);
  const language = path.endsWith('.py') ? 'python' : 'typescript';
  return symbolAt({ text, verdicts, language }, sdks, text.lastIndexOf(word) + 1);
}

const python = `import anthropic
from openai import OpenAI, RateLimitError

retries = 5
client = OpenAI(max_retries=retries)


def ask(question):
    try:
        return client.responses.create(model="gpt-5", input=question)
    except RateLimitError:
        raise
`;

test('the error’s class is that of the SDK it is imported from, or is named with', async () => {
  const imported = await at('ask.py', python, 'RateLimitError');
  assert.ok(imported?.k === 'error-class' && imported.sdk.id === 'openai-python');
  assert.equal(imported.retries, 5);
  assert.equal(python.slice(imported.at.start, imported.at.end), 'RateLimitError');
  const dotted = await at('ask.py', python.replace('except Rate', 'except anthropic.Rate'), 'RateLimitError');
  assert.ok(dotted?.k === 'error-class' && dotted.sdk.packageName === 'anthropic');
  const node = await at(
    'ask.ts',
    "import OpenAI from 'openai';\ntry {\n} catch (error) {\n  if (error instanceof OpenAI.RateLimitError) throw error;\n}\n",
    'RateLimitError',
  );
  assert.ok(node?.k === 'error-class' && node.sdk.id === 'openai-node');
});

test('a class of that name from elsewhere, or in a file without an SDK, is none', async () => {
  const own = python.replace('OpenAI, RateLimitError', 'OpenAI\nfrom shop.errors import RateLimitError');
  assert.equal(await at('ask.py', own, 'RateLimitError'), undefined);
  assert.equal(await at('ask.py', 'class RateLimitError(Exception):\n    pass\n', 'RateLimitError'), undefined);
});

test('the option’s value is read where it stands for an SDK', async () => {
  const named = await at('ask.py', python, 'max_retries');
  assert.ok(named?.k === 'retries' && named.count === 5);
  const alone = await at('client.py', 'from openai import OpenAI\n\nclient = OpenAI(max_retries=3)\n', 'max_retries');
  assert.ok(alone?.k === 'retries' && alone.count === 3);
  const node = await at(
    'client.ts',
    "import OpenAI from 'openai';\nexport const client = new OpenAI({ maxRetries: 14 });\n",
    'maxRetries',
  );
  assert.ok(node?.k === 'retries' && node.count === 14);
  const other = 'from openai import OpenAI\nfrom urllib3 import PoolManager\n\npool = PoolManager(max_retries=3)\n';
  assert.equal(await at('client.py', other, 'max_retries'), undefined);
});

test('a string that may be a model’s name is given to whoever knows what was measured', async () => {
  const model = await at('ask.py', python, 'gpt-5');
  assert.deepEqual(model?.k === 'model' && model.name, 'gpt-5');
});

test('the hovers tell numbers, and fit a hover', () => {
  const sdk = sdks.find(({ id }) => id === 'openai-python')!;
  const five = inEnglish(retriesHover(sdk, 5));
  assert.match(five, /up to 6 times, and waits 11\.6–15\.5 s in all/);
  assert.match(five, /does not outlast a limit of one minute \(60 s\): 14 retries would/);
  assert.match(inEnglish(retriesHover(sdk, 14)), /That outlasts a limit of one minute/);
  assert.match(inEnglish(retriesHover(sdk, 0)), /sends the request once/);
  const error = inEnglish(errorClassHover(sdk, undefined));
  assert.match(error, /sent the request again 2 times \(its default\) within 1\.1–1\.5 s/);
  assert.match(inEnglish(errorClassHover(sdk, 1)), /sent the request again once within/);
  assert.match(inEnglish(errorClassHover(sdk, 0)), /at the first refusal/);
  const measured: Measurement = {
    baseUrl: 'https://api.openai.com/v1',
    model: 'gpt-5',
    at: 0,
    answerSeconds: 1,
    limits: { requests: { limit: 500, window: 'minute', remaining: 499 } },
  };
  const model = modelHover(measured, 300_000, 'command:x');
  assert.match(model, /\*\*gpt-5\*\* at api\.openai\.com, measured 5 min ago/);
  for (const text of [five, error, model]) assert.ok(text.length < 500, text);
});
