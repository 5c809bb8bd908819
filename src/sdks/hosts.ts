/** SDKs of providers that host other people’s models: Replicate, Hugging Face, Fireworks. */
import type { Sdk } from '../core/catalogue.ts';
import { methodsOf } from './methods.ts';
import { pythonClients, pythonErrors, pythonRetry, pythonTraits } from './stainless.ts';
import { asynchronous, noRetry, synchronous } from './unretried.ts';

/** It repeats GETs alone, and a prediction is a POST. */
export const replicatePython: Sdk = {
  id: 'replicate-python',
  name: 'the Replicate SDK',
  language: 'python',
  packageName: 'replicate',
  modules: ['replicate', 'replicate.client'],
  clients: new Map(synchronous('Client')),
  moduleIsClient: true,
  methods: methodsOf(
    [
      { on: '', helper: 'run', stream: 'stream' },
      { on: '', async: true, helper: 'async_run', stream: 'async_stream' },
      ...['predictions', 'models.predictions', 'deployments.predictions'].flatMap((on) => [
        { on, single: 'create' },
        { on, async: true, single: 'async_create' },
      ]),
    ],
    () => true,
  ),
  transparent: [],
  baseUrl: 'base_url',
  derive: [],
  retry: noRetry,
  errors: {
    module: 'replicate.exceptions',
    rateLimit: 'ReplicateError',
    shared: true,
    bases: ['ReplicateException'],
    status: 'status',
  },
};

/** It repeats a 429 five times, all at once: the waits that it means to make are never reached. */
export const replicateNode: Sdk = {
  id: 'replicate-node',
  name: 'the Replicate SDK',
  language: 'typescript',
  packageName: 'replicate',
  modules: ['replicate', 'npm:replicate'],
  clients: new Map(asynchronous('default')),
  moduleIsClient: false,
  methods: methodsOf(
    [
      { on: '', helper: 'run', stream: 'stream' },
      { on: 'predictions', single: 'create' },
      { on: 'deployments.predictions', single: 'create' },
    ],
    () => true,
  ),
  transparent: [],
  baseUrl: 'baseUrl',
  derive: [],
  retry: { perCall: 'none', default: 5, base: 0, cap: 0, jitter: 1 },
  errors: { module: 'replicate', rateLimit: 'ApiError', shared: true, bases: [], status: 'response.status' },
};

export const huggingfacePython: Sdk = {
  id: 'huggingface-python',
  name: 'the Hugging Face SDK',
  language: 'python',
  packageName: 'huggingface_hub',
  modules: ['huggingface_hub', 'huggingface_hub.inference'],
  clients: new Map([...synchronous('InferenceClient'), ...asynchronous('AsyncInferenceClient')]),
  moduleIsClient: false,
  methods: methodsOf(
    [
      {
        on: '',
        single:
          'audio_classification audio_to_audio automatic_speech_recognition chat_completion document_question_answering feature_extraction fill_mask image_classification image_segmentation image_to_image image_to_text image_to_video object_detection post question_answering sentence_similarity summarization table_question_answering text_classification text_generation text_to_image text_to_speech text_to_video token_classification translation visual_question_answering zero_shot_classification zero_shot_image_classification',
      },
      { on: 'chat.completions', single: 'create' },
    ],
    () => true,
  ),
  transparent: [],
  baseUrl: 'base_url',
  derive: [],
  retry: noRetry,
  errors: {
    module: 'huggingface_hub.errors',
    rateLimit: 'HfHubHTTPError',
    shared: true,
    bases: ['HTTPError', 'OSError'],
    status: 'response.status_code',
  },
};

export const fireworksPython: Sdk = {
  ...pythonTraits,
  id: 'fireworks-python',
  name: 'the Fireworks SDK',
  packageName: 'fireworks-ai',
  modules: ['fireworks'],
  clients: pythonClients('Fireworks'),
  moduleIsClient: false,
  methods: methodsOf(
    ['chat.completions', 'completions', 'messages'].map((on) => ({ on, single: 'create' })),
    () => true,
  ),
  retry: pythonRetry,
  errors: pythonErrors('fireworks', 'FireworksError'),
};
