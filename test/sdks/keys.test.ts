/** Keys of every look are found, and none is ever shown. The keys are put together here, so that none stands in the file. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMadeUp } from '../../src/core/keys.ts';
import { inEnglish } from '../../src/core/words.ts';
import { rules } from '../../src/rules/all.ts';
import { sdks } from '../../src/sdks/all.ts';
import { keys } from '../../src/sdks/keys.ts';
import { candidates } from '../../src/session/candidates.ts';
import { analyze } from '../engine.ts';

const letters = 'Qw7Rt2Yp9Ld4Gh6Jk1Zx8Cv3Bn5Mq0WsEaFoUiPlTzKyXrNgHbVdJcSmA2p7t4';
const hex = '3f9a1c7e5b2d8064f7c1e9a35d0b682c4e8f17a92d6b3c50e71f4a98b6d205c3';

const whole: readonly (readonly [string, string | undefined])[] = [
  [`sk-proj-${letters}`, 'OpenAI'],
  [`sk-svcacct-${letters}`, 'OpenAI'],
  [`sk-${letters.slice(0, 20)}${'T3Blbk'}FJ${letters.slice(20, 40)}`, 'OpenAI'],
  [`sk-ant-${'api03'}-${letters}${letters.slice(0, 31)}`, 'Anthropic'],
  [`sk-or-v1-${hex}`, 'OpenRouter'],
  [`gsk_${letters.slice(0, 52)}`, 'Groq'],
  [`csk-${letters.slice(0, 48).toLowerCase()}`, 'Cerebras'],
  [`xai-${(letters + letters).slice(0, 80)}`, 'xAI'],
  [`pplx-${letters.slice(0, 48)}`, 'Perplexity'],
  [`nvapi-${(letters + letters).slice(0, 64)}`, 'NVIDIA'],
  [`r8_${letters.slice(0, 37)}`, 'Replicate'],
  [`hf_${letters.replace(/\d/g, '').slice(0, 34)}`, 'Hugging Face'],
  [`fw_${letters.slice(0, 24)}`, 'Fireworks'],
  [`tgp_v1_${letters.slice(0, 43)}`, 'Together'],
  [`sk-${letters.slice(0, 48)}`, undefined],
  [`sk-${hex.slice(0, 32)}`, undefined],
];

for (const [key, of] of whole) {
  test(`a key of ${of ?? 'several'}, ${key.slice(0, 6)}…`, async () => {
    assert.ok(candidates({ sdks, keys }).test(`token = "${key}"`));
    for (const [path, text] of [
      ['a.py', `token = "${key}"\n`],
      ['a.ts', `export const token = 'Bearer ${key}';\n`],
    ] as const) {
      const { findings, verdicts } = await analyze(path, text);
      assert.deepEqual(
        findings.map(({ rule }) => rule),
        ['hard-coded-key'],
      );
      const message = inEnglish(findings[0]!.message);
      if (of) assert.ok(message.includes(of), message);
      assert.ok(!JSON.stringify([findings, verdicts]).includes(key.slice(10)), 'the key is shown');
    }
  });
}

test('what surrounds a request never shows its key', async () => {
  const key = `sk-proj-${letters}`;
  const { findings, verdicts } = await analyze(
    'a.py',
    `from openai import OpenAI\nOpenAI(api_key="${key}").responses.create(model="gpt-4o-mini", input="x")\n`,
  );
  assert.equal(verdicts.length, 1);
  assert.equal(verdicts[0]!.request.text, 'OpenAI(api_key="…").responses.create');
  for (const { message, related } of findings) assert.ok(!JSON.stringify([message, related]).includes(key.slice(10)));
});

test('placeholders are no secrets', () => {
  for (const fake of [
    'your-openai-api-key-here',
    'x'.repeat(48),
    '1234567890'.repeat(4),
    'abcdefghijklmnopqrstuvwxyz123456',
  ])
    assert.ok(isMadeUp(fake), fake);
  for (const real of [letters.slice(0, 48), hex.slice(0, 32)]) assert.ok(!isMadeUp(real), real);
});

test('every shape names its variable, and the rule is among the rules', () => {
  for (const { variable } of keys.shapes) assert.match(variable, /^[A-Z0-9]+(_[A-Z0-9]+)+$/);
  assert.ok(rules.some(({ id }) => id === 'hard-coded-key'));
});
