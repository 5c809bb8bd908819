/** The repair `backoff` where the call has effects of its own, or types and values that a closure would lose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, backoffAll, call, head, loop, once, withoutHelpers } from './typescript-repair.ts';

const create = (input: string, options = '') => `client.responses.create({ model: 'm', ${input} }${options})`;
const repaired = (input: string) => create(input, ', { maxRetries: 0 }');

/** Before and after, in a file. */
const cases: Readonly<Record<string, readonly [string, string]>> = {
  'an awaited argument is awaited once': [
    `async function f() {\n  await ${create('input: await build()')};\n}\n`,
    `async function f() {\n  const input = await build();\n${loop(`await ${repaired('input')};`)}}\n`,
  ],
  'a counter is counted once': [
    `async function f() {\n  await ${create('user: String(n++)')};\n}\n`,
    `async function f() {\n  const user = String(n++);\n${loop(`await ${repaired('user')};`)}}\n`,
  ],
  'a taken name gets another': [
    `async function f(input: string) {\n  await ${create('input: build(input)')};\n}\n`,
    `async function f(input: string) {\n  const requestInput = build(input);\n${loop(`await ${repaired('input: requestInput')};`)}}\n`,
  ],
  'the client is made once': [
    "async function f() {\n  await getClient().responses.create({ model: 'm' });\n}\n",
    `async function f() {\n  const requestClient = getClient();\n${loop("await requestClient.responses.create({ model: 'm' }, { maxRetries: 0 });")}}\n`,
  ],
  'an arrow gets a body': [
    `const f = qs.map((q: string) => ${create('input: build(q)')});\n`,
    `const f = qs.map((q: string) => {\n  const input = build(q);\n  return withBackoff(() => ${repaired('input')});\n});\n`,
  ],
  'a condition gets a constant before it': [
    `async function f() {\n  if ((await ${create('input: build()')}).id) return;\n}\n`,
    `async function f() {\n  const input = build();\n  if ((await withBackoff(() => ${repaired('input')})).id) return;\n}\n`,
  ],
  'an else-if gets braces': [
    `async function f(q: string) {\n  if (q) return;\n  else if ((await ${create('input: build()')}).id) return;\n}\n`,
    `async function f(q: string) {\n  if (q) return;\n  else {\n    const input = build();\n    if ((await withBackoff(() => ${repaired('input')})).id) return;\n  }\n}\n`,
  ],
  'where no statement fits, the value becomes an argument': [
    `async function f(q?: string) {\n  return q ?? (await ${create('input: build()')}).id;\n}\n`,
    `async function f(q?: string) {\n  return q ?? (await ((input) => withBackoff(() => ${repaired('input')}))(build())).id;\n}\n`,
  ],
  'a directive keeps its line': [
    `async function f() {\n  // @ts-expect-error\n  await ${create('input: build()')};\n}\n`,
    `async function f() {\n  // @ts-expect-error\n  await ((input) => withBackoff(() => ${repaired('input')}))(build());\n}\n`,
  ],
  'reading again is no effect': [
    'async function f(qs: string[]) {\n  await client.responses.create({ model: process.env.M, input: JSON.stringify(qs.map((q) => q.trim()).join(qs[0])) });\n}\n',
    `async function f(qs: string[]) {\n${loop('await client.responses.create({ model: process.env.M, input: JSON.stringify(qs.map((q) => q.trim()).join(qs[0])) }, { maxRetries: 0 });')}}\n`,
  ],
  'a function of this file that only reads may be called again': [
    `const render = (q: string) => \`<\${q}>\`;\nasync function f(q: string) {\n  await ${create('input: render(q)')};\n}\n`,
    `const render = (q: string) => \`<\${q}>\`;\nasync function f(q: string) {\n${loop(`await ${repaired('input: render(q)')};`)}}\n`,
  ],
  'literals keep their types': [
    "async function f(qs: string[]) {\n  await client.chat.completions.create({ model: 'm', messages: qs.map((q) => ({ role: 'user', content: render(q) })) });\n}\n",
    `async function f(qs: string[]) {\n  const messages: OpenAI.Chat.ChatCompletionMessageParam[] = qs.map((q) => ({ role: 'user', content: render(q) }));\n${loop("await client.chat.completions.create({ model: 'm', messages }, { maxRetries: 0 });")}}\n`,
  ],
  'narrowed types survive the closure': [
    `class A {\n  client?: OpenAI;\n  async f(q: string) {\n    if (!this.client) return;\n    for await (const e of await this.${call}) show(e);\n  }\n}\n`,
    `class A {\n  client?: OpenAI;\n  async f(q: string) {\n    if (!this.client) return;\n    const currentClient = this.client;\n    for await (const e of await withBackoff(() => ${once.replace('client', 'currentClient')})) show(e);\n  }\n}\n`,
  ],
  'a variable that goes on changing is read at once': [
    `function f(qs: string[]) {\n  let q = '';\n  for (const x of qs) {\n    q += x;\n    all.push(${call});\n  }\n}\n`,
    `function f(qs: string[]) {\n  let q = '';\n  for (const x of qs) {\n    q += x;\n    const currentQ = q;\n    all.push(withBackoff(() => ${repaired('input: currentQ')}));\n  }\n}\n`,
  ],
  'the variable of each pass stays its own': [
    `for (let q = 0; q < 3; q++) all.push(${call});\n`,
    `for (let q = 0; q < 3; q++) all.push(withBackoff(() => ${once}));\n`,
  ],
  'a fresh stream is opened for each attempt': [
    "async function f(path: string) {\n  await client.audio.transcriptions.create({ model: 'm', file: fs.createReadStream(path) });\n}\n",
    `async function f(path: string) {\n${loop("await client.audio.transcriptions.create({ model: 'm', file: fs.createReadStream(path) }, { maxRetries: 0 });")}}\n`,
  ],
  'a file in memory can be sent again': [
    "async function f(file: File) {\n  await client.audio.transcriptions.create({ model: 'm', file });\n}\n",
    `async function f(file: File) {\n${loop("await client.audio.transcriptions.create({ model: 'm', file }, { maxRetries: 0 });")}}\n`,
  ],
};

