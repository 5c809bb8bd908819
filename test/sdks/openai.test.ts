/** What the catalogue says of the OpenAI SDKs, against the packages themselves. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import * as openai from 'openai';
import { python } from '../../scripts/python.mjs';
import { sdks } from '../../src/sdks/all.ts';
import { openaiNode, openaiPython } from '../../src/sdks/openai.ts';
import { openaiNode3, openaiPython0 } from '../../src/sdks/openai-legacy.ts';

type Class = abstract new (...args: never[]) => object;
const exported = openai as unknown as Readonly<Record<string, Class>>;

test('Node: clients, options and error classes are the package’s', () => {
  for (const name of openaiNode.clients.keys()) assert.equal(typeof exported[name], 'function', name);
  const client = new openai.OpenAI({ apiKey: 'none' });
  assert.equal(client.maxRetries, openaiNode.retry.default);
  for (const name of openaiNode.derive) assert.equal(typeof client[name as 'withOptions'], 'function');
  assert.deepEqual(ancestors(exported[openaiNode.errors.rateLimit]!), openaiNode.errors.bases);
  for (const [old, now] of openaiNode.errors.renamed!) {
    assert.equal(exported[old], undefined, old);
    assert.equal(typeof exported[now!], 'function', now);
  }
});

test('Node: a 429 is sent as often, and waited for as long, as the catalogue says', async () => {
  const times: number[] = [];
  const server = createServer((_request, response) => {
    times.push(performance.now());
    response.writeHead(429, { 'content-type': 'application/json' }).end('{"error":{"message":"slow down"}}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const client = new openai.OpenAI({ apiKey: 'none', baseURL: `http://127.0.0.1:${port}` });
  const { default: retries, base, jitter } = openaiNode.retry;
  try {
    await client.models.list();
    assert.fail('a 429 must come out');
  } catch (error) {
    assert.ok(error instanceof exported[openaiNode.errors.rateLimit]!);
    assert.equal(error[openaiNode.errors.status as keyof typeof error], 429);
  } finally {
    server.close();
  }
  assert.equal(times.length, retries + 1);
  times.slice(1).forEach((time, n) => {
    const seconds = (time - times[n]!) / 1000;
    // Timers may fire a millisecond early, and late on a busy machine.
    assert.ok(seconds >= base * 2 ** n * jitter - 0.01, `wait ${n} took ${seconds} s`);
  });
});

test('Python: clients, constants and error classes are the package’s', async (t) => {
  const venv = await python();
  if ('missing' in venv) {
    if (process.env.CI === 'true') assert.fail(venv.missing);
    t.skip(venv.missing);
    return;
  }
  const { retry, errors, clients, derive, transparent } = openaiPython;
  const said = JSON.parse(execFileSync(venv.python, ['-c', probe(clients.keys())], { encoding: 'utf8' }));
  assert.deepEqual(said, {
    clients: Object.fromEntries([...clients].map(([name, { async }]) => [name, async])),
    retries: retry.default,
    base: retry.base,
    cap: retry.cap,
    bases: errors.bases,
    members: [...derive, ...transparent],
    errors: [],
    present: [...new Set(openaiPython.errors.renamed!.values())].filter((name) => name !== undefined),
  });
});

test('Python: a removed class is in the list of 0.x, and no method is in both', () => {
  assert.ok(openaiPython0.methods.has('ChatCompletion.create'));
  for (const path of openaiPython0.methods.keys()) assert.ok(!openaiPython.methods.has(path), path);
  for (const path of openaiNode3.methods.keys()) assert.ok(!openaiNode.methods.has(path), path);
});

test('inference and control plane', () => {
  const plane = (path: string) => openaiPython.methods.get(path)?.plane;
  assert.equal(plane('chat.completions.create'), 'inference');
  assert.equal(plane('beta.threads.runs.create_and_poll'), 'inference');
  assert.equal(plane('chat.completions.list'), 'control');
  assert.equal(plane('models.list'), 'control');
  assert.equal(plane('fine_tuning.jobs.create'), 'control');
  assert.equal(plane('realtime.client_secrets.create'), 'control');
  assert.equal(openaiNode.methods.get('images.createVariation')?.plane, 'inference');
  assert.equal(openaiNode.methods.get('beta.threads.runs.submitToolOutputs')?.plane, 'inference');
});

test('a method that majors differ in says so', () => {
  assert.deepEqual(openaiNode.methods.get('files.del'), { plane: 'control', shape: 'single', since: 4, until: 4 });
  assert.equal(openaiNode.methods.get('files.delete')?.since, 5);
  assert.equal(openaiNode.methods.get('chat.completions.runTools')?.since, 5);
  assert.equal(openaiPython.methods.get('edits.create')?.until, 1);
});

test('every SDK has an id of its own and methods with well-formed paths', () => {
  assert.equal(new Set(sdks.map(({ id }) => id)).size, sdks.length);
  for (const sdk of sdks) {
    assert.ok(sdk.clients.size > 0 || sdk.moduleIsClient, sdk.id);
    for (const [path, { since, until }] of sdk.methods) {
      assert.match(path, /^[A-Za-z]\w*(\.([A-Za-z]\w*|\(\)))*$/);
      if (since !== undefined && until !== undefined) assert.ok(since <= until, path);
    }
  }
});

/** The names of the classes above, without the language's own. */
function ancestors(of: Class): string[] {
  const names: string[] = [];
  for (let at = Object.getPrototypeOf(of); at !== Error && at !== null; at = Object.getPrototypeOf(at))
    names.push(at.name);
  return names;
}

function probe(clients: Iterable<string>): string {
  return `
import json, inspect, openai
from openai import _constants
print(json.dumps({
    "clients": {name: inspect.iscoroutinefunction(getattr(openai, name).close) for name in ${JSON.stringify([...clients])}},
    "retries": _constants.DEFAULT_MAX_RETRIES,
    "base": _constants.INITIAL_RETRY_DELAY,
    "cap": _constants.MAX_RETRY_DELAY,
    "bases": [c.__name__ for c in openai.RateLimitError.__mro__[1:] if c.__module__.startswith("openai")],
    # Under one of the old names there is another class by now, which is no error.
    "errors": [name for name in ${JSON.stringify([...openaiPython.errors.renamed!.keys()])} if isinstance(getattr(openai, name, None), type) and issubclass(getattr(openai, name), Exception)],
    "present": [name for name in ${JSON.stringify([...new Set(openaiPython.errors.renamed!.values())].filter((name) => name !== undefined))} if issubclass(getattr(openai, name), openai.OpenAIError)],
    "members": [name for name in ("with_options", "copy", "with_raw_response", "with_streaming_response") if hasattr(openai.OpenAI, name)],
}))
`;
}
