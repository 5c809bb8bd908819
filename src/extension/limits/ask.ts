/** Sends the one request of the limits meter, with the `openai` package: a file of its own, loaded when it is used. */
import OpenAI from 'openai';
import type { MeterRequest } from './request.ts';

export interface MeterAnswer {
  readonly status: number;
  /** The headers that tell of limits, by their small names. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the provider says where it refuses. */
  readonly error?: string;
  readonly seconds: number;
}

/** Throws where no answer comes at all. */
export async function ask(
  { baseUrl, path, body }: MeterRequest,
  key: string,
  signal: AbortSignal,
): Promise<MeterAnswer> {
  // One request is asked for: who retries is seen, and stops when told to.
  const client = new OpenAI({ baseURL: baseUrl, apiKey: key, maxRetries: 0, timeout: 60_000, logLevel: 'off' });
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const response = await client.post(path, { body, signal }).asResponse();
    await response.arrayBuffer();
    return { status: response.status, headers: limitHeaders(response.headers), seconds: seconds() };
  } catch (error) {
    if (!(error instanceof OpenAI.APIError) || error.status === undefined) throw error;
    const { status, message, headers } = error;
    const told = error.error === undefined ? message : `${message} ${JSON.stringify(error.error)}`;
    // A server may quote the key that it does not know.
    return { status, headers: limitHeaders(headers), error: told.replaceAll(key, '…'), seconds: seconds() };
  }
}

function limitHeaders(headers: Headers | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries([...(headers ?? [])].filter(([name]) => /^(?:x-ratelimit-|retry-after)/.test(name)));
}