for (const [name, [before, after]] of Object.entries(cases)) {
  test(`Evaluated once: ${name}`, () => assert.equal(withoutHelpers(backoff(head + before)), head + after));
}

/** What is refused, with a word of the reason. */
const refusals: Readonly<Record<string, readonly [string, RegExp]>> = {
  'a runner': ["const r = client.chat.completions.stream({ model: 'm' });\n", /returns at once/],
  'several requests': ['await client.vectorStores.files.createAndPoll(id, { file_id });\n', /several requests/],
  'a paginated list': ['for await (const m of client.files.list()) show(m);\n', /each page/],
  'spread arguments': ['await client.responses.create(...args);\n', /spreads/],
  'identifiers before the body': ['await client.beta.threads.runs.create(id, { assistant_id });\n', /can’t be told/],
  'a used stream': [
    "async function f(file) {\n  await client.audio.transcriptions.create({ model: 'm', file });\n}\n",
    /stream/,
  ],
  'a missing client': ['const f = (c?: OpenAI) => c?.responses.create({ model: "m" });\n', /no promise/],
  'messages that go on changing': [
    "for (const content of qs) {\n  messages.push(content);\n  all.push(client.responses.create({ model: 'm', input: messages }));\n}\n",
    /changes meanwhile/,
  ],
  'a value that a later argument changes': [
    "await client.responses.create({ model: 'm', input: [...items], user: items.pop() });\n",
    /may change/,
  ],
  'the SDK’s own promise': [`const p = ${call};\np.withResponse();\n`, /raw response/],
  'a signal out of sight': [
    "const f = (options: { timeout: number }) => client.responses.create({ model: 'm' }, options);\n",
    /AbortSignal/,
  ],
  'literal types that would be lost': [
    "await client.chat.completions.create({ model: 'm', tools: names.map((name) => ({ type: 'function', function: make(name) })) });\n",
    /literal types/,
  ],
  'an argument below a comment for a tool': [
    "await client.responses.create({\n  model: 'm',\n  // @ts-expect-error\n  // too deep\n  input: build(),\n});\n",
    /comment for a tool/,
  ],
  'a syntax error around': ['async function f() {\n  await client.responses.create({ model: });\n}\n', /syntax error/],
  'a client of unknown make': ["shape-only;\nawait client.responses.create({ model: 'm' });\n", /Nothing in this file/],
  'an SDK loaded in a function': [
    "import { client } from './client';\nconst load = () => import('openai');\nawait client.responses.create({ model: 'm' });\n",
    /inside a function/,
  ],
};

for (const [name, [text, reason]] of Object.entries(refusals)) {
  test(`Refused: ${name}`, () => {
    const bare = /shape-only|import\(/.test(text);
    const result = backoff((bare ? '' : head) + text);
    assert.match(result, /^refused: /);
    assert.match(result, reason);
  });
}

test('A syntax error elsewhere is no reason', () => {
  const repaired = backoff(`${head}async function f(q: string) {\n  await ${call};\n}\nfunction g( {\n`);
  assert.match(repaired, /retryDelay\(error, attempt, started\)/);
});

test('openai 3 gets no option, and its errors are axios’s', () => {
  const text =
    "import { OpenAIApi } from 'openai';\nconst openai = new OpenAIApi();\nasync function f() {\n  await openai.createChatCompletion({ model: 'm', messages: [] });\n}\n";
  const result = backoffAll(text);
  assert.match(result, /await openai\.createChatCompletion\(\{ model: 'm', messages: \[\] \}\);/);
  assert.match(result, /response\?\.status !== 429/);
});
