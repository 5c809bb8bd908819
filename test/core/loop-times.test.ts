/** How many requests a repetition sends, where the code says so. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { analyze } from '../engine.ts';

const call = 'client.responses.create(model="m", input="x")';
const python: readonly (readonly [string, number | undefined])[] = [
  [`for _ in range(1000):\n    ${call}`, 1000],
  [`for n in range(10, 100, 20):\n    ${call}`, 5],
  [`N = 40\nfor _ in range(N):\n    ${call}`, 40],
  [`for x in ["a", "b", "c"]:\n    ${call}`, 3],
  [`xs = ["a", "b"]\nfor i, x in enumerate(xs):\n    ${call}`, 2],
  [`for x in items:\n    ${call}`, undefined],
  [`for _ in range(5):\n    for _ in range(7):\n        ${call}`, 35],
  [`while True:\n    ${call}`, undefined],
  [`answers = [${call} for _ in range(12)]`, 12],
  [`answers = [${call} for x in range(12) if x]`, undefined],
  [`def ask(n):\n    ${call}\nfor n in range(9):\n    ask(n)`, 9],
  [`def ask(n):\n    ${call}\nwith ThreadPoolExecutor() as pool:\n    pool.map(ask, range(8))`, 8],
];
const typescript: readonly (readonly [string, number | undefined])[] = [
  ['for (let n = 0; n < 1000; n++) await client.responses.create({});', 1000],
  ['for (let n = 1; n <= 10; n += 3) await client.responses.create({});', 4],
  ['for (let n = 5; n > 0; n--) await client.responses.create({});', 5],
  ['for (let n = 0; n > 5; n--) await client.responses.create({});', 0],
  ['for (let n = 0; n < items.length; n++) await client.responses.create({});', undefined],
  ["for (const x of ['a', 'b']) await client.responses.create({});", 2],
  ["await Promise.all(['a', 'b', 'c'].map((x) => client.responses.create({ input: x })));", 3],
  ['await Promise.all(Array.from({ length: 50 }, () => client.responses.create({})));', 50],
  ['await Promise.all(items.map((x) => client.responses.create({ input: x })));', undefined],
];

const heads = {
  py: 'from concurrent.futures import ThreadPoolExecutor\nfrom openai import OpenAI\nclient = OpenAI()\n',
  ts: "import OpenAI from 'openai';\nconst client = new OpenAI();\n",
};
for (const [end, cases] of [
  ['py', python],
  ['ts', typescript],
] as const) {
  for (const [code, times] of cases) {
    test(`${end}: ${code.replaceAll('\n', ' ↵ ')}`, async () => {
      const { verdicts } = await analyze(`/a.${end}`, heads[end] + code);
      assert.equal(verdicts.length, 1);
      assert.equal(verdicts[0]!.repetition?.times, times);
    });
  }
}
