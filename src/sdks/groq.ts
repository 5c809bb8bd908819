/** Groq's SDKs. */
import type { Sdk } from '../core/catalogue.ts';
import { derived as node } from './groq-node-methods.ts';
import { derived as python } from './groq-python-methods.ts';
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

const isInference = among(
  'post',
  'request',
  'audio.speech.create',
  'audio.transcriptions.create',
  'audio.translations.create',
  'chat.completions.create',
  'embeddings.create',
);

export const groqPython: Sdk = {
  ...pythonTraits,
  id: 'groq-python',
  name: 'the Groq SDK',
  packageName: 'groq',
  modules: ['groq'],
  clients: pythonClients('Groq'),
  moduleIsClient: false,
  methods: methodsOf(python.groups, isInference),
  retry: pythonRetry,
  errors: pythonErrors('groq', 'GroqError'),
};

export const groqNode: Sdk = {
  ...nodeTraits,
  id: 'groq-node',
  name: 'the Groq SDK',
  packageName: 'groq-sdk',
  modules: ['groq-sdk', 'npm:groq-sdk'],
  clients: nodeClients('Groq'),
  methods: methodsOf(node.groups, isInference),
  retry: nodeRetry,
  errors: { module: 'groq-sdk', rateLimit: 'RateLimitError', bases: ['APIError', 'GroqError'], status: 'status' },
};
