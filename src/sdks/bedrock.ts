/** Amazon's SDK for the models on Bedrock. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous } from './unretried.ts';

export const bedrockNode: Sdk = {
  id: 'bedrock-node',
  name: 'the AWS SDK',
  language: 'typescript',
  packageName: '@aws-sdk/client-bedrock-runtime',
  modules: ['@aws-sdk/client-bedrock-runtime'],
  clients: new Map(asynchronous('BedrockRuntimeClient', 'BedrockRuntime')),
  moduleIsClient: false,
  methods: methodsOf(
    [{ on: '', single: 'converse converseStream invokeModel invokeModelWithResponseStream send' }],
    () => true,
  ),
  transparent: [],
  baseUrl: 'endpoint',
  derive: [],
  // A throttled request waits longer than others do; the random factor is 0 to 1, of which half is the mean.
  retry: {
    option: 'maxAttempts',
    also: ['retryStrategy'],
    counts: 'attempts',
    perCall: 'none',
    default: 2,
    base: 0.5,
    cap: 20,
    jitter: 0.5,
  },
  errors: {
    module: '@aws-sdk/client-bedrock-runtime',
    rateLimit: 'ThrottlingException',
    bases: ['BedrockRuntimeServiceException'],
    status: '$metadata.httpStatusCode',
  },
};
