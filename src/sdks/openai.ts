/** The OpenAI SDKs of today: Python from 1.0 on, Node from 4.0 on. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { derived as node } from './openai-node-methods.ts';
import { derived as python } from './openai-python-methods.ts';
import {
  among,
  nodeClients,
  nodeRetry,
  nodeTraits,
  openaiQuota,
  pythonClients,
  pythonErrors,
  pythonRetry,
  pythonTraits,
} from './stainless.ts';

/**
 * Paths that spend model capacity. Everything else is the plane around it. `post` and `request` are the client's own
 * verbs: with them, nobody lists files.
 */
const isInference = among(
  'post',
  'request',
  'audio.speech.create',
  'audio.transcriptions.create',
  'audio.translations.create',
  'beta.agents.automations.invocations.create',
  'beta.agents.sessions.create',
  'beta.agents.sessions.events.create',
  'beta.agents.sessions.stream',
  'beta.chat.completions.create',
  'beta.chat.completions.parse',
  'beta.chat.completions.run_functions',
  'beta.chat.completions.run_tools',
  'beta.chat.completions.stream',
  'beta.responses.compact',
  'beta.responses.create',
  'beta.threads.create_and_run',
  'beta.threads.create_and_run_poll',
  'beta.threads.create_and_run_stream',
  'beta.threads.runs.create',
  'beta.threads.runs.create_and_poll',
  'beta.threads.runs.create_and_stream',
  'beta.threads.runs.stream',
  'beta.threads.runs.submit_tool_outputs',
  'beta.threads.runs.submit_tool_outputs_and_poll',
  'beta.threads.runs.submit_tool_outputs_stream',
  'chat.completions.create',
  'chat.completions.parse',
  'chat.completions.run_tools',
  'chat.completions.stream',
  'completions.create',
  'decisions.create',
  'edits.create',
  'embeddings.create',
  'images.create_variation',
  'images.edit',
  'images.generate',
  'moderations.create',
  'responses.compact',
  'responses.create',
  'responses.parse',
  'responses.stream',
  'videos.create',
  'videos.create_and_poll',
  'videos.edit',
  'videos.extend',
  'videos.remix',
);

/** What was in `openai.error` before 1.0, and names that were never there. */
const pythonRenamed: ReadonlyMap<string, string | undefined> = new Map([
  ...[
    ['APIConnectionError', 'APIConnectionError'],
    ['APIError', 'APIError'],
    ['AuthenticationError', 'AuthenticationError'],
    ['InvalidRequestError', 'BadRequestError'],
    ['OpenAIError', 'OpenAIError'],
    ['PermissionError', 'PermissionDeniedError'],
    ['RateLimitError', 'RateLimitError'],
    ['ServiceUnavailableError', 'InternalServerError'],
    ['SignatureVerificationError', undefined],
    ['Timeout', 'APITimeoutError'],
    ['TryAgain', 'ConflictError'],
  ].flatMap(([old, now]): [string, string | undefined][] => [
    [`error.${old}`, now],
    [`errors.${old}`, now],
    ...(old === now ? [] : [[old!, now] as [string, string | undefined]]),
  ]),
]);

export const openaiPython: Sdk = {
  ...pythonTraits,
  id: 'openai-python',
  name: 'the OpenAI SDK',
  packageName: 'openai',
  modules: ['openai', 'openai.lib.azure', 'openai.lib.bedrock', 'langfuse.openai'],
  clients: pythonClients('OpenAI', 'AzureOpenAI', 'BedrockOpenAI'),
  moduleIsClient: true,
  methods: methodsOf(python.groups, isInference),
  retry: pythonRetry,
  errors: {
    ...pythonErrors('openai', 'OpenAIError'),
    renamed: pythonRenamed,
    quota: openaiQuota,
    others: ['Timeout'],
    since: 1,
    inStream: 'APIError',
  },
};

export const openaiNode: Sdk = {
  ...nodeTraits,
  id: 'openai-node',
  name: 'the OpenAI SDK',
  packageName: 'openai',
  modules: [
    'openai',
    'openai/index',
    'openai/index.js',
    'openai/index.mjs',
    'openai/client',
    'openai/azure',
    'openai/bedrock',
    'npm:openai',
    '@openai/openai',
    'jsr:@openai/openai',
  ],
  clients: nodeClients('OpenAI', 'AzureOpenAI', 'BedrockOpenAI'),
  methods: methodsOf(node.groups, isInference),
  retry: nodeRetry,
  errors: {
    module: 'openai',
    rateLimit: 'RateLimitError',
    bases: ['APIError', 'OpenAIError'],
    status: 'status',
    quota: openaiQuota,
    renamed: new Map([
      ['APIStatusError', 'APIError'],
      ['APITimeoutError', 'APIConnectionTimeoutError'],
      ['InvalidRequestError', 'BadRequestError'],
    ]),
    since: 4,
    inStream: 'APIError',
  },
};
