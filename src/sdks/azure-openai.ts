/** Azure's OpenAI SDK for JavaScript before it became the OpenAI SDK's `AzureOpenAI`. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous } from './unretried.ts';

export const azureOpenaiNode: Sdk = {
  id: 'azure-openai-node',
  name: 'the Azure OpenAI SDK',
  language: 'typescript',
  packageName: '@azure/openai',
  modules: ['@azure/openai'],
  clients: new Map(asynchronous('OpenAIClient')),
  moduleIsClient: false,
  methods: methodsOf(
    [
      {
        on: '',
        single: 'getAudioTranscription getAudioTranslation getChatCompletions getCompletions getEmbeddings getImages',
        stream: 'listChatCompletions listCompletions streamChatCompletions streamCompletions',
      },
    ],
    () => true,
  ),
  transparent: [],
  derive: [],
  retry: { option: 'retryOptions.maxRetries', perCall: 'none', default: 3, base: 1, cap: 64, jitter: 0.5 },
  errors: {
    module: '@azure/core-rest-pipeline',
    rateLimit: 'RestError',
    shared: true,
    bases: [],
    status: 'statusCode',
  },
};
