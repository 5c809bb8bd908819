/**
 * Mistral's SDKs. Their retries are bounded by time, not by number, and must be asked for. The generation before,
 * `MistralClient`, is left out: it waits for a minute by itself.
 */
import type { Sdk, SdkRetry } from '../core/catalogue.ts';
import { type MethodGroup, methodsOf } from './methods.ts';
import { asynchronous, noRetry, synchronous } from './unretried.ts';

const python: readonly MethodGroup[] = [
  { on: 'chat', single: 'complete parse', stream: 'parse_stream stream' },
  { on: 'chat', async: true, single: 'complete_async parse_async', stream: 'parse_stream_async stream_async' },
  { on: 'fim', single: 'complete', stream: 'stream' },
  { on: 'fim', async: true, single: 'complete_async', stream: 'stream_async' },
  { on: 'agents', single: 'complete', stream: 'stream' },
  { on: 'agents', async: true, single: 'complete_async', stream: 'stream_async' },
  { on: 'embeddings', single: 'create' },
  { on: 'embeddings', async: true, single: 'create_async' },
  { on: 'ocr', single: 'process' },
  { on: 'ocr', async: true, single: 'process_async' },
  { on: 'classifiers', single: 'classify classify_chat moderate moderate_chat' },
  { on: 'classifiers', async: true, single: 'classify_async classify_chat_async moderate_async moderate_chat_async' },
  { on: 'audio.transcriptions', single: 'complete', stream: 'stream' },
  { on: 'audio.transcriptions', async: true, single: 'complete_async', stream: 'stream_async' },
  { on: 'beta.conversations', single: 'append restart start', stream: 'append_stream restart_stream start_stream' },
  {
    on: 'beta.conversations',
    async: true,
    single: 'append_async restart_async start_async',
    stream: 'append_stream_async restart_stream_async start_stream_async',
    helper: 'run_async run_stream_async',
  },
];

const node: readonly MethodGroup[] = [
  { on: 'chat', single: 'complete parse', stream: 'parseStream stream' },
  { on: 'fim', single: 'complete', stream: 'stream' },
  { on: 'agents', single: 'complete', stream: 'stream' },
  { on: 'embeddings', single: 'create' },
  { on: 'ocr', single: 'process' },
  { on: 'classifiers', single: 'classify classifyChat moderate moderateChat' },
  { on: 'audio.transcriptions', single: 'complete', stream: 'stream' },
  { on: 'beta.conversations', single: 'append restart start', stream: 'appendStream restartStream startStream' },
];

const retry: SdkRetry = { ...noRetry, option: 'retry_config', also: ['retries'], perCall: 'argument' };

export const mistralPython: Sdk = {
  id: 'mistral-python',
  name: 'the Mistral SDK',
  language: 'python',
  packageName: 'mistralai',
  modules: ['mistralai', 'mistralai.client', 'mistralai.client.sdk', 'mistralai.sdk'],
  clients: new Map(synchronous('Mistral')),
  moduleIsClient: false,
  methods: methodsOf(python, () => true),
  transparent: [],
  baseUrl: 'server_url',
  derive: [],
  retry,
  errors: {
    module: 'mistralai.client.errors',
    rateLimit: 'SDKError',
    shared: true,
    bases: ['MistralError'],
    status: 'status_code',
  },
};

export const mistralNode: Sdk = {
  id: 'mistral-node',
  name: 'the Mistral SDK',
  language: 'typescript',
  packageName: '@mistralai/mistralai',
  modules: ['@mistralai/mistralai', 'npm:@mistralai/mistralai'],
  clients: new Map(asynchronous('Mistral')),
  moduleIsClient: false,
  methods: methodsOf(node, () => true),
  transparent: [],
  baseUrl: 'serverURL',
  derive: [],
  retry: { ...retry, option: 'retryConfig', perCall: 'secondArgument' },
  errors: {
    module: '@mistralai/mistralai/models/errors',
    rateLimit: 'SDKError',
    shared: true,
    bases: ['MistralError'],
    status: 'statusCode',
    reads: { status: 'statusCode', headers: 'rawResponse.headers', body: 'body' },
  },
};
