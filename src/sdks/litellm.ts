/** LiteLLM: functions that stand for all providers' SDKs, and its router. */
import { type Sdk, type SdkRetry, thisMachine } from '../core/catalogue.ts';
import { type MethodGroup, methodsOf } from './methods.ts';
import { pythonRetry } from './stainless.ts';
import { synchronous } from './unretried.ts';

/** `completion_with_retries` and its like are left out: they send a 429 again. */
const inference: readonly MethodGroup[] = [
  {
    on: '',
    single:
      'acompletion aembedding agenerate_content aimage_edit aimage_generation aimage_variation amoderation arerank aresponses aspeech atext_completion atranscription avideo_generation',
  },
  {
    on: '',
    single:
      'completion embedding generate_content image_edit image_generation image_variation moderation rerank responses speech text_completion transcription video_generation',
  },
  { on: '', stream: 'agenerate_content_stream generate_content_stream' },
  { on: 'anthropic.messages', single: 'acreate create' },
];

/**
 * Its own retries, which wait for nothing, and the option that it hands on to the provider's client. By itself it
 * repeats nothing; only the clients of OpenAI and Azure, which it uses for their models, bring their default along.
 */
const retry: SdkRetry = {
  option: 'num_retries',
  also: ['max_retries'],
  perCall: 'argument',
  default: 0,
  base: 0,
  cap: 0,
  jitter: 1,
};

const functions: Sdk = {
  id: 'litellm',
  name: 'LiteLLM',
  language: 'python',
  packageName: 'litellm',
  modules: ['litellm', 'litellm.main'],
  clients: new Map(),
  moduleIsClient: true,
  methods: methodsOf(inference, () => true),
  transparent: [],
  local: [
    { argument: 'model', matches: /^(ollama|ollama_chat|lm_studio|llamafile|petals|oobabooga)\// },
    { argument: 'api_base', matches: thisMachine },
    { argument: 'base_url', matches: thisMachine },
  ],
  derive: [],
  retry,
  errors: {
    module: 'litellm',
    rateLimit: 'RateLimitError',
    // They are made of the OpenAI SDK's.
    alsoOf: ['openai'],
    bases: ['APIStatusError', 'APIError', 'OpenAIError'],
    status: 'status_code',
    quota: { says: 'insufficient_quota' },
  },
};

export const litellm: Sdk = {
  ...functions,
  name: 'LiteLLM (but for OpenAI’s models)',
  variants: [
    {
      when: {
        argument: 'model',
        matches:
          /^((openai|azure|text-completion-openai)\/|(gpt|o\d|chatgpt|text-embedding|omni-moderation|dall-e|whisper|tts)-|o\d$)/,
      },
      sdk: {
        ...functions,
        id: 'litellm-openai',
        name: 'LiteLLM with an OpenAI model',
        retry: { ...retry, default: pythonRetry.default, base: pythonRetry.base, cap: pythonRetry.cap, jitter: 0.75 },
      },
    },
    { when: { argument: 'model', matches: /./ }, sdk: functions },
  ],
};

/** The router repeats on other deployments at once, and waits as the OpenAI SDK does where there is none. */
export const litellmRouter: Sdk = {
  ...functions,
  id: 'litellm-router',
  name: 'LiteLLM’s router',
  modules: ['litellm', 'litellm.router'],
  clients: new Map(synchronous('Router')),
  moduleIsClient: false,
  methods: methodsOf(
    [
      {
        on: '',
        single:
          'acompletion aembedding aimage_generation amoderation arerank aresponses aspeech atext_completion atranscription completion embedding image_generation moderation rerank responses speech text_completion transcription',
      },
    ],
    () => true,
  ),
  retry: { ...pythonRetry, option: 'num_retries', also: ['retry_policy'], perCall: 'argument' },
};
