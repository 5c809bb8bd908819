/** Reads rate-limit errors out of any text: a traceback, a log, a JSON body, a sentence in a chat. */
import type { Span } from '../core/span.ts';
import { durationPattern, seconds } from './durations.ts';
import { records } from './error-records.ts';
import { kinds, type LimitKind } from './kinds.ts';

export interface LimitError {
  readonly status: number;
  readonly provider?: string;
  readonly kind: LimitKind;
  readonly model?: string;
  readonly limit?: number;
  readonly used?: number;
  readonly requested?: number;
  readonly waitSeconds?: number;
  readonly retryable: boolean;
}

/** An error with the place in the text where it stands. */
export interface FoundError {
  readonly at: Span;
  readonly error: LimitError;
}

/**
 * The rate-limit errors of `text`, each once, in reading order. One error is often written several times (message, body,
 * chained exceptions): what says the same is one error, and a vague mention beside an exact one is dropped.
 */
export function findErrors(text: string): readonly FoundError[] {
  const found: FoundError[] = [];
  for (const record of records(text)) {
    const error = readRecord(record.text);
    if (!error) continue;
    const at = spanOf(record);
    const same = found.findIndex((each) => isSame(each.error, error));
    if (same < 0) found.push({ at, error });
    else found[same] = { at: found[same]!.at, error: { ...error, ...found[same]!.error } };
  }
  const exact = found.filter(({ error }) => !isVague(error));
  return found.filter(({ error }) => !isVague(error) || !exact.some((each) => coveredBy(error, each.error)));
}

export function readErrors(text: string): readonly LimitError[] {
  return findErrors(text).map(({ error }) => error);
}

/** The error that is written at `offset`, with all lines that belong to it. */
export function errorAt(text: string, offset: number): FoundError | undefined {
  for (const record of records(text)) {
    const at = spanOf(record);
    if (offset < at.start || offset > at.end) continue;
    const error = readRecord(record.text);
    return error && { at, error };
  }
  return undefined;
}

function spanOf({ start, text }: { readonly start: number; readonly text: string }): Span {
  return { start, end: start + text.trimEnd().length };
}

/** Other things that run out, and limits of those who serve no models. */
const foreign =
  /\bOut of memory\b|\bmessage larger than max\b|\bpull rate limit\b|\bAPI rate limit exceeded for (?:user|installation|site|\d)/i;

function readRecord(raw: string): LimitError | undefined {
  const text = plain(raw);
  if (foreign.test(text)) return undefined;
  const limit = limitOf(text);
  const used = number(text, /\b(?:Used|Current):? ?(\d[\d,_]*(?:\.\d+)?)/i);
  const requested = number(text, /\bRequested:? ?~?(\d[\d,_]*(?:\.\d+)?)/i);
  const named = kindOf(text);
  // What asks for more than the whole limit is too large, whatever wait the provider names.
  const isTooLarge = named.startsWith('tokens') && limit !== undefined && requested !== undefined && requested > limit;
  const kind = isTooLarge ? 'request-too-large' : named;
  const status = statusOf(text, kind);
  if (status !== 429 && kind === 'rate-limit') return undefined;
  const provider = providerOf(text);
  const model = modelOf(text);
  const waitSeconds = waitOf(text);
  return {
    status,
    ...(provider !== undefined && { provider }),
    kind,
    ...(model !== undefined && { model }),
    ...(limit !== undefined && { limit }),
    ...(used !== undefined && { used }),
    ...(requested !== undefined && { requested }),
    ...(waitSeconds !== undefined && { waitSeconds }),
    // A limit of nothing never lets a request through, however long it waits.
    retryable: kinds[kind].retryable && limit !== 0,
  };
}

