/** The repair `backoff` in TypeScript and JavaScript: what each shape of a call becomes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, backoffAll, call, head, loop, once, withoutHelpers } from './typescript-repair.ts';

const wrapped = `withBackoff(() => ${once})`;
const inFunction = (body: string) => `async function f(q: string) {\n${body}}\n`;

/** Before and after, each inside `async function f(q: string) { … }`. */
const statements: Readonly<Record<string, readonly [string, string]>> = {
  declaration: [
    `  const r = await ${call};\n  return r.id;\n`,
    `  let r;\n${loop(`r = await ${once};`)}  return r.id;\n`,
  ],
  'member of the awaited value': [
    `  const text = (await ${call}).output_text;\n`,
    `  let text;\n${loop(`text = (await ${once}).output_text;`)}`,
  ],
  'annotated declaration': [
    `  const r: OpenAI.Responses.Response = await ${call};\n`,
    `  let r: OpenAI.Responses.Response;\n${loop(`r = await ${once};`)}`,
  ],
  'variable used in a closure': [
    `  const r = await ${call};\n  return () => r.id;\n`,
    `  const r = await ${wrapped};\n  return () => r.id;\n`,
  ],
  'variable assigned again': [
    `  let r = await ${call};\n  r = other();\n`,
    `  let r = await ${wrapped};\n  r = other();\n`,
  ],
  'literal result': [
    `  const kind = (await ${call}).id ? 'yes' : 'no';\n`,
    `  const kind = (await ${wrapped}).id ? 'yes' : 'no';\n`,
  ],
  destructuring: [`  const { id } = await ${call};\n`, `  const { id } = await ${wrapped};\n`],
  'several declarators': [`  const a = await ${call}, b = 1;\n`, `  const a = await ${wrapped}, b = 1;\n`],
  'using declaration': [`  using r = await ${call};\n`, `  using r = await ${wrapped};\n`],
  expression: [`  await ${call};\n`, loop(`await ${once};`)],
  assignment: [`  state.last = await ${call};\n`, loop(`state.last = await ${once};`)],
  'assignment to a pattern': [`  ({ id: q } = await ${call});\n`, loop(`({ id: q } = await ${once});`)],
  addition: [`  q += (await ${call}).output_text;\n`, loop(`q += (await ${once}).output_text;`)],
  return: [`  return await ${call};\n`, loop(`return await ${once};`, { leaves: 'return' })],
  'promise returned by an async function': [`  return ${call};\n`, loop(`return await ${once};`, { leaves: 'return' })],
  'argument of an unknown function': [`  show(await ${call});\n`, `  show(await ${wrapped});\n`],
  'method call with an effect': [`  list.push(await ${call});\n`, `  list.push(await ${wrapped});\n`],
  throw: [`  throw new Error((await ${call}).output_text);\n`, `  throw new Error((await ${wrapped}).output_text);\n`],
  condition: [`  if ((await ${call}).id) return 1;\n`, `  if ((await ${wrapped}).id) return 1;\n`],
  'while condition': [`  while (!(await ${call}).id) {}\n`, `  while (!(await ${wrapped}).id) {}\n`],
  'switch value': [`  switch ((await ${call}).id) {\n  }\n`, `  switch ((await ${wrapped}).id) {\n  }\n`],
  'iterated stream': [
    "  for await (const e of await client.responses.create({ model: 'm', input: q, stream: true })) show(e);\n",
    "  for await (const e of await withBackoff(() => client.responses.create({ model: 'm', input: q, stream: true }, { maxRetries: 0 }))) show(e);\n",
  ],
  ternary: [
    `  return q ? (await ${call}).id : '';\n`,
    loop(`return q ? (await ${once}).id : '';`, { leaves: 'return' }),
  ],
  'promise in a ternary': [`  return q ? ${call} : undefined;\n`, `  return q ? ${wrapped} : undefined;\n`],
  'promise in a variable': [`  const p = ${call};\n  await p;\n`, `  const p = ${wrapped};\n  await p;\n`],
  'promises started together': [
    `  return await Promise.all([${call}, other()]);\n`,
    `  return await Promise.all([${wrapped}, other()]);\n`,
  ],
  'then chain': [`  return ${call}.then((r) => r.id);\n`, `  return ${wrapped}.then((r) => r.id);\n`],
  'raw response': [
    `  const { data } = await ${call}.withResponse();\n`,
    `  const { data } = await withBackoff(() => ${once}.withResponse());\n`,
  ],
  'template literal': [
    `  return \`\${(await ${call}).id}\`;\n`,
    loop(`return \`\${(await ${once}).id}\`;`, { leaves: 'return' }),
  ],
  'lone statement of an if': [
    `  if (q) await ${call};\n  else if (!q)\n    return await ${call};\n`,
    `  if (q) {\n${loop(`await ${once};`, { indent: '    ' })}  } else if (!q)\n    return await ${call};\n`,
  ],
  'lone statement of a loop': [
    `  for (const x of q)\n    await ${call};\n`,
    `  for (const x of q) {\n${loop(`await ${once};`, { indent: '    ' })}  }\n`,
  ],
  'case of a switch': [
    `  switch (q) {\n    case 'a':\n      await ${call};\n      break;\n  }\n`,
    `  switch (q) {\n    case 'a':\n${loop(`await ${once};`, { indent: '      ' })}      break;\n  }\n`,
  ],
  'labelled loop': [
    `  outer: for (const x of q) {\n    await ${call};\n    continue outer;\n  }\n`,
    `  outer: for (const x of q) {\n${loop(`await ${once};`, { indent: '    ' })}    continue outer;\n  }\n`,
  ],
  'inside a try': [
    `  try {\n    return ${call};\n  } finally {\n    done();\n  }\n`,
    `  try {\n${loop(`return await ${once};`, { indent: '    ', leaves: 'return' })}  } finally {\n    done();\n  }\n`,
  ],
  'comments beside the statement': [
    `  // before\n  await ${call}; // behind\n  /* next */\n`,
    `  // before\n${loop(`await ${once}; // behind`)}  /* next */\n`,
  ],
  'comment for a tool above': [
    `  // @ts-expect-error\n  const r = await ${call};\n`,
    `  // @ts-expect-error\n  const r = await ${wrapped};\n`,
  ],
  'comment for a tool inside': [
    "  await client.responses.create({\n    model: 'm',\n    // @ts-expect-error\n    inputs: q,\n  });\n",
    loop(
      "await client.responses.create({\n        model: 'm',\n        // @ts-expect-error\n        inputs: q,\n      }, { maxRetries: 0 });",
    ),
  ],
  'lines of a template': [
    `  await client.responses.create({ model: 'm', input: \`a\n  b\n\${q}\n\` });\n`,
    loop(`await client.responses.create({ model: 'm', input: \`a\n  b\n\${q}\n\` }, { maxRetries: 0 });`),
  ],
  'two in one function': [
    `  const a = await ${call};\n  const b = await ${call};\n  return [a, b];\n`,
    `  let a;\n${loop(`a = await ${once};`)}  let b;\n${loop(`b = await ${once};`)}  return [a, b];\n`,
  ],
  'type arguments': [
    "  const r = await client.chat.completions.parse<P>({ model: 'm' });\n",
    `  let r;\n${loop("r = await client.chat.completions.parse<P>({ model: 'm' }, { maxRetries: 0 });")}`,
  ],
  'optional client': [
    "  const r = await c?.responses.create({ model: 'm' });\n",
    `  let r;\n${loop("r = await c?.responses.create({ model: 'm' }, { maxRetries: 0 });")}`,
  ],
};

