/** LangChain’s models in Python of further providers, and those that only their base class tells. */
import type { ClientClass, Sdk, SdkRetry } from '../core/catalogue.ts';
import { coherePython } from './cohere.ts';
import { perplexityPython } from './further.ts';
import { fireworksPython } from './hosts.ts';
import { langchainTraits } from './langchain.ts';
import { openaiPython } from './openai.ts';
import { pythonRetry } from './stainless.ts';
import { googleErrors, noRetry, synchronous } from './unretried.ts';

/** Waits that are not the same as any SDK's are left unsaid. */
const unsaid: Omit<SdkRetry, 'default'> = { option: 'max_retries', perCall: 'none', base: 0, cap: 0, jitter: 1 };

export const langchainCohere: Sdk = {
  ...langchainTraits,
  id: 'langchain-cohere',
  name: 'LangChain with Cohere',
  packageName: 'langchain-cohere',
  modules: ['langchain_cohere', 'langchain_cohere.chat_models', 'langchain_cohere.llms'],
  clients: new Map(synchronous('ChatCohere', 'Cohere')),
  baseUrl: 'base_url',
  retry: { perCall: 'none', default: 2, base: 1, cap: 60, jitter: 0.9 },
  errors: coherePython.errors,
};

/** Three attempts of its own. */
export const langchainCohereEmbeddings: Sdk = {
  ...langchainCohere,
  id: 'langchain-cohere-embeddings',
  modules: ['langchain_cohere', 'langchain_cohere.embeddings'],
  clients: new Map(synchronous('CohereEmbeddings')),
  retry: { ...unsaid, counts: 'attempts', default: 2 },
};

/** Six attempts. */
export const langchainVertex: Sdk = {
  ...langchainTraits,
  id: 'langchain-google-vertexai',
  name: 'LangChain with Vertex AI',
  packageName: 'langchain-google-vertexai',
  modules: [
    'langchain_google_vertexai',
    'langchain_google_vertexai.chat_models',
    'langchain_google_vertexai.embeddings',
    'langchain_google_vertexai.llms',
  ],
  clients: new Map(synchronous('ChatVertexAI', 'VertexAI', 'VertexAIEmbeddings')),
  retry: { ...unsaid, counts: 'attempts', default: 5 },
  errors: googleErrors,
};

export const langchainNvidia: Sdk = {
  ...langchainTraits,
  id: 'langchain-nvidia',
  name: 'LangChain with NVIDIA',
  packageName: 'langchain-nvidia-ai-endpoints',
  modules: ['langchain_nvidia_ai_endpoints', 'langchain_nvidia'],
  clients: new Map(synchronous('ChatNVIDIA', 'NVIDIA', 'NVIDIAEmbeddings')),
  baseUrl: 'base_url',
  retry: noRetry,
  errors: { module: 'requests', rateLimit: 'HTTPError', shared: true, bases: ['RequestException'], status: 'status' },
};

export const langchainFireworks: Sdk = {
  ...langchainTraits,
  id: 'langchain-fireworks',
  name: 'LangChain with Fireworks',
  packageName: 'langchain-fireworks',
  modules: ['langchain_fireworks', 'langchain_fireworks.chat_models'],
  clients: new Map(synchronous('ChatFireworks')),
  retry: { ...unsaid, default: 2 },
  errors: fireworksPython.errors,
};

export const langchainPerplexity: Sdk = {
  ...langchainTraits,
  id: 'langchain-perplexity',
  name: 'LangChain with Perplexity',
  packageName: 'langchain-perplexity',
  modules: ['langchain_perplexity', 'langchain_perplexity.chat_models'],
  clients: new Map(synchronous('ChatPerplexity')),
  retry: { ...pythonRetry, perCall: 'none', default: 6 },
  errors: perplexityPython.errors,
};

/** AWS’s client beneath it repeats what was throttled four times. */
export const langchainAws: Sdk = {
  ...langchainTraits,
  id: 'langchain-aws',
  name: 'LangChain with Bedrock',
  packageName: 'langchain-aws',
  modules: ['langchain_aws', 'langchain_aws.chat_models', 'langchain_aws.embeddings', 'langchain_aws.llms'],
  clients: new Map(synchronous('BedrockEmbeddings', 'BedrockLLM', 'ChatBedrock', 'ChatBedrockConverse')),
  retry: { ...unsaid, also: ['config', 'client'], default: 4 },
  errors: { module: 'botocore.exceptions', rateLimit: 'ClientError', shared: true, bases: [], status: 'response' },
};

/** A model of which only its base class is known: most of them leave it to an SDK that retries twice. */
export const langchainAny: Sdk = {
  ...langchainTraits,
  id: 'langchain',
  name: 'LangChain (with most models)',
  packageName: 'langchain',
  modules: [
    'langchain.base_language',
    'langchain.chat_models',
    'langchain.chat_models.base',
    'langchain.embeddings.base',
    'langchain.llms.base',
    'langchain.schema.embeddings',
    'langchain.schema.language_model',
    'langchain_core.embeddings',
    'langchain_core.embeddings.embeddings',
    'langchain_core.language_models',
    'langchain_core.language_models.base',
    'langchain_core.language_models.chat_models',
    'langchain_core.language_models.llms',
  ],
  clients: new Map([
    ...synchronous('init_chat_model'),
    ...['BaseChatModel', 'BaseLanguageModel', 'BaseLLM', 'Embeddings'].map(
      (name) => [name, { async: false, abstract: true }] as const,
    ),
  ]),
  // Any provider’s class for a 429 may come out.
  errors: {
    module: 'builtins',
    rateLimit: 'Exception',
    shared: true,
    alsoOf: ['anthropic', 'cohere', 'google.api_core.exceptions', 'groq', 'httpx', 'openai'],
    bases: [...openaiPython.errors.bases, ...googleErrors.bases],
    status: 'status_code',
  },
};

/** Chains that are made of a model, and are called as it is. */
export const langchainChains: Sdk = {
  ...langchainAny,
  id: 'langchain-chains',
  modules: ['langchain', 'langchain_classic'].flatMap((name) => [
    name,
    ...['combine_documents', 'history_aware_retriever', 'llm', 'question_answering', 'summarize'].map(
      (part) => `${name}.chains.${part}`,
    ),
    `${name}.chains`,
    `${name}.chains.retrieval`,
    'langchain_core.runnables',
    'langchain_core.runnables.history',
  ]),
  clients: new Map<string, ClientClass>([
    ['create_retrieval_chain', { async: false, abstract: true, wraps: 1 }],
    ['RunnableWithMessageHistory', { async: false, abstract: true, wraps: 0 }],
    ...[
      'LLMChain',
      'ConversationChain',
      'ConversationalRetrievalChain.from_llm',
      'RetrievalQA.from_chain_type',
      'RetrievalQA.from_llm',
      'create_history_aware_retriever',
      'create_sql_query_chain',
      'create_stuff_documents_chain',
      'load_qa_chain',
      'load_summarize_chain',
    ].map((name) => [name, { async: false, abstract: true, wraps: 'llm' }] as const),
  ]),
};
