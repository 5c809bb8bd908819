/** Zhipu’s SDKs for its GLM models: `zhipuai`, and `zai` that followed it. They retry on one schedule and ignore `retry-after`. */
import type { Sdk, SdkErrors } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { pythonRetry } from './stainless.ts';
import { synchronous } from './unretried.ts';

type Shared = Omit<Sdk, 'id' | 'name' | 'packageName' | 'modules' | 'clients' | 'errors'>;

const shared: Shared = {
  language: 'python',
  moduleIsClient: false,
  methods: methodsOf(
    [
      ...['chat.completions', 'chat.asyncCompletions', 'embeddings', 'moderations', 'audio.transcriptions'].map(
        (on) => ({ on, single: 'create' }),
      ),
      ...['images', 'videos'].map((on) => ({ on, single: 'generations' })),
      { on: 'audio', single: 'speech' },
    ],
    () => true,
  ),
  transparent: ['with_raw_response', 'with_streaming_response'],
  baseUrl: 'base_url',
  derive: [],
  retry: { ...pythonRetry, perCall: 'none', default: 3 },
};

export const zhipuPython: Sdk = {
  ...shared,
  id: 'zhipu-python',
  name: 'the Zhipu SDK',
  packageName: 'zhipuai',
  modules: ['zhipuai'],
  clients: new Map(synchronous('ZhipuAI')),
  errors: errors('zhipuai', 'ZhipuAIError'),
};

export const zaiPython: Sdk = {
  ...shared,
  id: 'zai-python',
  name: 'the Z.ai SDK',
  packageName: 'zai-sdk',
  modules: ['zai'],
  clients: new Map(synchronous('ZaiClient', 'ZhipuAiClient')),
  errors: errors('zai.core', 'ZaiError'),
};

function errors(module: string, base: string): SdkErrors {
  return { module, rateLimit: 'APIReachLimitError', bases: ['APIStatusError', base], status: 'status_code' };
}
