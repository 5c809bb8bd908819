/** Repaired texts under the strictest compiler, against the real SDK's types. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { backoffAll, call, head } from './typescript-repair.ts';

const chat = "client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: q }] })";
const build = 'declare function build(q: string): Promise<string>;\n';

/** Bodies of a module; each compiles before its repair. */
const texts: Readonly<Record<string, string>> = {
  declarations: `export async function f(q: string) {
  const r = await ${chat};
  const message = (await ${chat}).choices[0]?.message;
  const { usage } = await ${chat};
  const { data, response } = await ${chat}.withResponse();
  const s: OpenAI.ChatCompletion = await ${chat};
  let t = await ${call};
  while (t.status === 'in_progress') t = await client.responses.create({ model: 'm', input: q, previous_response_id: t.id });
  const kind: 'a' | 'b' = (await ${call}).id ? 'a' : 'b';
  const id = (await ${call}).id as 'x';
  return [r.choices.map((choice) => choice.index), message?.content, usage, data.id, response.status, s.id, kind, id];
}`,
  statements: `export class A {
  last?: OpenAI.Responses.Response;
  readonly started = ${call.replace('q', "'x'")};
  get next() { return ${call.replace('q', "'x'")}; }
  async f(q: string, list: OpenAI.Responses.Response[]): Promise<string> {
    this.last = await ${call};
    q += (await ${call}).output_text;
    ({ id: q } = await ${call});
    list.push(await ${call});
    if ((await ${call}).id) return q;
    else if (q) await ${call};
    switch ((await ${call}).status) {
      case 'completed':
        const r = await ${call};
        return r.id;
      default:
        return (await ${call}).output_text;
    }
  }
}
export async function* g(q: string) {
  yield await ${call};
  yield ${call};
  return ${call};
}`,
  streams: `export async function f(q: string) {
  const stream = await client.chat.completions.create({ model: 'm', stream: true, messages: [{ role: 'user', content: q }] });
  for await (const chunk of stream) console.log(chunk.choices[0]?.delta.content);
  for await (const event of await client.responses.create({ model: 'm', input: q, stream: true })) console.log(event.type);
}`,
  promises: `export const f = (q: string) => ${chat};
export const g = async (qs: string[]) => {
  const [a, b] = await Promise.all([f('x'), client.embeddings.create({ model: 'm', input: qs })]);
  const all = await Promise.all(qs.map((q) => ${call}));
  return [a.choices[0]?.message.content, b.data[0]?.embedding, all[0]?.output_text];
};
export const h = (q: string) => ${call}.then((r) => r.output_text).catch(() => undefined);
export async function i(q: string, p = ${call}) {
  const pending = ${call};
  return q ? ${call} : (await pending).id + (await p).id;
}`,
  hoisted: `${build}export async function f(q: string, cached?: string) {
  const r = await client.responses.create({ model: 'm', input: await build(q) });
  const s = cached ?? (await client.responses.create({ model: 'm', input: await build(q) })).output_text;
  return [r.id, s];
}
export const g = (qs: string[]) => Promise.all(qs.map((q) => client.responses.create({ model: 'm', input: [{ role: 'user', content: String(Math.random()) + q }] })));
export async function h(ms: { role: 'user' | 'assistant'; text: string }[], render: (q: string) => string) {
  const r = await client.chat.completions.create({ model: 'm', messages: ms.map((m) => ({ role: m.role, content: render(m.text) })) });
  return (await client.chat.completions.create({ model: 'm', messages: ms.map((m) => ({ role: 'user', content: render(m.text) + r.id })) })).id;
}`,
  narrowed: `export class A {
  client?: OpenAI;
  model?: string;
  async f(q: string | undefined) {
    if (!this.client || !this.model || q === undefined) return;
    if ((await this.client.responses.create({ model: this.model, input: q })).id) return 1;
    const r = await this.client.responses.create({ model: this.model, input: q });
    return await Promise.all([this.client.responses.create({ model: this.model, input: q }), r]);
  }
}
export async function g(queue: string[]) {
  let reply: OpenAI.Responses.Response | undefined;
  while (queue[0] && (reply = await client.responses.create({ model: 'm', input: queue[0] }))) console.log(queue.shift(), reply.id);
}`,
  options: `export async function f(q: string, signal: AbortSignal, options?: OpenAI.RequestOptions) {
  const a = await client.responses.create({ model: 'm', input: q }, { signal });
  const b = await client.responses.create({ model: 'm', input: q }, options);
  const c = () => client.responses.create({ model: 'm', input: q }, { signal: AbortSignal.timeout(5) });
  const d = client.withOptions({ timeout: 5 }).responses.create({ model: 'm', input: q }, { ...options, timeout: 6 });
  return [a.id, b.id, (await c()).id, (await d).id];
}`,
  generics: `export async function f<T extends string>(q: T) {
  const r = await client.chat.completions.parse<OpenAI.ChatCompletionParseParams>({ model: 'm', messages: [{ role: 'user', content: q }] });
  return r.choices[0]?.message.parsed;
}`,
};

const strict = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: false,
  noUnusedLocals: true,
  noPropertyAccessFromIndexSignature: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  target: 'ES2022',
  lib: ['ES2022', 'ES2023.Array', 'ESNext.Disposable'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};

test('Repaired TypeScript compiles', { timeout: 120_000 }, () => {
  const root = resolve(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'repaired-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: strict }));
    mkdirSync(join(folder, 'after'));
    for (const [name, text] of Object.entries(texts)) {
      const after = backoffAll(`${head}${text}\n`);
      assert.match(after, /function retryDelay\(/);
      writeFileSync(join(folder, `${name}.ts`), `${head}${text}\n`);
      writeFileSync(join(folder, 'after', `${name}.ts`), after);
    }
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
    assert.equal(stdout, '');
    assert.equal(status, 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
