/** The AI SDK of Vercel: functions and agents over all providers' models. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous } from './unretried.ts';

/** Packages whose models run on this machine. */
const localProvider = /^(@[\w-]+\/)?(ai-sdk-)?(ollama|llama-?cpp|lm-?studio|browser-ai|built-in-ai|transformers-js)\b/;

export const vercelAi: Sdk = {
  id: 'vercel-ai',
  name: 'the AI SDK',
  language: 'typescript',
  packageName: 'ai',
  modules: ['ai', 'npm:ai'],
  clients: new Map(asynchronous('ToolLoopAgent', 'Experimental_Agent', 'Agent')),
  moduleIsClient: true,
  methods: methodsOf(
    [
      // Of the module.
      {
        on: '',
        single:
          'embed embedMany generateImage generateObject generateSpeech generateText generateVideo rerank transcribe',
        stream: 'streamObject streamText',
      },
      {
        on: '',
        single:
          'experimental_generateImage experimental_generateObject experimental_generateSpeech experimental_generateText experimental_generateVideo experimental_transcribe',
        stream: 'experimental_streamObject experimental_streamText',
      },
      // Of an agent.
      { on: '', helper: 'generate', stream: 'stream' },
    ],
    () => true,
  ),
  transparent: [],
  local: [{ argument: 'model', matches: localProvider }],
  derive: [],
  runs: 'tools',
  retry: {
    option: 'maxRetries',
    perCall: 'argument',
    raisedByArgument: true,
    default: 2,
    base: 2,
    cap: Number.POSITIVE_INFINITY,
    jitter: 1,
  },
  errors: {
    module: 'ai',
    rateLimit: 'RetryError',
    shared: true,
    bases: ['AISDKError'],
    status: 'lastError.statusCode',
    // The error of a single attempt comes as it is where the SDK's own retries are off.
    reads: { status: 'statusCode', headers: 'responseHeaders', body: 'responseBody', retryable: 'isRetryable' },
    quota: { says: 'exceeded your current quota' },
  },
};
