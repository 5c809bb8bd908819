/** Anthropic's SDKs. */
import type { Sdk } from '../core/catalogue.ts';
import { derived as node } from './anthropic-node-methods.ts';
import { derived as python } from './anthropic-python-methods.ts';
import { type MethodGroup, methodsOf } from './methods.ts';
import {
  among,
  nodeClients,
  nodeRetry,
  nodeTraits,
  pythonClients,
  pythonErrors,
  pythonRetry,
  pythonTraits,
} from './stainless.ts';

const isInference = among(
  'post',
  'request',
  'beta.deployments.run',
  'beta.messages.create',
  'beta.messages.parse',
  'beta.messages.stream',
  'beta.messages.tool_runner',
  'beta.promptCaching.messages.create',
  'beta.prompt_caching.messages.create',
  'beta.prompt_caching.messages.stream',
  'beta.sessions.events.send',
  'beta.tools.messages.create',
  'beta.tools.messages.stream',
  'completions.create',
  'messages.create',
  'messages.parse',
  'messages.stream',
);

/** What the packages themselves no longer have. */
const pythonBefore1: readonly MethodGroup[] = [
  { on: 'beta.prompt_caching.messages', until: 0, single: 'create', stream: 'stream' },
  { on: 'beta.tools.messages', until: 0, single: 'create', stream: 'stream' },
];
const nodeBefore1: readonly MethodGroup[] = [
  { on: 'beta.promptCaching.messages', until: 0, single: 'create' },
  { on: 'beta.tools.messages', until: 0, single: 'create', stream: 'stream' },
];

export const anthropicPython: Sdk = {
  ...pythonTraits,
  id: 'anthropic-python',
  name: 'the Anthropic SDK',
  packageName: 'anthropic',
  modules: ['anthropic'],
  clients: pythonClients(
    'Anthropic',
    'AnthropicAWS',
    'AnthropicBedrock',
    'AnthropicBedrockMantle',
    'AnthropicFoundry',
    'AnthropicGoogleCloud',
    'AnthropicVertex',
  ),
  moduleIsClient: false,
  methods: methodsOf([...python.groups, ...pythonBefore1], isInference),
  retry: pythonRetry,
  errors: pythonErrors('anthropic', 'AnthropicError'),
};

export const anthropicNode: Sdk = {
  ...nodeTraits,
  id: 'anthropic-node',
  name: 'the Anthropic SDK',
  packageName: '@anthropic-ai/sdk',
  modules: [
    '@anthropic-ai/sdk',
    '@anthropic-ai/bedrock-sdk',
    '@anthropic-ai/vertex-sdk',
    '@anthropic-ai/foundry-sdk',
    'npm:@anthropic-ai/sdk',
  ],
  clients: nodeClients(
    'Anthropic',
    'AnthropicBedrock',
    'AnthropicBedrockMantle',
    'AnthropicFoundry',
    'AnthropicVertex',
  ),
  methods: methodsOf([...node.groups, ...nodeBefore1], isInference),
  retry: nodeRetry,
  errors: {
    module: '@anthropic-ai/sdk',
    rateLimit: 'RateLimitError',
    bases: ['APIError', 'AnthropicError'],
    status: 'status',
  },
};