for (const [name, [before, after]] of Object.entries(statements)) {
  test(`In a function: ${name}`, () => {
    const repaired =
      name === 'two in one function' ? backoffAll(head + inFunction(before)) : backoff(head + inFunction(before));
    assert.equal(withoutHelpers(repaired), head + inFunction(after));
  });
}

/** Before and after, at the top level. */
const files: Readonly<Record<string, readonly [string, string]>> = {
  'arrow body': [`const f = (q: string) => ${call};\n`, `const f = (q: string) => ${wrapped};\n`],
  'async arrow body': [
    `const f = async (q: string) => (await ${call}).id;\n`,
    `const f = async (q: string) => (await ${wrapped}).id;\n`,
  ],
  'fan-out': [`Promise.all(qs.map((q) => ${call}));\n`, `Promise.all(qs.map((q) => ${wrapped}));\n`],
  'function that returns the promise': [
    `function f(q: string) {\n  return ${call};\n}\n`,
    `function f(q: string) {\n  return ${wrapped};\n}\n`,
  ],
  'default value': [
    `async function f(q: string, r = ${call}) {}\n`,
    `async function f(q: string, r = ${wrapped}) {}\n`,
  ],
  field: [`class A {\n  r = ${call};\n}\n`, `class A {\n  r = ${wrapped};\n}\n`],
  getter: [`class A {\n  get r() { return ${call}; }\n}\n`, `class A {\n  get r() { return ${wrapped}; }\n}\n`],
  'property of an object': [`const o = { r: await ${call} };\n`, `const o = { r: await ${wrapped} };\n`],
  'exported constant': [`export const r = await ${call};\n`, `export const r = await ${wrapped};\n`],
  'default export': [`export default await ${call};\n`, `export default await ${wrapped};\n`],
  yield: [
    `async function* f(q: string) {\n  yield await ${call};\n}\n`,
    `async function* f(q: string) {\n  yield await ${wrapped};\n}\n`,
  ],
  'function on one line': [
    `async function f(q: string) { return await ${call}; }\n`,
    `async function f(q: string) {\n${loop(`return await ${once};`, { leaves: 'return' })}}\n`,
  ],
  'two statements on one line': [
    `async function f(q: string) { const r = await ${call}; return r; }\n`,
    `async function f(q: string) { const r = await ${wrapped}; return r; }\n`,
  ],
  'new client': [
    "export const r = await new OpenAI().responses.create({ model: 'm' });\n",
    "export const r = await withBackoff(() => new OpenAI().responses.create({ model: 'm' }, { maxRetries: 0 }));\n",
  ],
};

