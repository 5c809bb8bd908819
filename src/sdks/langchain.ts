/**
 * LangChain’s models in Python, a package for each provider. They hand their retries on to the provider’s SDK, whose
 * errors come out unchanged. LangChain.js is not here: it retries by itself.
 */
import type { Sdk } from '../core/catalogue.ts';
import { anthropicPython } from './anthropic.ts';
import { groqPython } from './groq.ts';
import { methodsOf } from './methods.ts';
import { openaiPython } from './openai.ts';
import { pythonRetry } from './stainless.ts';
import { noRetry, synchronous } from './unretried.ts';

type Traits = Pick<Sdk, 'language' | 'moduleIsClient' | 'methods' | 'transparent' | 'derive' | 'joins' | 'retry'>;

export const langchainTraits: Traits = {
  language: 'python',
  moduleIsClient: false,
  methods: methodsOf(
    [
      {
        on: '',
        single: 'aembed_query ainvoke apredict arun embed_query invoke predict run',
        helper:
          'abatch abatch_as_completed aembed_documents agenerate batch batch_as_completed embed_documents generate',
        stream: 'astream astream_events astream_log stream',
      },
    ],
    () => true,
  ),
  transparent: [],
  derive: ['bind', 'bind_tools', 'pipe', 'with_config', 'with_structured_output', 'with_types'],
  joins: '|',
  retry: { ...pythonRetry, perCall: 'none' },
};

export const langchainOpenai: Sdk = {
  ...langchainTraits,
  id: 'langchain-openai',
  name: 'LangChain with OpenAI',
  packageName: 'langchain-openai',
  modules: [
    'langchain_openai',
    'langchain_openai.chat_models',
    'langchain_openai.embeddings',
    'langchain_openai.llms',
    'langchain_community.chat_models',
    'langchain_community.chat_models.openai',
    'langchain_community.embeddings',
    'langchain_community.embeddings.openai',
    'langchain_community.llms',
    'langchain_community.llms.openai',
    'langchain_cerebras',
    'langchain_deepseek',
    'langchain_together',
    'langchain_xai',
  ],
  clients: new Map(
    synchronous(
      'AzureChatOpenAI',
      'AzureOpenAI',
      'AzureOpenAIEmbeddings',
      'ChatCerebras',
      'ChatDeepSeek',
      'ChatOpenAI',
      'ChatTogether',
      'ChatXAI',
      'OpenAI',
      'OpenAIEmbeddings',
    ),
  ),
  baseUrl: 'base_url',
  errors: openaiPython.errors,
};

export const langchainAnthropic: Sdk = {
  ...langchainTraits,
  id: 'langchain-anthropic',
  name: 'LangChain with Anthropic',
  packageName: 'langchain-anthropic',
  modules: ['langchain_anthropic', 'langchain_anthropic.chat_models', 'langchain_anthropic.llms'],
  clients: new Map(synchronous('AnthropicLLM', 'ChatAnthropic')),
  errors: anthropicPython.errors,
};

export const langchainGroq: Sdk = {
  ...langchainTraits,
  id: 'langchain-groq',
  name: 'LangChain with Groq',
  packageName: 'langchain-groq',
  modules: ['langchain_groq', 'langchain_groq.chat_models'],
  clients: new Map(synchronous('ChatGroq')),
  errors: groqPython.errors,
};

export const langchainGoogle: Sdk = {
  ...langchainTraits,
  id: 'langchain-google-genai',
  name: 'LangChain with Gemini',
  packageName: 'langchain-google-genai',
  modules: ['langchain_google_genai', 'langchain_google_genai.chat_models'],
  clients: new Map(synchronous('ChatGoogleGenerativeAI', 'GoogleGenerativeAI')),
  // Six attempts by default, on the schedule of Google's SDK.
  retry: { option: 'max_retries', also: ['retries'], perCall: 'none', default: 5, base: 1, cap: 60, jitter: 1 },
  errors: {
    module: 'langchain_google_genai.chat_models',
    rateLimit: 'ChatGoogleGenerativeAIError',
    shared: true,
    bases: ['GoogleGenerativeAIError', 'ClientError', 'APIError'],
    status: 'code',
  },
};

/** Its retries are for broken connections. */
export const langchainMistral: Sdk = {
  ...langchainTraits,
  id: 'langchain-mistralai',
  name: 'LangChain with Mistral',
  packageName: 'langchain-mistralai',
  modules: ['langchain_mistralai', 'langchain_mistralai.chat_models'],
  clients: new Map(synchronous('ChatMistralAI')),
  retry: noRetry,
  errors: {
    module: 'httpx',
    rateLimit: 'HTTPStatusError',
    shared: true,
    bases: ['HTTPError'],
    status: 'response.status_code',
  },
};
