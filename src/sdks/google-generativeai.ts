/** Google's Generative AI SDKs, the generation before Gen AI. What they retry by themselves is a 503, never a 429. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous, googleErrors, noRetry, synchronous } from './unretried.ts';

export const googleGenerativeaiPython: Sdk = {
  id: 'google-generativeai-python',
  name: 'Google’s Generative AI SDK',
  language: 'python',
  packageName: 'google-generativeai',
  modules: ['google.generativeai', 'google.generativeai.generative_models', 'google.generativeai.embedding'],
  clients: new Map(synchronous('GenerativeModel', 'GenerativeModel.from_cached_content')),
  moduleIsClient: true,
  methods: new Map([
    ...methodsOf(
      [
        { on: '', single: 'chat embed_content generate_content generate_embeddings generate_text' },
        { on: '', async: true, single: 'embed_content_async generate_content_async' },
        { on: 'start_chat.()', single: 'send_message' },
        { on: 'start_chat.()', async: true, single: 'send_message_async' },
      ],
      () => true,
    ),
    ...methodsOf(
      [
        { on: '', single: 'count_tokens get_model upload_file', paginated: 'list_models' },
        { on: '', async: true, single: 'count_tokens_async' },
      ],
      () => false,
    ),
  ]),
  transparent: [],
  derive: [],
  retry: { ...noRetry, option: 'request_options.retry', perCall: 'argument' },
  errors: googleErrors,
};

export const googleGenerativeaiNode: Sdk = {
  id: 'google-generativeai-node',
  name: 'Google’s Generative AI SDK',
  language: 'typescript',
  packageName: '@google/generative-ai',
  modules: ['@google/generative-ai', 'npm:@google/generative-ai'],
  clients: new Map(asynchronous('GoogleGenerativeAI', 'GenerativeModel', 'ChatSession')),
  moduleIsClient: false,
  methods: methodsOf(
    [
      // Of a chat, which its class names where it is handed over.
      { on: '', single: 'sendMessage', stream: 'sendMessageStream' },
      ...['', 'getGenerativeModel.()', 'getGenerativeModelFromCachedContent.()'].flatMap((on) => [
        { on, single: 'batchEmbedContents embedContent generateContent', stream: 'generateContentStream' },
        { on: on ? `${on}.startChat.()` : 'startChat.()', single: 'sendMessage', stream: 'sendMessageStream' },
      ]),
    ],
    () => true,
  ),
  transparent: [],
  derive: [],
  retry: noRetry,
  errors: {
    module: '@google/generative-ai',
    rateLimit: 'GoogleGenerativeAIFetchError',
    shared: true,
    bases: ['GoogleGenerativeAIError'],
    status: 'status',
  },
};
