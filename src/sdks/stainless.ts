/** What SDKs have in common that come from one generator: OpenAI's, Anthropic's, Groq's, Cerebras's, Together's. */
import type { ClientClass, SdkErrors, SdkRetry } from '../core/catalogue.ts';

export const pythonTraits = {
  language: 'python',
  transparent: ['with_raw_response', 'with_streaming_response'],
  baseUrl: 'base_url',
  derive: ['with_options', 'copy'],
} as const;

export const nodeTraits = {
  language: 'typescript',
  moduleIsClient: false,
  transparent: [],
  baseUrl: 'baseURL',
  derive: ['withOptions'],
} as const;

export const pythonRetry: SdkRetry = {
  option: 'max_retries',
  perCall: 'derive',
  default: 2,
  base: 0.5,
  cap: 8,
  jitter: 0.75,
};

export const nodeRetry: SdkRetry = { ...pythonRetry, option: 'maxRetries', perCall: 'secondArgument' };

/** The classes, each with its twin `Async…`, and the aliases `Client` and `AsyncClient`. */
export function pythonClients(...names: readonly string[]): ReadonlyMap<string, ClientClass> {
  const clients = new Map<string, ClientClass>();
  for (const name of [...names, 'Client']) {
    clients.set(name, { async: false });
    clients.set(`Async${name}`, { async: true });
  }
  return clients;
}

/** The classes that `module` exports; `base` is the one of all its errors. A timeout is an `APIConnectionError`. */
export function pythonErrors(module: string, base: string): SdkErrors {
  return {
    module,
    rateLimit: 'RateLimitError',
    transient: ['InternalServerError', 'APIConnectionError'],
    bases: ['APIStatusError', 'APIError', base],
    status: 'status_code',
  };
}

/** What OpenAI's API says when no money or quota is left. */
export const openaiQuota = { property: 'type', says: 'insufficient_quota' } as const;

export function nodeClients(...names: readonly string[]): ReadonlyMap<string, ClientClass> {
  return new Map(['default', ...names].map((name) => [name, { async: true }]));
}

/** Whether a path is one of these, which are in snake case: Node's camel case means the same ones. */
export function among(...paths: readonly string[]): (path: string) => boolean {
  const known = new Set(paths);
  return (path) => known.has(path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}
