/** LlamaIndex’s OpenAI models and those made of them, which retry round the OpenAI SDK’s own retries. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { openaiPython } from './openai.ts';
import { synchronous } from './unretried.ts';

export const llamaindexOpenai: Sdk = {
  id: 'llamaindex-openai',
  name: 'LlamaIndex with OpenAI',
  language: 'python',
  packageName: 'llama-index-llms-openai',
  modules: [
    'llama_index.llms',
    ...['openai', 'openai.base', 'azure_openai', 'deepseek', 'fireworks', 'groq', 'openai_like', 'openrouter'].map(
      (name) => `llama_index.llms.${name}`,
    ),
  ],
  clients: new Map(
    synchronous(
      'AzureOpenAI',
      'DeepSeek',
      'Fireworks',
      'Groq',
      'OpenAI',
      'OpenAILike',
      'OpenAIResponses',
      'OpenRouter',
    ),
  ),
  moduleIsClient: false,
  methods: methodsOf(
    [
      {
        on: '',
        single: 'achat acomplete apredict astructured_predict chat complete predict structured_predict',
        stream: 'astream_chat astream_complete stream_chat stream_complete',
      },
    ],
    () => true,
  ),
  transparent: [],
  baseUrl: 'api_base',
  derive: [],
  // The SDK below is told the same number, and its short waits come on top: these bound both.
  retry: { option: 'max_retries', perCall: 'none', default: 3, base: 4, cap: 8, jitter: 1 },
  errors: openaiPython.errors,
};
