/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const client = new OpenAI();

export async function ask(input: string) {
  try {
    return client.responses.create({ model: 'gpt-4o-mini', input });
  } catch (error) {
    if (error instanceof OpenAI.RateLimitError) throw new Error('Too many requests: try again in a minute.');
    throw error;
  }
}
`,
    good: `import OpenAI from 'openai';

const client = new OpenAI();

export async function ask(input: string) {
  try {
    return await client.responses.create({ model: 'gpt-4o-mini', input });
  } catch (error) {
    if (error instanceof OpenAI.RateLimitError) throw new Error('Too many requests: try again in a minute.');
    throw error;
  }
}
`,
  },
];
