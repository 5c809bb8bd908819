/** xsAI: functions over everything that speaks OpenAI’s protocol. They send each request once. */
import { type Sdk, thisMachine } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { noRetry } from './unretried.ts';

const parts = [
  'embed',
  'generate-image',
  'generate-object',
  'generate-speech',
  'generate-text',
  'generate-transcription',
  'stream-object',
  'stream-text',
  'stream-transcription',
];

export const xsai: Sdk = {
  id: 'xsai',
  name: 'xsAI',
  language: 'typescript',
  packageName: 'xsai',
  modules: ['xsai', ...parts.map((part) => `@xsai/${part}`)],
  clients: new Map(),
  moduleIsClient: true,
  methods: methodsOf(
    [
      {
        on: '',
        single: 'embed embedMany generateImage generateObject generateSpeech generateText generateTranscription',
        stream: 'streamObject streamText streamTranscription',
      },
    ],
    () => true,
  ),
  transparent: [],
  local: [{ argument: 'baseURL', matches: thisMachine }],
  derive: [],
  retry: noRetry,
  errors: { module: '@xsai/shared', rateLimit: 'XSAIError', shared: true, bases: [], status: 'response.status' },
};
