/** Google's Gen AI SDKs, which send a 429 again only with retry options. */
import type { Sdk, SdkRetry } from '../core/catalogue.ts';
import { type MethodGroup, methodsOf } from './methods.ts';
import { asynchronous, noRetry, synchronous } from './unretried.ts';

const models =
  'edit_image embed_content generate_content generate_images generate_videos recontext_image segment_image upscale_image';

const python: readonly MethodGroup[] = [
  { on: 'models', single: models, stream: 'generate_content_stream' },
  { on: 'chats.create.()', single: 'send_message', stream: 'send_message_stream' },
  { on: 'aio.models', async: true, single: models, stream: 'generate_content_stream' },
  { on: 'aio.chats.create.()', async: true, single: 'send_message', stream: 'send_message_stream' },
];

const pythonControl: readonly MethodGroup[] = [
  { on: 'models', single: 'compute_tokens count_tokens delete get update', paginated: 'list' },
  { on: 'files', single: 'delete get upload', paginated: 'list' },
  { on: 'caches', single: 'create delete get update', paginated: 'list' },
  { on: 'aio.models', async: true, single: 'compute_tokens count_tokens delete get update', paginated: 'list' },
  { on: 'aio.files', async: true, single: 'delete get upload', paginated: 'list' },
  { on: 'aio.caches', async: true, single: 'create delete get update', paginated: 'list' },
];

const node: readonly MethodGroup[] = [
  {
    on: 'models',
    single: 'editImage embedContent generateContent generateImages generateVideos upscaleImage',
    stream: 'generateContentStream',
  },
  { on: 'chats.create.()', single: 'sendMessage', stream: 'sendMessageStream' },
  // Of a chat, which its class names where it is handed over.
  { on: '', single: 'sendMessage', stream: 'sendMessageStream' },
];

const nodeControl: readonly MethodGroup[] = [
  { on: 'models', single: 'computeTokens countTokens delete get update', paginated: 'list' },
  { on: 'files', single: 'delete get upload', paginated: 'list' },
  { on: 'caches', single: 'create delete get update', paginated: 'list' },
];

const retry: SdkRetry = {
  ...noRetry,
  option: 'http_options.retry_options',
  also: ['config.http_options.retry_options'],
  perCall: 'argument',
};

export const googleGenaiPython: Sdk = {
  id: 'google-genai-python',
  name: 'the Google Gen AI SDK',
  language: 'python',
  packageName: 'google-genai',
  modules: ['google.genai', 'google.genai.client'],
  clients: new Map(synchronous('Client')),
  moduleIsClient: false,
  methods: new Map([...methodsOf(python, () => true), ...methodsOf(pythonControl, () => false)]),
  transparent: [],
  baseUrl: 'base_url',
  derive: [],
  retry,
  errors: {
    module: 'google.genai.errors',
    rateLimit: 'ClientError',
    shared: true,
    bases: ['APIError'],
    status: 'code',
  },
};

export const googleGenaiNode: Sdk = {
  id: 'google-genai-node',
  name: 'the Google Gen AI SDK',
  language: 'typescript',
  packageName: '@google/genai',
  modules: ['@google/genai', '@google/genai/node', '@google/genai/web', 'npm:@google/genai'],
  clients: new Map(asynchronous('GoogleGenAI', 'Chat')),
  moduleIsClient: false,
  methods: new Map([...methodsOf(node, () => true), ...methodsOf(nodeControl, () => false)]),
  transparent: [],
  derive: [],
  retry: { ...retry, option: 'httpOptions.retryOptions', also: ['config.httpOptions.retryOptions'] },
  errors: {
    module: '@google/genai',
    rateLimit: 'ApiError',
    shared: true,
    bases: [],
    status: 'status',
    reads: { status: 'status' },
  },
};
