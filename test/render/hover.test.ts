/** Hovers over real findings: true numbers, working links, and short enough to be read without scrolling. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inEnglish, say } from '../../src/core/words.ts';
import { hover } from '../../src/render/hover.ts';
import { protectionInWords } from '../../src/render/protection.ts';
import { rules } from '../../src/rules/all.ts';
import { analyze } from '../engine.ts';

const python = (client: string, call: string) => `from openai import OpenAI\nclient = ${client}\n${call}\n`;
const create = 'client.chat.completions.create(model="m", messages=[])';

async function words(text: string): Promise<string> {
  const { verdicts, lines } = await analyze('a.py', text);
  return inEnglish(protectionInWords(verdicts[0]!, lines));
}

test('what protects a call, in numbers', async () => {
  assert.equal(
    await words(python('OpenAI()', create)),
    'The OpenAI SDK sends a refused request again 2 times within 1.1–1.5 s, then raises `RateLimitError`.',
  );
  assert.equal(
    await words(python('OpenAI(max_retries=1)', create)),
    'The OpenAI SDK sends a refused request again once within 0.4–0.5 s, then raises `RateLimitError`.',
  );
  assert.equal(
    await words(python('OpenAI(max_retries=0)', create)),
    'Nothing sends a refused request again: the first 429 raises `RateLimitError`.',
  );
  assert.match(await words(python('OpenAI(max_retries=9)', create)), /^A refused request is sent again by .+\.$/);
  const swallowed = `try:\n    ${create}\nexcept Exception:\n    pass`;
  assert.equal(
    await words(python('OpenAI()', swallowed)),
    'The handler in line 5 takes the 429, and the request is lost.',
  );
});

test('the hover has now, why, detection, prevention, and links', async () => {
  const { findings, lines, fixes, refusals } = await analyze('a.py', python('OpenAI()', create));
  const finding = findings[0]!;
  const rule = rules.find(({ id }) => id === finding.rule)!;
  const offered = fixes(finding);
  const links = {
    fix: ({ name }: { name: string }) => `command:fix?${name}`,
    explain: 'command:explain',
    evidence: () => 'file:///a.py#L2',
  };
  const text = hover({ finding, rule, lines, fixes: offered, refusals: refusals(finding), tell: inEnglish, links });
  for (const part of ['**Why here.** The OpenAI SDK', '**Detect.** ', '**Prevent.** '])
    assert.ok(text.includes(part), part);
  assert.ok(
    text.includes('**Seen.** a client of the OpenAI SDK is made ([line 2](file:///a.py#L2)); `max_retries` is not set'),
    text,
  );
  // The light bulb has the rest.
  assert.ok(offered.length > 3);
  for (const { title, name } of offered.slice(0, 3))
    assert.ok(text.includes(`[${inEnglish(title)}](command:fix?${name})`), name);
  assert.ok(text.split('\n')[1]!.includes('[Explain](command:explain)'));
});

test('a refusal is told, and brackets in a title do not break its link', async () => {
  const { findings, lines } = await analyze('a.py', python('OpenAI()', create));
  const fix = { name: 'f', title: say('Use [x]'), applicability: 'safe', edits: [] } as const;
  const links = { fix: () => 'command:f', explain: 'command:e', evidence: () => '' };
  const text = hover({
    finding: findings[0]!,
    rule: rules[0]!,
    lines,
    fixes: [fix],
    refusals: [say('No room here.')],
    tell: inEnglish,
    links,
  });
  assert.ok(text.includes('_No room here._'));
  assert.ok(text.includes('[Use \\[x\\]](command:f)'));
});

for (const rule of rules) {
  for (const [index, { language, bad }] of rule.examples.entries()) {
    test(`${rule.id}, example ${index + 1}: the hover fits without scrolling`, async () => {
      const { findings, lines, fixes } = await analyze(language === 'python' ? 'a.py' : 'a.ts', bad);
      const finding = findings.find((each) => each.rule === rule.id)!;
      const links = { fix: () => '', explain: '', evidence: () => '' };
      const text = hover({ finding, rule, lines, fixes: fixes(finding), refusals: [], tell: inEnglish, links });
      const shown = text.replace(/\[([^\]]*)\]\(\)/g, '$1').replace(/[*`_]/g, '');
      const height = shown.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / 80), 0);
      assert.ok(height <= 15, `${height} lines:\n${shown}`);
    });
  }
}
