/** Cerebras's SDKs. */
import type { Sdk } from '../core/catalogue.ts';
import { derived as node } from './cerebras-node-methods.ts';
import { derived as python } from './cerebras-python-methods.ts';
import { methodsOf } from './methods.ts';
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

const isInference = among('post', 'request', 'chat.completions.create', 'completions.create');

export const cerebrasPython: Sdk = {
  ...pythonTraits,
  id: 'cerebras-python',
  name: 'the Cerebras SDK',
  packageName: 'cerebras-cloud-sdk',
  modules: ['cerebras.cloud.sdk'],
  clients: pythonClients('Cerebras'),
  moduleIsClient: false,
  methods: methodsOf(python.groups, isInference),
  retry: pythonRetry,
  errors: pythonErrors('cerebras.cloud.sdk', 'CerebrasError'),
};

export const cerebrasNode: Sdk = {
  ...nodeTraits,
  // It stands on the generator's former base, which has no `withOptions`.
  derive: [],
  id: 'cerebras-node',
  name: 'the Cerebras SDK',
  packageName: '@cerebras/cerebras_cloud_sdk',
  modules: ['@cerebras/cerebras_cloud_sdk', 'npm:@cerebras/cerebras_cloud_sdk'],
  clients: nodeClients('Cerebras'),
  methods: methodsOf(node.groups, isInference),
  retry: nodeRetry,
  errors: {
    module: '@cerebras/cerebras_cloud_sdk',
    rateLimit: 'RateLimitError',
    bases: ['APIError', 'CerebrasError'],
    status: 'status',
  },
};