for (const [name, [before, after]] of Object.entries(files)) {
  test(`In a file: ${name}`, () => assert.equal(withoutHelpers(backoff(head + before)), head + after));
}

test('JSX keeps its text', () => {
  const page = (value: string) =>
    `${head}export async function Page(q: string) {\n  return <p>{(await ${value}).id} left</p>;\n}\n`;
  assert.equal(withoutHelpers(backoff(page(call), { path: 'a.tsx' })), page(wrapped));
});

test('The repaired text ends with the helpers, and a second repair uses them', () => {
  const text = `${head}const f = (q: string) => ${call};\nexport async function g(q: string) {\n  return await ${call};\n}\n`;
  const repaired = backoffAll(text);
  assert.equal(repaired.match(/^function retryDelay\(/gm)?.length, 1);
  assert.equal(repaired.match(/^async function withBackoff</gm)?.length, 1);
  assert.ok(repaired.endsWith('}\n'));
});

test('No error class is imported where the SDK is loaded only when it is needed', () => {
  const text =
    "import type OpenAI from 'openai';\n\nexport async function ask(input: string) {\n  const client: OpenAI = new (await import('openai')).default();\n  return await client.responses.create({ model: 'm', input });\n}\n";
  assert.match(backoff(text), /^refused: The SDK is loaded inside a function/);
  const loaded = text.replace("(await import('openai')).default", 'Made');
  assert.match(backoff(loaded), /import \{ APIError, APIConnectionError \} from 'openai';/);
});
