/** Cohere's SDKs. */
import type { Sdk, SdkRetry } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous, synchronous } from './unretried.ts';

const pythonMethods = methodsOf(
  [
    {
      on: '',
      single: 'chat classify embed generate parse rerank summarize',
      stream: 'chat_stream generate_stream',
    },
    { on: 'v2', single: 'chat embed parse rerank', stream: 'chat_stream' },
    { on: 'audio.transcriptions', single: 'create' },
  ],
  () => true,
);

const nodeMethods = methodsOf(
  [
    { on: '', single: 'chat classify embed generate parse rerank summarize', stream: 'chatStream generateStream' },
    { on: 'v2', single: 'chat embed parse rerank', stream: 'chatStream' },
    { on: 'audio.transcriptions', single: 'create' },
  ],
  () => true,
);

const retry: SdkRetry = {
  option: 'max_retries',
  also: ['request_options.max_retries'],
  perCall: 'argument',
  callOption: 'request_options.max_retries',
  default: 2,
  base: 1,
  cap: 60,
  jitter: 0.9,
};

export const coherePython: Sdk = {
  id: 'cohere-python',
  name: 'the Cohere SDK',
  language: 'python',
  packageName: 'cohere',
  modules: ['cohere', 'cohere.client', 'cohere.client_v2'],
  clients: new Map([
    ...synchronous('Client', 'ClientV2', 'BedrockClient', 'BedrockClientV2', 'SagemakerClient', 'SagemakerClientV2'),
    ...asynchronous('AsyncClient', 'AsyncClientV2'),
  ]),
  moduleIsClient: false,
  methods: pythonMethods,
  transparent: ['with_raw_response'],
  baseUrl: 'base_url',
  derive: [],
  retry,
  // The classes behind `ApiError` are those of the versions below 5.
  errors: {
    module: 'cohere',
    rateLimit: 'TooManyRequestsError',
    bases: ['ApiError', 'CohereAPIError', 'CohereError'],
    status: 'status_code',
  },
};

export const cohereNode: Sdk = {
  id: 'cohere-node',
  name: 'the Cohere SDK',
  language: 'typescript',
  packageName: 'cohere-ai',
  modules: ['cohere-ai', 'npm:cohere-ai'],
  clients: new Map(asynchronous('CohereClient', 'CohereClientV2')),
  moduleIsClient: false,
  methods: nodeMethods,
  transparent: [],
  baseUrl: 'environment',
  derive: [],
  retry: { ...retry, option: 'maxRetries', also: [], perCall: 'secondArgument' },
  errors: {
    module: 'cohere-ai',
    rateLimit: 'TooManyRequestsError',
    bases: ['CohereError'],
    status: 'statusCode',
    reads: { status: 'statusCode', headers: 'rawResponse.headers', body: 'body' },
  },
};
