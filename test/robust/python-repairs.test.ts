/**
 * Repairs of generated Python programs: whatever stands round a call (statements, nesting, handlers, comments), what is
 * written parses, keeps comments and strings, takes the finding away, brings no other, and is not offered a second time.
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
  'client.responses.create(model="m", input=q)',
  'client.chat.completions.create(\n    model="m",  # the small one\n    messages=[{"role": "user", "content": f"a {q}"}],\n)',
  'client.with_options(timeout=5).responses.create(model="m", input=q)',
  'client.responses.create(model="m", input=q, stream=True)',
  'client.embeddings.create(model="m", input=following())',
  'client.responses.create(model="m", input="""a\n  text: retry-after\n""")',
];

/** `%` is the call, with its `await` where the function is asynchronous. */
const uses = [
  '%',
  'r = %',
  'r: object = %',
  'first, *rest = (%).output',
  'self.last = %',
  'results[q] = %',
  'total += (%).usage.total_tokens',
  'show(%, 1)',
  'text = (%).output_text or "none"',
  'if (%).output:\n    done()',
  'while more() and (%).output:\n    done()',
  'if q: %',
  'done(); r = %',
  'assert %',
  'rows.append(%)',
  'rows = [% for q in qs]',
  'rows = {q: % for q in qs}',
  'for part in %:\n    show(part)',
  'with open(q) as file:\n    file.write((%).output_text)',
  'r = % if q else None',
  'return %',
  'yield %',
];

const others = [
  'done()',
  '# between',
  'word = "retry-after"',
  'text = """one\n    two # no comment\n"""',
  'number = 0\nnumber += 1',
  'with lock:\n    done()',
  'import json',
];

/** `%` is what it holds. */
const nests = [
  'try:\n    %\nfinally:\n    done()',
  'try:\n    %\nexcept Exception as error:\n    # tell\n    print(error)\n    raise',
  'if q:\n    %',
  'for q in qs:\n    # each\n    %',
  'while more():\n    %',
  'with lock:\n    %',
  'match q:\n    case "a":\n        %',
];

const frames = [
  { text: 'def run(self, q, qs):\n    %', isAsync: false },
  { text: 'async def run(self, q, qs):\n    %', isAsync: true },
  { text: 'class Asker:\n    """Asks."""\n\n    def run(self, q, qs):\n        %', isAsync: false },
  { text: 'class Asker:\n    async def run(self, q, qs):\n        %', isAsync: true },
  { text: '@app.get("/")\nasync def run(q, qs):\n    def inner():\n        return q\n\n    %', isAsync: true },
];

/** Puts `inner` where the mark stands, its further lines as deep as the mark; the lines of a text stay where they are. */
function fill(outer: string, inner: string): string {
  const at = outer.indexOf('%');
  const indent = /[ ]*$/.exec(outer.slice(0, at))![0];
  const isAlone = outer.slice(0, at - indent.length).endsWith('\n') || at === indent.length;
  let inText = false;
  const lines = inner.split('\n').map((line, index) => {
    const moved = index === 0 || inText || !isAlone ? line : indent + line;
    if ((line.split('"""').length - 1) % 2 === 1) inText = !inText;
    return moved;
  });
  return outer.slice(0, at) + lines.join('\n') + outer.slice(at + 1);
}

const programs = fc
  .record({
    frame: fc.constantFrom(...frames),
    body: fc.array(
      fc.record({
        use: fc.constantFrom(...uses),
        call: fc.constantFrom(...calls),
        nest: fc.array(fc.constantFrom(...nests), { maxLength: 2 }),
        before: fc.array(fc.constantFrom(...others), { maxLength: 2 }),
        behind: fc.array(fc.constantFrom(...others), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ frame, body }) => {
    const blocks = body.map(({ use, call, nest, before, behind }) => {
      const sent = use.replace('%', () => (frame.isAsync ? `await ${call}` : call));
      const held = nest.reduce((inner, around) => fill(around, inner), sent);
      return [...before, held, ...behind].join('\n');
    });
    const client = frame.isAsync ? 'AsyncOpenAI' : 'OpenAI';
    return `from openai import ${client}\n\nclient = ${client}()\n\n\n${fill(frame.text, blocks.join('\n'))}\n`;
  });

/** Repairs that make a 429 rarer, or show it: the finding stays. */
const lasting: ReadonlySet<string> = new Set(['throttle', 'log-limits']);

test('every repair of a generated program holds', async () => {
  let repairs = 0;
  await fc.assert(
    fc.asyncProperty(programs, async (text) => {
      const analysis = await analyze('a.py', text);
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
  assert.notEqual(repaired, text);
  assert.ok(now.errors <= old.errors, say('it parses no more'));
  for (const [kept, count] of old.kept) assert.ok((now.kept.get(kept) ?? 0) >= count, say(`${kept} is lost`));
  const after = await analyze('a.py', repaired);
  assert.deepEqual(after.problems, []);
  if (!lasting.has(fix.name)) assert.ok(after.findings.length < before.length, say('the finding is still there'));
  const expected = new Set(before.map(({ rule }) => rule));
  for (const { rule } of after.findings) assert.ok(expected.has(rule), say(`${rule} is new`));
  if (fix.edits.some(({ span }) => span.start < finding.at.start && finding.at.start < span.end)) return;
  const moved = fix.edits
    .filter(({ span }) => span.end <= finding.at.start)
    .reduce((at, { span, text: written }) => at + written.length - (span.end - span.start), finding.at.start);
  const again = after.findings.find((one) => one.at.start === moved);
  assert.ok(!again || after.fixes(again).every(({ name }) => name !== fix.name), say('offered again'));
}

/** How many errors the text has, and how often each of its comments and strings stands in it. */
function read(text: string): { readonly errors: number; readonly kept: ReadonlyMap<string, number> } {
  const tree = syntax.parse(text, 'python')!;
  const kept = new Map<string, number>();
  let errors = 0;
  const visit = (node: Node): void => {
    if (node.isError || node.isMissing) errors++;
    if (node.type === 'comment' || node.type === 'string') kept.set(node.text, (kept.get(node.text) ?? 0) + 1);
    for (const child of node.children) if (child) visit(child);
  };
  visit(tree.root);
  tree.delete();
  return { errors, kept };
}
