/** The rule's examples: hover text, README section and detection test in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [
  {
    language: 'python',
    bad: `import os
import random

from openai import OpenAI

keys = os.environ["OPENAI_API_KEYS"].split(",")


def client():
    return OpenAI(api_key=random.choice(keys))
`,
    good: `import os

from openai import OpenAI


def client():
    return OpenAI(api_key=os.environ["OPENAI_API_KEY"])
`,
  },
  {
    language: 'typescript',
    bad: `import OpenAI from 'openai';

const keys = process.env.OPENAI_API_KEYS!.split(',');
let turn = 0;

export const client = () => new OpenAI({ apiKey: keys[turn++ % keys.length] });
`,
    good: `import OpenAI from 'openai';

export const client = () => new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
`,
  },
];
