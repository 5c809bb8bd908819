/** Requests that the Python editor hands to a retry helper, and the limits that it puts on fan-outs. */
import assert from 'node:assert/strict';
import test from 'node:test';
import type { RetryHelper } from '../../src/core/editor.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { afterClient, repaired } from './python-repair.ts';

const sync = 'from openai import OpenAI\n\nclient = OpenAI()\n\n\n';
const async = 'import asyncio\n\nfrom openai import AsyncOpenAI\n\nclient = AsyncOpenAI()\n\n\n';
const call = 'client.chat.completions.create(model="m", messages=[])';
const off = 'client.with_options(max_retries=0).chat.completions.create';
const shared: RetryHelper = {
  name: 'retry',
  module: 'app.calls',
  exported: 'named',
  takes: 'decorator',
  position: 0,
  async: false,
};

function handed(text: string, helpers: readonly RetryHelper[]): Promise<string> {
  return repaired(text, (editor, { request }) => editor.helper(request, defaultSettings.retry), { helpers });
}

test('a helper of the project is used with its own signature', async () => {
  const text = `${sync}x = ${call}\n`;
  const decorated = await handed(text, [shared]);
  assert.match(decorated, /^from app\.calls import retry$/m);
  assert.equal(afterClient(decorated), `x = retry(${off})(model="m", messages=[])\n`);
  const given = await handed(text, [{ ...shared, takes: 'function-and-arguments' }]);
  assert.equal(afterClient(given), `x = retry(${off}, model="m", messages=[])\n`);
  const bound = await handed(text, [{ ...shared, takes: 'thunk' }]);
  assert.equal(afterClient(bound), `x = retry(functools.partial(${off}, model="m", messages=[]))\n`);
});

test('without a helper that fits, a new one is written', async () => {
  const text = await handed(`${sync}x = ${call}\n`, [{ ...shared, async: true }]);
  assert.match(text, /^def with_backoff\(call: Call\) -> Call:$/m);
  assert.equal(afterClient(text), `x = with_backoff(${off})(model="m", messages=[])\n`);
});

function limited(text: string, packages: readonly string[] = []): Promise<string> {
  return repaired(text, (editor, { request, repetition }) => editor.throttle(request, repetition!, 5), {
    packages: new Map(packages.map((name) => [name, ''])),
  });
}

const ask = `async def ask(q):\n    return await ${call}\n\n\n`;
const limiter =
  '    semaphore = asyncio.Semaphore(5)\n\n    async def limited(call):\n        async with semaphore:\n            return await call\n\n';

test('one limiter in front of the fan-out serves all requests', async () => {
  const gather = await limited(`${async}${ask}async def main(qs):\n    await asyncio.gather(*[ask(q) for q in qs])\n`);
  assert.ok(gather.endsWith(`main(qs):\n${limiter}    await asyncio.gather(*[limited(ask(q)) for q in qs])\n`), gather);
  const nested = await limited(
    `${async}${ask}async def main(groups):\n    tasks = []\n    for group in groups:\n        for q in group:\n            tasks.append(asyncio.create_task(asyncio.wait_for(ask(q), 9)))\n    await asyncio.gather(*tasks)\n`,
  );
  assert.ok(nested.includes(`    tasks = []\n${limiter}    for group in groups:\n`), nested);
  assert.ok(nested.includes('create_task(limited(asyncio.wait_for(ask(q), 9)))'), nested);
});

test('a pool of threads gets a size', async () => {
  const pool = (made: string) =>
    `from concurrent.futures import ThreadPoolExecutor\n${sync}def ask(q):\n    return ${call}\n\n\ndef main(qs):\n    with ${made} as pool:\n        return list(pool.map(ask, qs))\n`;
  assert.equal(await limited(pool('ThreadPoolExecutor()')), pool('ThreadPoolExecutor(max_workers=5)'));
  assert.equal(await limited(pool('ThreadPoolExecutor(50)')), pool('ThreadPoolExecutor(5)'));
  assert.match(await limited(pool('ThreadPoolExecutor(3)')), /^refused: No more than 3/);
});

test('requests one after another need no limit', async () => {
  assert.match(await limited(`${sync}for q in "ab":\n    ${call}\n`), /^refused: .*one after another/);
});

test('a 429 is logged with its limits, and goes on', async () => {
  const text = await repaired(`${sync}x = ${call}\n`, (editor, { request }) => editor.logLimits(request));
  assert.equal(
    afterClient(text),
    `try:\n    x = ${call}\nexcept RateLimitError as error:\n    limits = {name: value for name, value in error.response.headers.items() if "ratelimit" in name}\n    logging.getLogger(__name__).warning("Rate limit reached: %s", limits)\n    raise\n`,
  );
  assert.match(await repaired(text, (editor, { request }) => editor.logLimits(request)), /^refused: .*already/);
});
