/** Portkey’s SDKs: clients of a gateway, which retries where its configuration says so. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { openaiPython } from './openai.ts';
import { pythonRetry } from './stainless.ts';
import { asynchronous, noRetry, synchronous } from './unretried.ts';

export const portkeyPython: Sdk = {
  id: 'portkey-python',
  name: 'the Portkey SDK',
  language: 'python',
  packageName: 'portkey-ai',
  modules: ['portkey_ai'],
  clients: new Map([...synchronous('Portkey'), ...asynchronous('AsyncPortkey')]),
  moduleIsClient: false,
  methods: methodsOf(
    [
      ...['chat.completions', 'completions', 'prompts.completions', 'embeddings', 'moderations', 'responses'].map(
        (on) => ({ on, single: 'create' }),
      ),
      { on: 'images', single: 'edit generate' },
      ...['speech', 'transcriptions', 'translations'].map((on) => ({ on: `audio.${on}`, single: 'create' })),
    ],
    () => true,
  ),
  transparent: [],
  baseUrl: 'base_url',
  derive: ['with_options', 'copy'],
  // A configuration by name can't be seen into.
  retry: { ...pythonRetry, option: 'config.retry.attempts', also: ['config'], perCall: 'none', default: 1 },
  errors: { ...openaiPython.errors, alsoOf: ['portkey_ai'] },
};

/** It repeats a broken connection once, and no refusal. */
export const portkeyNode: Sdk = {
  id: 'portkey-node',
  name: 'the Portkey SDK',
  language: 'typescript',
  packageName: 'portkey-ai',
  modules: ['portkey-ai'],
  clients: new Map(asynchronous('default', 'Portkey')),
  moduleIsClient: false,
  methods: methodsOf(
    [
      ...['completions', 'chat.completions', 'prompts.completions', 'embeddings', 'moderations', 'responses'].map(
        (on) => ({ on, single: 'create' }),
      ),
      { on: 'images', single: 'createVariation edit generate' },
      ...['audio.speech', 'audio.transcriptions', 'audio.translations'].map((on) => ({ on, single: 'create' })),
    ],
    () => true,
  ),
  transparent: [],
  derive: [],
  retry: { ...noRetry, option: 'config', perCall: 'secondArgument' },
  // It keeps its error classes to itself; only the status tells a 429.
  errors: { module: 'portkey-ai', rateLimit: 'RateLimitError', shared: true, bases: ['Error'], status: 'status' },
};
