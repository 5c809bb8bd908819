/** The request that the limits meter sends, as small as one can be, and what it costs. */

export interface MeterRequest {
  readonly baseUrl: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Tokens that come back at most. */
const mostAnswered = 16;

export function meterRequest(baseUrl: string, model: string): MeterRequest {
  const base = baseUrl.replace(/\/+$/, '');
  if (/embed/i.test(model)) return { baseUrl: base, path: '/embeddings', body: { model, input: 'Hi' } };
  // OpenAI's newer models refuse the older name, and servers of the same interface know it alone.
  const most = /\.openai\.com(?:[:/]|$)/i.test(base) ? 'max_completion_tokens' : 'max_tokens';
  const body = { model, messages: [{ role: 'user', content: 'Hi' }], [most]: mostAnswered };
  return { baseUrl: base, path: '/chat/completions', body };
}

/** Tokens that are paid for at most: the prompt with its frame, and the answer. */
export function tokensAtMost({ path }: MeterRequest): number {
  return path === '/embeddings' ? 2 : 10 + mostAnswered;
}

/** An address that can be asked: encrypted, or on this machine. */
export function isBaseUrl(text: string): boolean {
  return /^https:\/\/[^\s/]+/.test(text) || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?(?:\/|$)/.test(text);
}

/** The environment's name for a host's key. A key never goes to a host that it isn't for. */
export function keyVariableOf(baseUrl: string, own: string | undefined): string | undefined {
  if (own !== undefined && baseUrl.replace(/\/+$/, '') === own.replace(/\/+$/, '')) return 'OPENAI_API_KEY';
  return variables.find(([host]) => host.test(baseUrl))?.[1];
}

const variables: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/api\.openai\.com(?:[:/]|$)/i, 'OPENAI_API_KEY'],
  [/^https:\/\/api\.groq\.com(?:[:/]|$)/i, 'GROQ_API_KEY'],
  [/^https:\/\/openrouter\.ai(?:[:/]|$)/i, 'OPENROUTER_API_KEY'],
  [/^https:\/\/api\.together\.(?:ai|xyz)(?:[:/]|$)/i, 'TOGETHER_API_KEY'],
  [/^https:\/\/api\.mistral\.ai(?:[:/]|$)/i, 'MISTRAL_API_KEY'],
];
