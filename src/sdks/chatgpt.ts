/** The `chatgpt` package, which sends each message once. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { asynchronous, noRetry } from './unretried.ts';

export const chatgptNode: Sdk = {
  id: 'chatgpt-node',
  name: 'the `chatgpt` package',
  language: 'typescript',
  packageName: 'chatgpt',
  modules: ['chatgpt'],
  clients: new Map(asynchronous('ChatGPTAPI', 'ChatGPTUnofficialProxyAPI')),
  moduleIsClient: false,
  methods: methodsOf([{ on: '', single: 'sendMessage' }], () => true),
  transparent: [],
  baseUrl: 'apiBaseUrl',
  derive: [],
  retry: noRetry,
  errors: { module: 'chatgpt', rateLimit: 'ChatGPTError', shared: true, bases: ['Error'], status: 'statusCode' },
};
