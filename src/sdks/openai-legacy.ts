/** The OpenAI SDKs before their present shape, Python 0.x and Node 3: module-level classes, and no retry of a 429. */
import type { Sdk } from '../core/catalogue.ts';
import { type MethodGroup, methodsOf } from './methods.ts';

const pythonInference: readonly MethodGroup[] = [
  { on: 'Audio', single: 'atranscribe atranscribe_raw atranslate atranslate_raw' },
  { on: 'Audio', single: 'transcribe transcribe_raw translate translate_raw' },
  { on: 'ChatCompletion', single: 'acreate create' },
  { on: 'Completion', single: 'acreate create' },
  { on: 'Edit', single: 'acreate create' },
  { on: 'Embedding', single: 'acreate create' },
  { on: 'Image', single: 'acreate acreate_edit acreate_variation create create_edit create_variation' },
  { on: 'Moderation', single: 'acreate create' },
];

const pythonControl: readonly MethodGroup[] = [
  { on: 'Customer', single: 'acreate create' },
  {
    on: 'Deployment',
    single: 'acreate adelete alist aretrieve create delete list retrieve',
    paginated: 'auto_paging_iter',
  },
  { on: 'Engine', single: 'alist amodify aretrieve list modify retrieve', paginated: 'auto_paging_iter' },
  {
    on: 'File',
    single: 'acreate adelete adownload afind_matching_files alist aretrieve',
    paginated: 'auto_paging_iter',
  },
  {
    on: 'File',
    single: 'create delete download find_matching_files list retrieve',
    helper: 'wait_for_processing',
  },
  {
    on: 'FineTune',
    single: 'acancel acreate adelete alist alist_events aretrieve astream_events',
    paginated: 'auto_paging_iter',
  },
  { on: 'FineTune', single: 'cancel create delete list list_events retrieve stream_events' },
  {
    on: 'FineTuningJob',
    single: 'acancel acreate adelete alist alist_events aretrieve',
    paginated: 'auto_paging_iter',
  },
  { on: 'FineTuningJob', single: 'cancel create delete list list_events retrieve' },
  { on: 'Model', single: 'adelete alist aretrieve delete list retrieve', paginated: 'auto_paging_iter' },
];

const nodeInference: readonly MethodGroup[] = [
  {
    on: '',
    single:
      'createAnswer createChatCompletion createClassification createCompletion createEdit createEmbedding createImage createImageEdit createImageVariation createModeration createSearch createTranscription createTranslation',
  },
];

const nodeControl: readonly MethodGroup[] = [
  {
    on: '',
    single:
      'cancelFineTune createFile createFineTune deleteFile deleteModel downloadFile listEngines listFiles listFineTuneEvents listFineTunes listModels retrieveEngine retrieveFile retrieveFineTune retrieveModel',
  },
];

export const openaiPython0: Sdk = {
  id: 'openai-python-0',
  name: 'the OpenAI SDK before 1.0',
  language: 'python',
  packageName: 'openai',
  modules: ['openai'],
  clients: new Map(),
  moduleIsClient: true,
  methods: new Map([...methodsOf(pythonInference, () => true), ...methodsOf(pythonControl, () => false)]),
  transparent: [],
  derive: [],
  retry: { perCall: 'none', default: 0, base: 0, cap: 0, jitter: 1 },
  errors: {
    module: 'openai.error',
    rateLimit: 'RateLimitError',
    bases: ['OpenAIError'],
    status: 'http_status',
    // Its errors do not carry the code; the text of the refusal is the same ever since.
    quota: { says: 'exceeded your current quota' },
    renamed: new Map([
      ['APIConnectionError', 'error.APIConnectionError'],
      ['APIStatusError', undefined],
      ['APITimeoutError', 'error.Timeout'],
      ['AuthenticationError', 'error.AuthenticationError'],
      ['BadRequestError', 'error.InvalidRequestError'],
      ['InternalServerError', undefined],
      ['PermissionDeniedError', 'error.PermissionError'],
      ['RateLimitError', 'error.RateLimitError'],
    ]),
    below: 1,
  },
};

export const openaiNode3: Sdk = {
  id: 'openai-node-3',
  name: 'the OpenAI SDK before 4.0',
  language: 'typescript',
  packageName: 'openai',
  modules: ['openai'],
  clients: new Map([['OpenAIApi', { async: true }]]),
  moduleIsClient: false,
  methods: new Map([...methodsOf(nodeInference, () => true), ...methodsOf(nodeControl, () => false)]),
  transparent: [],
  derive: [],
  retry: { perCall: 'none', default: 0, base: 0, cap: 0, jitter: 1 },
  // It has no error classes: what comes out is axios's.
  errors: { module: 'axios', rateLimit: 'AxiosError', bases: [], status: 'response.status' },
};

/** The same methods over `fetch`, for runtimes without Node: a refusal comes back as a response. */
export const openaiEdge: Sdk = {
  ...openaiNode3,
  id: 'openai-edge',
  name: 'openai-edge',
  packageName: 'openai-edge',
  modules: ['openai-edge'],
  errors: { module: 'openai-edge', rateLimit: 'RequiredError', shared: true, bases: [], status: 'status' },
};
