/** General HTTP clients: none of them sends a POST again after a 429, and many take the 429 for an answer like any other. */
import type { ClientClass, HttpCall, HttpClient, Sdk, SdkErrors } from '../core/catalogue.ts';
import type { LanguageId } from '../core/facts.ts';
import { endpoints } from './http-endpoints.ts';
import { asynchronous, noRetry, synchronous } from './unretried.ts';

const post: HttpCall = { verb: 'POST', url: 0, body: 1 };
const verbFirst: HttpCall = { verbAt: 0, url: 1, body: 2 };
const withOptions: HttpCall = { url: 0 };

interface Traits {
  readonly id: string;
  /** As code calls it. */
  readonly name: string;
  readonly packageName: string;
  readonly modules: readonly string[];
  readonly clients?: readonly (readonly [string, ClientClass])[];
  readonly baseUrl?: string;
  readonly errors: SdkErrors;
  readonly http: Omit<HttpClient, 'endpoints' | 'functions' | 'methods'> & {
    readonly functions: Readonly<Record<string, HttpCall>>;
    readonly methods?: Readonly<Record<string, HttpCall>>;
  };
}

function httpClient(language: LanguageId, traits: Traits): Sdk {
  const { id, name, packageName, modules, clients = [], baseUrl, errors, http } = traits;
  return {
    id: `http-${id}`,
    name: `\`${name}\``,
    language,
    packageName,
    modules,
    clients: new Map(clients),
    moduleIsClient: true,
    methods: new Map(),
    transparent: [],
    ...(baseUrl && { baseUrl }),
    derive: [],
    retry: noRetry,
    errors,
    http: {
      ...http,
      functions: new Map(Object.entries(http.functions)),
      methods: new Map(Object.entries(http.methods ?? {})),
      endpoints,
    },
  };
}

const requests = httpClient('python', {
  id: 'requests',
  name: 'requests',
  packageName: 'requests',
  modules: ['requests', 'requests.sessions', 'requests.api'],
  clients: synchronous('Session', 'session'),
  errors: {
    module: 'requests.exceptions',
    rateLimit: 'HTTPError',
    shared: true,
    bases: ['RequestException', 'IOError', 'OSError', 'EnvironmentError'],
    status: 'response.status_code',
  },
  http: {
    refusal: 'returned',
    functions: { post, request: verbFirst },
    methods: { post, request: verbFirst },
  },
});

const httpx = httpClient('python', {
  id: 'httpx',
  name: 'httpx',
  packageName: 'httpx',
  modules: ['httpx'],
  clients: [...synchronous('Client'), ...asynchronous('AsyncClient')],
  baseUrl: 'base_url',
  errors: {
    module: 'httpx',
    rateLimit: 'HTTPStatusError',
    shared: true,
    bases: ['HTTPError'],
    status: 'response.status_code',
  },
  http: {
    refusal: 'returned',
    raisesOption: 'event_hooks',
    retryOption: 'transport',
    functions: { post, request: verbFirst, stream: verbFirst },
    methods: { post, request: verbFirst, stream: verbFirst },
  },
});

const aiohttp = httpClient('python', {
  id: 'aiohttp',
  name: 'aiohttp',
  packageName: 'aiohttp',
  modules: ['aiohttp', 'aiohttp.client'],
  clients: asynchronous('ClientSession'),
  baseUrl: 'base_url',
  errors: {
    module: 'aiohttp',
    rateLimit: 'ClientResponseError',
    shared: true,
    bases: ['ClientError'],
    status: 'status',
  },
  http: {
    refusal: 'returned',
    raisesOption: 'raise_for_status',
    functions: { request: verbFirst },
    methods: { post, request: verbFirst },
  },
});

const urllib = httpClient('python', {
  id: 'urllib',
  name: 'urllib',
  packageName: 'python',
  modules: ['urllib.request'],
  errors: {
    module: 'urllib.error',
    rateLimit: 'HTTPError',
    shared: true,
    bases: ['URLError', 'OSError', 'IOError'],
    status: 'code',
  },
  http: { refusal: 'raised', functions: { urlopen: { url: 0, body: 1 } } },
});

const urllib3 = httpClient('python', {
  id: 'urllib3',
  name: 'urllib3',
  packageName: 'urllib3',
  modules: ['urllib3'],
  clients: synchronous('PoolManager', 'ProxyManager'),
  errors: { module: 'urllib3.exceptions', rateLimit: 'HTTPError', shared: true, bases: [], status: 'status' },
  http: {
    refusal: 'returned',
    retryOption: 'retries',
    functions: { request: verbFirst },
    methods: { request: verbFirst },
  },
});

const httpClientPython = httpClient('python', {
  id: 'http.client',
  name: 'http.client',
  packageName: 'python',
  modules: ['http.client'],
  clients: synchronous('HTTPSConnection', 'HTTPConnection'),
  baseUrl: 'host',
  errors: { module: 'http.client', rateLimit: 'HTTPException', shared: true, bases: [], status: 'status' },
  http: { refusal: 'elsewhere', functions: {}, methods: { request: verbFirst } },
});

