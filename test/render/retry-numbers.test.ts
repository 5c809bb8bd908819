/** The hover of a retry says in numbers what it does: attempts, waits, time in all, and what the SDK adds. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { inEnglish } from '../../src/core/words.ts';
import { hover } from '../../src/render/hover.ts';
import { rules } from '../../src/rules/all.ts';
import { analyze } from '../engine.ts';

async function hoverOf(path: string, text: string, id: string): Promise<string> {
  const analysis = await analyze(path, text);
  const finding = analysis.findings.find(({ rule }) => rule === id);
  assert.ok(finding, JSON.stringify(analysis.findings.map(({ rule }) => rule)));
  const links = { evidence: () => '' };
  const rule = rules.find((one) => one.id === id)!;
  return hover({ finding, rule, lines: analysis.lines, fixes: [], refusals: [], tell: inEnglish, links });
}

const ask = `    return client.responses.create(model="gpt-4o-mini", input=question)`;

test('a decorator with its waits, beside the SDK’s own retries', async () => {
  const text = `from openai import OpenAI
from tenacity import retry, stop_after_attempt, wait_random_exponential

client = OpenAI()


@retry(stop=stop_after_attempt(6), wait=wait_random_exponential(min=1, max=10))
def ask(question):
${ask}
`;
  assert.match(
    await hoverOf('a.py', text, 'retried-quota'),
    /^\*\*Why here\.\*\* `retry` of tenacity sends a request 6 times at most, with waits that grow, at random, 25 s in all at most\. The OpenAI SDK sends each of these up to 3 times by itself, which makes 18 requests for one answer\. {2}\n/,
  );
});

test('layers that multiply, each with its number', async () => {
  const text = `from openai import OpenAI
from tenacity import retry, stop_after_attempt, wait_fixed

client = OpenAI()


@retry(stop=stop_after_attempt(6), wait=wait_fixed(1))
def ask(question):
${ask}
`;
  assert.match(
    await hoverOf('a.py', text, 'stacked-retries'),
    /^\*\*Why here\.\*\* `retry` of tenacity sends up to 6 times\. The OpenAI SDK sends up to 3 times\. One call sends up to 18 requests over up to 14 s\. {2}\n/,
  );
  assert.match(
    await hoverOf('a.py', text.replace('stop=stop_after_attempt(6), ', ''), 'stacked-retries'),
    /`retry` of tenacity sends a refused request again without end\. The OpenAI SDK sends up to 3 times\. Their attempts multiply while the limit is full\./,
  );
});

test('a decorator that says nothing', async () => {
  const text = `from openai import OpenAI
from tenacity import retry

client = OpenAI(max_retries=0)


@retry
def ask(question):
${ask}
`;
  assert.match(
    await hoverOf('a.py', text, 'unbounded-retry'),
    /`retry` of tenacity sends a request again for as long as it is refused, without a wait in between\. The OpenAI SDK sends nothing again by itself here\./,
  );
});

test('a loop with equal waits', async () => {
  const text = `import OpenAI from 'openai';

const client = new OpenAI({ maxRetries: 1 });

export async function ask(input: string) {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      return await client.responses.create({ model: 'gpt-4o-mini', input });
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
`;
  assert.match(
    await hoverOf('a.ts', text, 'fixed-delay-retry'),
    /This loop sends a request 4 times at most, with equal waits in between, 1\.5 s in all at most\. The OpenAI SDK sends each of these up to 2 times by itself, which makes 8 requests for one answer\./,
  );
});
