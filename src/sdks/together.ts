/** Together's SDKs: Python from 2.0 on (the line before was another SDK), and TypeScript. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import {
  among,
  nodeClients,
  nodeRetry,
  nodeTraits,
  pythonClients,
  pythonErrors,
  pythonRetry,
  pythonTraits,
} from './stainless.ts';
import { derived as node } from './together-node-methods.ts';
import { derived as python } from './together-python-methods.ts';

const isInference = among(
  'post',
  'request',
  'audio.speech.create',
  'audio.transcriptions.create',
  'audio.translations.create',
  'chat.completions.create',
  'embeddings.create',
  'chat.completions.stream',
  'completions.create',
  'images.generate',
  'rerank.create',
  'videos.create',
);

/** The line before 2.0: more retries, and other error classes. */
const before2: Pick<Sdk, 'id' | 'retry' | 'errors'> = {
  id: 'together-python-1',
  retry: { ...pythonRetry, perCall: 'none', default: 5, jitter: 0.75 },
  errors: {
    module: 'together.error',
    rateLimit: 'RateLimitError',
    bases: ['TogetherException'],
    status: 'http_status',
  },
};

const python2: Sdk = {
  ...pythonTraits,
  id: 'together-python',
  name: 'the Together AI SDK',
  packageName: 'together',
  modules: ['together'],
  clients: pythonClients('Together'),
  moduleIsClient: false,
  methods: methodsOf(python.groups, isInference),
  retry: { ...pythonRetry, base: 1, cap: 10 },
  errors: pythonErrors('together', 'TogetherError'),
};

export const togetherPython: Sdk = {
  ...python2,
  variants: [{ when: { below: 2 }, sdk: { ...python2, ...before2 } }],
};

export const togetherNode: Sdk = {
  ...nodeTraits,
  id: 'together-node',
  name: 'the Together AI SDK',
  packageName: 'together-ai',
  modules: ['together-ai', 'npm:together-ai'],
  clients: nodeClients('Together'),
  methods: methodsOf(node.groups, isInference),
  retry: { ...nodeRetry, base: 1, cap: 10 },
  errors: {
    module: 'together-ai',
    rateLimit: 'RateLimitError',
    bases: ['APIError', 'TogetherError'],
    status: 'status',
  },
};
