/** What SDKs have in common that send no 429 again unless they are told to. */
import type { ClientClass, SdkErrors, SdkRetry } from '../core/catalogue.ts';

export const noRetry: SdkRetry = { perCall: 'none', default: 0, base: 0, cap: 0, jitter: 1 };

/** The classes that gRPC's status 8, `RESOURCE_EXHAUSTED`, becomes in Google's Python libraries. */
export const googleErrors: SdkErrors = {
  module: 'google.api_core.exceptions',
  rateLimit: 'ResourceExhausted',
  bases: ['TooManyRequests', 'ClientError', 'GoogleAPICallError', 'GoogleAPIError'],
  status: 'code',
};

export function synchronous(...names: readonly string[]): readonly (readonly [string, ClientClass])[] {
  return names.map((name) => [name, { async: false }]);
}

export function asynchronous(...names: readonly string[]): readonly (readonly [string, ClientClass])[] {
  return names.map((name) => [name, { async: true }]);
}
