/**
 * Repairs of generated programs: whatever stands round a call (statements, nesting, handlers, comments), what is written
 * parses, keeps comments and strings, takes the finding away, brings no other, and is not offered a second time.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { apply, type Fix } from '../../src/core/edit.ts';
import type { Finding } from '../../src/core/rule.ts';
import type { Node } from '../../src/languages/syntax.ts';
import { analyze } from '../engine.ts';
import { syntax } from '../wasm.ts';

const calls = [
  "client.responses.create({ model: 'm', input: q })",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the program has the template.
  "client.chat.completions.create({\n  model: 'm', // the small one\n  messages: [{ role: 'user', content: `a\n  ${q}` }],\n})",
  "client.responses.create({ model: 'm', input: q }, { timeout: 5 })",
  "client.responses.create({ model: 'm', input: q, stream: true })",
  "client.embeddings.create({ model: 'm', input: next() })",
];

/** `%` is the call. */
const uses = [
  'await %;',
  'const r = await %;',
  'const { id } = await %; show(id);',
  'let r = await %; r = other(r);',
  'state.last = await %;',
  'show(await %, 1);',
  'const text = (await %).output_text ?? "none";',
  'if ((await %).id) { done(); }',
  'if (q) await %; else done();',
  'const p = %; await p;',
  'list.push(await %);',
  'await Promise.all(qs.map((q) => %));',
  'await Promise.all(qs.map(async (q) => {\n  const r = await %;\n  return r.id;\n}));',
  'const ps = []; for (const q of qs) { ps.push(%); } await Promise.all(ps);',
  'switch (q) { case "a": await %; break; default: done(); }',
  'return await %;',
  'return %;',
];

const others = [
  'done();',
  '/* between */',
  '// a line',
  "const s = 'retry-after';",
  'let n = 0;\nn++;',
  'label: for (;;) { break label; }',
];

/** `%` is what it holds. */
const nests = [
  '{ % }',
  'try { % } finally { done(); }',
  'try {\n  %\n} catch (error) {\n  // tell\n  console.error(error);\n  throw error;\n}',
  'if (q) {\n  %\n}',
  'for (const q of qs) {\n  // each\n  %\n}',
  'while (more()) { % }',
];

const frames = [
  'export async function f(q, qs) {\n%\n}\n',
  'export const f = async (q, qs) => {\n%\n};\n',
  'class A {\n  async run(q, qs) {\n%\n  }\n}\nnew A().run();\n',
  'app.post("/", async (q, qs) => {\n%\n});\n',
];

const statements = fc
  .record({
    use: fc.constantFrom(...uses),
    call: fc.constantFrom(...calls),
    nest: fc.array(fc.constantFrom(...nests), { maxLength: 2 }),
    before: fc.array(fc.constantFrom(...others), { maxLength: 2 }),
    behind: fc.array(fc.constantFrom(...others), { maxLength: 2 }),
  })
  .map(({ use, call, nest, before, behind }) => {
    const held = nest.reduce(
      (inner, around) => around.replace('%', () => inner),
      use.replace('%', () => call),
    );
    return [...before, held, ...behind].map((one) => `{\n${one}\n}`).join('\n');
  });

const programs = fc
  .record({ frame: fc.constantFrom(...frames), body: fc.array(statements, { minLength: 1, maxLength: 2 }) })
  .map(
    ({ frame, body }) =>
      `import OpenAI from 'openai';\n\nconst client = new OpenAI();\n\n${frame.replace('%', () => body.join('\n'))}`,
  );

/** Repairs that make a 429 rarer, or show it: the finding stays. */
const lasting: ReadonlySet<string> = new Set(['throttle', 'log-limits']);

test('every repair of a generated program holds', async () => {
  let repairs = 0;
  await fc.assert(
    fc.asyncProperty(programs, async (text) => {
      const analysis = await analyze('a.js', text);
      for (const finding of analysis.findings)
        for (const fix of analysis.fixes(finding)) {
          repairs++;
          await holds(text, analysis.findings, finding, fix);
        }
    }),
    { numRuns: Number(process.env.RUNS ?? 60), seed: Number(process.env.SEED ?? 1) },
  );
  assert.ok(repairs > 100, String(repairs));
});

async function holds(text: string, before: readonly Finding[], finding: Finding, fix: Fix): Promise<void> {
  const repaired = apply(text, fix.edits);
  const say = (what: string) => `${fix.name}: ${what}\n${repaired}`;
  const [old, now] = [read(text), read(repaired)];
  assert.ok(now.errors <= old.errors, say('it parses no more'));
  for (const kept of old.kept) assert.ok(now.kept.includes(kept), say(`${kept} is lost`));
  const after = await analyze('a.js', repaired);
  assert.deepEqual(after.problems, []);
  const rulesOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);
  const expected = rulesOf(before);
  if (!lasting.has(fix.name)) assert.ok(after.findings.length < before.length, say('the finding is still there'));
  for (const rule of rulesOf(after.findings)) assert.ok(expected.includes(rule), say(`${rule} is new`));
  if (fix.edits.some(({ span }) => span.start < finding.at.start && finding.at.start < span.end)) return;
  const moved = fix.edits
    .filter(({ span }) => span.end <= finding.at.start)
    .reduce((at, { span, text: written }) => at + written.length - (span.end - span.start), finding.at.start);
  const again = after.findings.find((one) => one.at.start === moved);
  assert.ok(!again || after.fixes(again).every(({ name }) => name !== fix.name), say('offered again'));
}

/** How many errors the text has, and its comments, strings and templates. */
function read(text: string): { readonly errors: number; readonly kept: readonly string[] } {
  const tree = syntax.parse(text, 'tsx')!;
  const kept: string[] = [];
  let errors = 0;
  const visit = (node: Node): void => {
    if (node.isError || node.isMissing) errors++;
    if (/^(comment|string|template_string)$/.test(node.type)) kept.push(node.text);
    for (const child of node.children) if (child) visit(child);
  };
  visit(tree.root);
  tree.delete();
  return { errors, kept };
}
