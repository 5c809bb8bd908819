/** Amazon's SDKs for the models on Bedrock. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous, synchronous } from './unretried.ts';

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

/** One module makes the clients of all services; the methods are those that only Bedrock's has. */
export const bedrockPython: Sdk = {
  id: 'bedrock-python',
  name: 'boto3',
  language: 'python',
  packageName: 'boto3',
  modules: ['boto3', 'boto3.session', 'aioboto3'],
  clients: new Map(synchronous('client', 'Session', 'session.Session')),
  moduleIsClient: false,
  methods: methodsOf(
    [{ on: '', single: 'converse converse_stream invoke_model invoke_model_with_response_stream' }],
    () => true,
  ),
  transparent: [],
  baseUrl: 'endpoint_url',
  derive: ['client'],
  // The n-th wait is 2ⁿ seconds times a random factor from 0 to 1.
  retry: {
    option: 'config.retries.max_attempts',
    also: ['config.retries.total_max_attempts', 'config.retries.mode'],
    perCall: 'derive',
    default: 4,
    base: 1,
    cap: 16,
    jitter: 0,
  },
  errors: {
    module: 'botocore.exceptions',
    rateLimit: 'ClientError',
    shared: true,
    bases: [],
    status: 'response',
  },
};