/** In one line, without the marks of what it was wrapped in: JavaScript's joined strings, a shell's, JSON inside JSON. */
function plain(raw: string): string {
  return raw
    .replace(/['"`]\s*\+\s*[\r\n]+\s*['"`]/g, '')
    .replace(/\\{1,8}n(?=[\s"'{}\]])|\\(?=\r?\n)/g, ' ')
    .replace(/\\{1,8}"/g, '"')
    .replace(/\s+/g, ' ');
}

const limits: readonly RegExp[] = [
  /\bquota_limit_value" value: "(\d+)"/,
  /\bquotaValue['"]?: ?['"]?(\d+)/,
  /\bX-RateLimit-Limit['"]?: ?['"]?(\d+)/i,
  /\bLimit:? ?(\d[\d,_]*(?:\.\d+)?)/i,
  /\brate limit (?:for your organization )?(?:\([^)]{0,80}\) )?(?:of|is) (\d[\d,_]*)/i,
];

function limitOf(text: string): number | undefined {
  for (const pattern of limits) {
    const found = number(text, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

function kindOf(text: string): LimitKind {
  if (/\berror code: 1015\b/i.test(text)) return 'blocked';
  if (/\bRequest too large for\b/i.test(text)) return 'request-too-large';
  // Gemini says “You exceeded your current quota” of every limit, and names it in the violation below.
  if (/\bRESOURCE_EXHAUSTED\b|ai\.google\.dev/.test(text)) return windowOf(text) ?? 'rate-limit';
  if (
    /\b(?:insufficient_quota|credit_balance_exhausted|billing_not_active|(?:organization|project)_(?:spend|usage)_limit_exceeded|usage_limit_exceeded|enforced_spend_limit_reached)\b|exceeded your current quota/i.test(
      text,
    )
  ) {
    return 'quota';
  }
  if (/\bslow_down\b/.test(text)) return 'slow-down';
  if (
    /\b(?:server_is_overloaded|overloaded_error|OverloadedError|flex_unavailable)\b|currently overloaded|experiencing high demand|\b529\b:? Overloaded|Service tier capacity exceeded/i.test(
      text,
    )
  ) {
    return 'overloaded';
  }
  return windowOf(text) ?? 'rate-limit';
}

const windows: readonly (readonly [RegExp, LimitKind])[] = [
  [/\bimages per min/i, 'images-per-minute'],
  [/\(RPD\)|\brequests per day\b|RequestsPer\w*?Day|\bmodels-per-day\b/i, 'requests-per-day'],
  [/\(TPD\)|\btokens per day\b|TokensPer\w*?Day/i, 'tokens-per-day'],
  [
    /\(TPM\)|\btokens per min|TokensPer\w*?Minute|\btoken rate limit\b|request tokens has exceeded your per-minute|\btpm_rate_limit/i,
    'tokens-per-minute',
  ],
  [
    /\(RPM\)|\b(?:requests|queries) per min|RequestsPer\w*?Minute|\bcall rate limit\b|requests has exceeded your per-minute|\brpm_rate_limit/i,
    'requests-per-minute',
  ],
];

function windowOf(text: string): LimitKind | undefined {
  return windows.find(([pattern]) => pattern.test(text))?.[1];
}

function statusOf(text: string, kind: LimitKind): number {
  const explicit =
    /\bError code: (\d{3})\b/i.exec(text) ??
    /\bstatus(?:[ _]?code)?['"]?\s*(?:[:=]\s*|of\s+|is\s+)?['"]?(\d{3})\b/i.exec(text) ??
    /\bHTTP(?:\/[\d.]+)?[\s:]+(\d{3})\b/i.exec(text) ??
    /\b(429|503|529)\b(?=['"]?[\s:-]+(?:[A-Z{]|status))/.exec(text);
  if (explicit) return Number(explicit[1]);
  if (/\boverloaded_error\b|\bOverloadedError\b|\b529\b:? Overloaded/.test(text)) return 529;
  return kind === 'overloaded' && !/\bflex_unavailable\b|high demand/.test(text) ? 503 : 429;
}

const providers: readonly (readonly [RegExp, string])[] = [
  [/\bopenrouter|\bfree-models-per-day\b/i, 'openrouter'],
  [/\bThrottlingException\b|\bbotocore\b|\bbedrock\b/i, 'bedrock'],
  [
    /\bAzure OpenAI\b|\.azure\.com\b|\baka\.ms\/oai|AzureOpenAI|pricing tier|experiencing high demand|Rate limit is exceeded\. Try again in/i,
    'azure',
  ],
  [/\banthropic|\bclaude\.com\b|"type": ?"error", ?"error"|'type': ?'error', ?'error'/i, 'anthropic'],
  [/\bgroq\b/i, 'groq'],
  [/\bRESOURCE_EXHAUSTED\b|ai\.google\.dev|generativelanguage/i, 'google'],
  [/\bmistral(?:ai)?\b|Service tier capacity exceeded|"type": ?"rate_limited"/i, 'mistral'],
  [/\bcohere\b/i, 'cohere'],
  [/\btogether(?:\.ai|\.xyz|\.error|_ai)\b/i, 'together'],
  [/\bcerebras\b|limit exceeded - too many (?:tokens processed|requests sent)/i, 'cerebras'],
  [
    /\bopenai\b|\borganization org-|exceeded your current quota|That model is currently overloaded|images per minute|\b(?:slow_down|server_is_overloaded|service_unavailable_error|credit_balance_exhausted)\b/i,
    'openai',
  ],
];

function providerOf(text: string): string | undefined {
  return providers.find(([pattern]) => pattern.test(text))?.[1];
}

const models: readonly RegExp[] = [
  /\b(?:Rate limit reached|Request too large) for (?:model )?[`'"]?([\w./:@-]+?)[`'"]?(?= in | on |[.:,]?(?: |$))/i,
  /\borg: [^,)]{0,80}, model: ([\w./:@-]+)/,
  /\bquotaDimensions['"]?: ?\{[^}]{0,300}?['"]model['"]: ?['"]([\w./:@-]+)/,
  /\bmodel_name: ([\w./:@-]+)/,
];

function modelOf(text: string): string | undefined {
  for (const pattern of models) {
    const named = pattern.exec(text)?.[1];
    // Old messages name a group of models: `for default-gpt-3.5-turbo in organization`; `for requests` is none.
    if (named && !/^(?:requests|tokens|images|this|the|your|organization|[RT]P[MD])\W*$/i.test(named)) return named;
  }
  return undefined;
}

const inText = new RegExp(String.raw`\b(?:try again|retry(?: after)?) (?:in |after )?(${durationPattern})`, 'i');
const delay = new RegExp(String.raw`\bretryDelay['"]?: ?['"](${durationPattern})['"]`);

function waitOf(text: string): number | undefined {
  const told = inText.exec(text)?.[1] ?? delay.exec(text)?.[1];
  if (told !== undefined) return seconds(told);
  const milliseconds = number(text, /\bretry-after-ms['"]?[:=,]? ?['"]?(\d+(?:\.\d+)?)\b/i);
  if (milliseconds !== undefined) return milliseconds / 1000;
  return number(text, /\bretry-after['"]?[:=,]? ?['"]?(\d+(?:\.\d+)?)\b/i);
}

function number(text: string, pattern: RegExp): number | undefined {
  const digits = pattern.exec(text)?.[1]?.replace(/[,_]/g, '');
  return digits === undefined || digits === '' ? undefined : Number(digits);
}

function isSame(a: LimitError, b: LimitError): boolean {
  return (
    a.kind === b.kind &&
    agree(a.provider, b.provider) &&
    agree(a.model, b.model) &&
    agree(a.limit, b.limit) &&
    agree(a.used, b.used) &&
    agree(a.requested, b.requested) &&
    agree(a.waitSeconds, b.waitSeconds)
  );
}

function agree<T>(a: T | undefined, b: T | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

function isVague(error: LimitError): boolean {
  return error.kind === 'rate-limit';
}

function coveredBy(vague: LimitError, exact: LimitError): boolean {
  return agree(vague.provider, exact.provider) && agree(vague.waitSeconds, exact.waitSeconds);
}
