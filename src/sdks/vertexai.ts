/** Vertex AI's own model classes. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous, googleErrors, noRetry, synchronous } from './unretried.ts';

const pretrained = [
  'TextGenerationModel',
  'ChatModel',
  'CodeGenerationModel',
  'CodeChatModel',
  'TextEmbeddingModel',
  'ImageGenerationModel',
  'MultiModalEmbeddingModel',
];

export const vertexaiPython: Sdk = {
  id: 'vertexai-python',
  name: 'the Vertex AI SDK',
  language: 'python',
  packageName: 'google-cloud-aiplatform',
  modules: [
    'vertexai.generative_models',
    'vertexai.preview.generative_models',
    'vertexai.language_models',
    'vertexai.preview.language_models',
    'vertexai.vision_models',
    'vertexai.preview.vision_models',
  ],
  clients: new Map(
    synchronous(
      'GenerativeModel',
      'GenerativeModel.from_cached_content',
      ...pretrained.flatMap((name) => [name, `${name}.from_pretrained`]),
    ),
  ),
  moduleIsClient: false,
  methods: new Map([
    ...methodsOf(
      [
        { on: '', single: 'edit_image generate_content generate_images get_embeddings predict upscale_image' },
        { on: '', async: true, single: 'generate_content_async get_embeddings_async predict_async' },
        { on: '', stream: 'predict_streaming' },
        { on: '', async: true, stream: 'predict_streaming_async' },
        { on: 'start_chat.()', single: 'send_message', stream: 'send_message_streaming' },
        { on: 'start_chat.()', async: true, single: 'send_message_async', stream: 'send_message_streaming_async' },
      ],
      () => true,
    ),
    ...methodsOf(
      [
        { on: '', single: 'compute_tokens count_tokens' },
        { on: '', async: true, single: 'compute_tokens_async count_tokens_async' },
      ],
      () => false,
    ),
  ]),
  transparent: [],
  derive: [],
  retry: noRetry,
  errors: googleErrors,
};

const models = ['', 'preview.'].flatMap((on) => [
  `${on}getGenerativeModel.()`,
  `${on}getGenerativeModelFromCachedContent.()`,
]);

export const vertexaiNode: Sdk = {
  id: 'vertexai-node',
  name: 'the Vertex AI SDK',
  language: 'typescript',
  packageName: '@google-cloud/vertexai',
  modules: ['@google-cloud/vertexai', 'npm:@google-cloud/vertexai'],
  clients: new Map(asynchronous('VertexAI', 'GenerativeModel')),
  moduleIsClient: false,
  methods: methodsOf(
    ['', ...models].flatMap((on) => [
      { on, single: 'generateContent', stream: 'generateContentStream' },
      { on: on ? `${on}.startChat.()` : 'startChat.()', single: 'sendMessage', stream: 'sendMessageStream' },
    ]),
    () => true,
  ),
  transparent: [],
  derive: [],
  retry: noRetry,
  errors: {
    module: '@google-cloud/vertexai',
    rateLimit: 'ClientError',
    shared: true,
    bases: [],
    status: 'code',
  },
};
