/** Instructor, which patches other SDKs’ clients to give typed answers. A 429 meets the retries of the client below. */
import type { ClientClass, Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { openaiNode, openaiPython } from './openai.ts';
import { nodeRetry, pythonRetry } from './stainless.ts';

const methods = ['', 'chat', 'chat.completions', 'messages', 'responses'].map((on) => ({
  on,
  single: 'create create_with_completion',
  stream: 'create_iterable create_partial',
}));

const makers = [
  'from_anthropic',
  'from_cerebras',
  'from_cohere',
  'from_fireworks',
  'from_gemini',
  'from_genai',
  'from_groq',
  'from_litellm',
  'from_mistral',
  'from_openai',
  'from_openrouter',
  'from_perplexity',
  'from_vertexai',
];

const wrapping: ClientClass = { async: false, wraps: 0 };

export const instructorPython: Sdk = {
  id: 'instructor-python',
  name: 'the SDK below Instructor',
  language: 'python',
  packageName: 'instructor',
  modules: ['instructor', 'instructor.client', 'instructor.patch'],
  clients: new Map([
    ...makers.map((name) => [name, wrapping] as const),
    ['patch', wrapping],
    ['apatch', { async: true, wraps: 0 }],
    ['from_provider', { async: false }],
    ['Instructor', { async: false }],
    ['AsyncInstructor', { async: true }],
  ]),
  moduleIsClient: false,
  methods: methodsOf(methods, () => true),
  transparent: [],
  baseUrl: 'base_url',
  derive: [],
  // A number of attempts or a policy of tenacity's.
  retry: { ...pythonRetry, perCall: 'argument' },
  errors: {
    module: 'instructor.exceptions',
    rateLimit: 'InstructorRetryException',
    shared: true,
    alsoOf: ['anthropic', 'cohere', 'groq', 'litellm', 'openai'],
    bases: openaiPython.errors.bases,
    status: 'status_code',
    quota: { says: 'insufficient_quota' },
  },
};

/** Its own `max_retries` are for answers of the wrong shape. */
export const instructorNode: Sdk = {
  id: 'instructor-node',
  name: 'the SDK below Instructor',
  language: 'typescript',
  packageName: '@instructor-ai/instructor',
  modules: ['@instructor-ai/instructor', 'npm:@instructor-ai/instructor'],
  clients: new Map([['default', { async: true, wraps: 'client' }]]),
  moduleIsClient: false,
  methods: methodsOf([{ on: 'chat.completions', single: 'create' }], () => true),
  transparent: [],
  baseUrl: 'baseURL',
  derive: [],
  retry: { ...nodeRetry, perCall: 'none' },
  errors: openaiNode.errors,
};
