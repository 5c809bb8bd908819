/** SDKs of further providers of models of their own: xAI, AI21, Voyage, Perplexity. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { pythonClients, pythonErrors, pythonRetry, pythonTraits } from './stainless.ts';
import { asynchronous, noRetry, synchronous } from './unretried.ts';

/** Its gRPC channel repeats what was unavailable, and nothing that was refused. */
export const xaiPython: Sdk = {
  id: 'xai-python',
  name: 'the xAI SDK',
  language: 'python',
  packageName: 'xai-sdk',
  modules: ['xai_sdk', 'xai_sdk.sync', 'xai_sdk.aio'],
  clients: new Map([...synchronous('Client'), ...asynchronous('AsyncClient')]),
  moduleIsClient: false,
  methods: methodsOf(
    [
      { on: 'chat.create.()', single: 'defer parse sample sample_batch', stream: 'stream stream_batch' },
      { on: 'image', single: 'sample sample_batch' },
      { on: 'video', helper: 'extend generate', single: 'extend_start start' },
    ],
    () => true,
  ),
  transparent: [],
  derive: [],
  retry: noRetry,
  errors: { module: 'grpc', rateLimit: 'RpcError', shared: true, bases: [], status: 'code' },
};

export const ai21Python: Sdk = {
  id: 'ai21-python',
  name: 'the AI21 SDK',
  language: 'python',
  packageName: 'ai21',
  modules: ['ai21'],
  clients: new Map([...synchronous('AI21Client'), ...asynchronous('AsyncAI21Client')]),
  moduleIsClient: false,
  methods: methodsOf([{ on: 'chat.completions', single: 'create' }], () => true),
  transparent: [],
  baseUrl: 'base_url',
  derive: [],
  retry: { option: 'num_retries', perCall: 'none', default: 0, base: 0.5, cap: 60, jitter: 1 },
  errors: { module: 'ai21.errors', rateLimit: 'TooManyRequestsError', bases: ['AI21APIError'], status: 'status_code' },
};

export const voyagePython: Sdk = {
  id: 'voyage-python',
  name: 'the Voyage AI SDK',
  language: 'python',
  packageName: 'voyageai',
  modules: ['voyageai', 'voyageai.client'],
  clients: new Map([...synchronous('Client'), ...asynchronous('AsyncClient')]),
  moduleIsClient: false,
  methods: methodsOf([{ on: '', single: 'contextualized_embed embed multimodal_embed rerank' }], () => true),
  transparent: [],
  baseUrl: 'base_url',
  derive: [],
  retry: { option: 'max_retries', perCall: 'none', default: 0, base: 1, cap: 16, jitter: 1 },
  errors: { module: 'voyageai.error', rateLimit: 'RateLimitError', bases: ['VoyageError'], status: 'http_status' },
};

export const voyageNode: Sdk = {
  id: 'voyage-node',
  name: 'the Voyage AI SDK',
  language: 'typescript',
  packageName: 'voyageai',
  modules: ['voyageai'],
  clients: new Map(asynchronous('VoyageAIClient')),
  moduleIsClient: false,
  methods: methodsOf([{ on: '', single: 'contextualizedEmbed embed multimodalEmbed rerank' }], () => true),
  transparent: [],
  derive: [],
  retry: { option: 'maxRetries', perCall: 'secondArgument', default: 2, base: 1, cap: 60, jitter: 0.9 },
  errors: { module: 'voyageai', rateLimit: 'VoyageAIError', shared: true, bases: [], status: 'statusCode' },
};

export const perplexityPython: Sdk = {
  ...pythonTraits,
  id: 'perplexity-python',
  name: 'the Perplexity SDK',
  packageName: 'perplexityai',
  modules: ['perplexity'],
  clients: pythonClients('Perplexity'),
  moduleIsClient: false,
  methods: methodsOf(
    ['chat.completions', 'responses', 'embeddings', 'contextualized_embeddings', 'search'].map((on) => ({
      on,
      single: 'create',
    })),
    () => true,
  ),
  retry: pythonRetry,
  errors: pythonErrors('perplexity', 'PerplexityError'),
};
