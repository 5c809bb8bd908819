/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `from openai import OpenAI

client = OpenAI(api_key="sk-proj-vT9qLm2XcR7bNf4KpW8sZd1GhY6jUe3AoQ5iBt0CxVwMnRkS")
`,
    good: `import os

from openai import OpenAI

client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

export const client = new OpenAI({ apiKey: 'sk-proj-vT9qLm2XcR7bNf4KpW8sZd1GhY6jUe3AoQ5iBt0CxVwMnRkS' });
`,
    good: `import OpenAI from 'openai';

export const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
`,
  },
];
