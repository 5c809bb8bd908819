/**
 * What must hold for every repair of every fixture and example: its edits lie in the text and change it, the result
 * parses as well as before, the finding is gone and no new one came (but for what a repair uncovers), comments are kept, and the second time it is not
 * offered.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { apply, type Fix } from '../src/core/edit.ts';
import type { Finding } from '../src/core/rule.ts';
import { inEnglish } from '../src/core/words.ts';
import { grammarOf, type Node } from '../src/languages/syntax.ts';
import { rules } from '../src/rules/all.ts';
import { analyze } from './engine.ts';
import { syntax } from './wasm.ts';

const root = join(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(root).flatMap((rule) =>
  readdirSync(join(root, rule))
    .filter((name) => !name.includes('.fixed.') && grammarOf(name))
    .map((name) => [`${rule}/${name}`, readFileSync(join(root, rule, name), 'utf8')] as const),
);
const examples = rules.flatMap(({ id, examples: list }) =>
  list.map(({ language, bad }) => [`${id}.${language === 'python' ? 'py' : 'ts'}`, bad] as const),
);

/** Repairs that make a 429 rarer, or show it: the finding stays, and says what has changed; only a fan-out is bounded by them. */
const lasting: ReadonlySet<string> = new Set(['throttle', 'log-limits']);
/** Repairs that let a handler or a retry do its work: what it does is judged from then on. */
const uncovering: ReadonlySet<string> = new Set(['await', 'send-again']);

/** Retries that are written inside others, which may act only from then on, or round an SDK that can’t be told to send once. */
const nested: ReadonlySet<string> = new Set(['backoff', 'helper', 'library', 'sdk-retries']);
const layers: ReadonlySet<string> = new Set(['stacked-retries', 'retried-quota', 'unbounded-retry']);

let repairs = 0;
for (const [path, text] of [...fixtures, ...examples]) {
  test(path, async () => {
    const analysis = await analyze(path, text);
    for (const finding of analysis.findings) {
      for (const fix of analysis.fixes(finding)) {
        repairs++;
        const at = `${fix.name} of line ${analysis.lines.position(finding.at.start).line + 1}`;
        await holds(path, text, analysis.findings, finding, fix, at);
      }
    }
  });
}

test('there were repairs to look at', () => assert.ok(repairs > 150, String(repairs)));

async function holds(
  path: string,
  text: string,
  before: readonly Finding[],
  finding: Finding,
  { name, edits }: Fix,
  at: string,
): Promise<void> {
  for (const { span } of edits) {
    assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, `${at}: out of bounds`);
  }
  const repaired = apply(text, edits);
  assert.notEqual(repaired, text, `${at}: nothing has changed`);
  const [old, now] = [read(path, text), read(path, repaired)];
  assert.ok(now.errors <= old.errors, `${at}: it parses no more\n${repaired}`);
  for (const comment of old.comments)
    assert.ok(now.comments.includes(comment), `${at}: the comment ${comment} is lost`);

  const after = await analyze(path, repaired);
  assert.deepEqual(after.problems, [], at);
  if (lasting.has(name)) {
    const rulesOf = (findings: readonly Finding[]) =>
      findings
        .map(({ rule }) => rule)
        .filter((rule) => rule !== 'unbounded-fan-out')
        .sort();
    assert.deepEqual(rulesOf(after.findings), rulesOf(before), `${at}: other findings\n${repaired}`);
  } else {
    // The same finding may tell other numbers: of retries that are bounded now, say.
    const counts = (rule: string, findings: readonly Finding[]) => findings.filter((one) => one.rule === rule).length;
    assert.ok(
      counts(finding.rule, after.findings) < counts(finding.rule, before),
      `${at}: the finding is still there\n${repaired}`,
    );
    const isNew = ({ rule }: Finding) =>
      !(nested.has(name) && layers.has(rule)) && !(uncovering.has(name) && rule !== finding.rule);
    for (const { rule, message } of after.findings.filter(isNew))
      assert.ok(
        counts(rule, after.findings) <= counts(rule, before),
        `${at}: new: ${rule} ${inEnglish(message)}\n${repaired}`,
      );
  }
  const start = moved(finding.at.start, edits);
  const again = after.findings.find((one) => one.rule === finding.rule && one.at.start === start);
  assert.equal(again && after.fixes(again).find((one) => one.name === name), undefined, `${at}: offered again`);
}

/** Where what began at `start` begins after the edits; undefined where it was written anew. */
function moved(start: number, edits: Fix['edits']): number | undefined {
  if (edits.some(({ span }) => span.start < start && start < span.end)) return undefined;
  const before = edits.filter(({ span }) => span.end <= start);
  return before.reduce((at, { span, text }) => at + text.length - (span.end - span.start), start);
}

function read(path: string, text: string): { readonly errors: number; readonly comments: readonly string[] } {
  const tree = syntax.parse(text, grammarOf(path)!)!;
  const comments: string[] = [];
  let errors = 0;
  const visit = (node: Node): void => {
    if (node.isError || node.isMissing) errors++;
    if (node.type === 'comment') comments.push(node.text);
    for (const child of node.children) if (child) visit(child);
  };
  visit(tree.root);
  tree.delete();
  return { errors, comments };
}