/** JavaScript catches without naming a class. */
const anyError = (module: string, rateLimit: string, status: string): SdkErrors => ({
  module,
  rateLimit,
  shared: true,
  bases: ['Error'],
  status,
});

const fetch = httpClient('typescript', {
  id: 'fetch',
  name: 'fetch',
  packageName: 'node-fetch',
  modules: [
    'node-fetch',
    'undici',
    'cross-fetch',
    'isomorphic-fetch',
    'isomorphic-unfetch',
    'unfetch',
    'node-fetch-native',
    'expo/fetch',
    '@tauri-apps/plugin-http',
  ],
  errors: anyError('node-fetch', 'FetchError', 'status'),
  http: {
    refusal: 'returned',
    global: 'fetch',
    functions: { '': withOptions, default: withOptions, fetch: withOptions, request: withOptions },
  },
});

const ofetch = httpClient('typescript', {
  id: 'ofetch',
  name: 'ofetch',
  packageName: 'ofetch',
  modules: ['ofetch'],
  errors: {
    ...anyError('ofetch', 'FetchError', 'status'),
    reads: { status: 'status', headers: 'response.headers', body: 'data' },
  },
  http: {
    refusal: 'raised',
    raisesOption: 'ignoreResponseError',
    retryOption: 'retry',
    functions: { ofetch: withOptions, $fetch: withOptions },
  },
});

const axios = httpClient('typescript', {
  id: 'axios',
  name: 'axios',
  packageName: 'axios',
  modules: ['axios'],
  clients: asynchronous('create', 'Axios', 'AxiosInstance'),
  baseUrl: 'baseURL',
  errors: {
    ...anyError('axios', 'AxiosError', 'response.status'),
    reads: { status: 'response.status', headers: 'response.headers', body: 'response.data' },
  },
  http: {
    refusal: 'raised',
    raisesOption: 'validateStatus',
    functions: { '': withOptions, default: withOptions, post, postForm: post, request: withOptions },
    methods: { '': withOptions, post, postForm: post, request: withOptions },
  },
});

const optionsSecond: HttpCall = { verb: 'POST', url: 0 };

const ky = httpClient('typescript', {
  id: 'ky',
  name: 'ky',
  packageName: 'ky',
  modules: ['ky'],
  clients: asynchronous('create', 'extend', 'KyInstance'),
  baseUrl: 'prefixUrl',
  errors: anyError('ky', 'HTTPError', 'response.status'),
  http: {
    refusal: 'raised',
    raisesOption: 'throwHttpErrors',
    retryOption: 'retry',
    functions: { '': withOptions, default: withOptions, post: optionsSecond },
    methods: { '': withOptions, post: optionsSecond },
  },
});

const got = httpClient('typescript', {
  id: 'got',
  name: 'got',
  packageName: 'got',
  modules: ['got'],
  clients: asynchronous('extend', 'Got'),
  baseUrl: 'prefixUrl',
  errors: {
    ...anyError('got', 'HTTPError', 'response.statusCode'),
    reads: { status: 'response.statusCode', headers: 'response.headers', body: 'response.body' },
  },
  http: {
    refusal: 'raised',
    raisesOption: 'throwHttpErrors',
    retryOption: 'retry',
    functions: {
      '': withOptions,
      default: withOptions,
      got: withOptions,
      post: optionsSecond,
      'got.post': optionsSecond,
    },
    methods: { '': withOptions, post: optionsSecond },
  },
});

const obsidian = httpClient('typescript', {
  id: 'obsidian',
  name: 'requestUrl',
  packageName: 'obsidian',
  modules: ['obsidian'],
  errors: anyError('obsidian', 'Error', 'status'),
  http: { refusal: 'raised', raisesOption: 'throw', functions: { requestUrl: withOptions } },
});

const nodeHttps = httpClient('typescript', {
  id: 'https',
  name: 'node:https',
  packageName: '@types/node',
  modules: ['https', 'node:https'],
  errors: anyError('node:https', 'Error', 'statusCode'),
  http: { refusal: 'elsewhere', functions: { request: withOptions, 'default.request': withOptions } },
});

/** It connects again until its `onerror` throws. */
const fetchEventSource = httpClient('typescript', {
  id: 'fetch-event-source',
  name: 'fetchEventSource',
  packageName: '@microsoft/fetch-event-source',
  modules: ['@microsoft/fetch-event-source', '@fortaine/fetch-event-source'],
  errors: anyError('@microsoft/fetch-event-source', 'Error', 'status'),
  http: { refusal: 'elsewhere', functions: { fetchEventSource: withOptions } },
});

const sse = httpClient('typescript', {
  id: 'sse',
  name: 'SSE',
  packageName: 'sse.js',
  modules: ['sse.js', 'sse'],
  errors: anyError('sse.js', 'Error', 'responseCode'),
  http: { refusal: 'elsewhere', retryOption: 'autoReconnect', functions: { SSE: { verb: 'POST', url: 0 } } },
});

export const httpClients: readonly Sdk[] = [
  requests,
  httpx,
  aiohttp,
  urllib,
  urllib3,
  httpClientPython,
  fetch,
  ofetch,
  axios,
  ky,
  got,
  obsidian,
  nodeHttps,
  fetchEventSource,
  sse,
];
