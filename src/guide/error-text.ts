/** Reads rate-limit errors out of any text: a traceback, a log, a JSON body, a sentence in a chat. */
import type { Span } from '../core/span.ts';
import { durationPattern, seconds } from './durations.ts';
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
    const at = { start: record.start, end: record.start + record.text.trimEnd().length };
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

/** What an error looks like where it begins. A record is such a line with the lines below that belong to it. */
const signs = [
  // The class at the head of a traceback's last line or of a printed error. `except RateLimitError:` is code, no error.
  String.raw`\b(?:RateLimitError|TooManyRequests(?:Error|Exception)?|OverloadedError)\b(?:\s*:\s*\S|\s*$|\()`,
  String.raw`raised RateLimitError\b`,
  String.raw`Error code: (?:429|503|529)\b`,
  String.raw`\bHTTP(?:\/[\d.]+)?[\s:]+(?:status(?: code)?[\s:]+)?429\b`,
  String.raw`\bstatus(?:[ _]?code)?['"]?\s*(?:[:=]\s*|of\s+|is\s+)?['"]?(?:429|529)\b`,
  String.raw`\b429\b['")\]]*[\s:-]+(?:Too Many Requests|Rate limit|status code|You exceeded|Request too large|RESOURCE_EXHAUSTED|\{)`,
  String.raw`\bToo Many Requests\b`,
  String.raw`\bResponse \[429\]`,
  String.raw`\bRate limit (?:is |was )?(?:reached|exceeded|hit)\b`,
  String.raw`\bexceeded?\s+(?:your|the)\s+[^.\n]{0,40}rate limit\b`,
  String.raw`\brate_limit_(?:exceeded|error|reached)\b`,
  String.raw`\bRequest too large for\b`,
  String.raw`\bYou exceeded your current quota\b`,
  String.raw`\b(?:insufficient_quota|credit_balance_exhausted|billing_not_active|(?:organization|project)_(?:spend|usage)_limit_exceeded|usage_limit_exceeded|enforced_spend_limit_reached)\b`,
  String.raw`\bhave exceeded (?:the )?(?:token|call) rate limit\b`,
  String.raw`\bsystem is currently experiencing high demand\b`,
  String.raw`\bmodel is currently overloaded\b`,
  String.raw`\b(?:server_is_overloaded|overloaded_error|flex_unavailable)\b`,
  String.raw`['"]slow_down['"]|\bcode[=: ]+slow_down\b`,
  String.raw`\berror code: 1015\b`,
  String.raw`\bRESOURCE_EXHAUSTED\b`,
];
const sign = new RegExp(signs.join('|'), 'i');

/** A record's later lines tell wait and numbers; further down a log speaks of something else. */
const maxLinesInRecord = 40;

function* records(text: string): Iterable<{ readonly start: number; readonly text: string }> {
  let open: { start: number; end: number; lines: number } | undefined;
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const line = match[0];
    if (line === '') break;
    const end = match.index + line.length;
    if (sign.test(line)) {
      if (open) yield { start: open.start, text: text.slice(open.start, open.end) };
      open = { start: match.index, end, lines: 1 };
    } else if (open && line.trim() !== '' && open.lines < maxLinesInRecord) {
      open = { start: open.start, end, lines: open.lines + 1 };
    } else if (open) {
      yield { start: open.start, text: text.slice(open.start, open.end) };
      open = undefined;
    }
  }
  if (open) yield { start: open.start, text: text.slice(open.start, open.end) };
}

function readRecord(raw: string): LimitError | undefined {
  // A printed error breaks its message into pieces: `'… Limit 30000, ' +\n  'Used 29937'`.
  const text = raw.replace(/['"`]\s*\+\s*[\r\n]+\s*['"`]/g, '').replace(/\s+/g, ' ');
  const kind = kindOf(text);
  const status = statusOf(text, kind);
  if (status !== 429 && kind === 'rate-limit') return undefined;
  const limit = number(text, /\bLimit:? ?(\d[\d,_]*(?:\.\d+)?)/i) ?? number(text, /rate limit of (\d[\d,_]*)/i);
  const used = number(text, /\b(?:Used|Current):? ?(\d[\d,_]*(?:\.\d+)?)/i);
  const requested = number(text, /\bRequested:? ?(\d[\d,_]*(?:\.\d+)?)/i);
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
    /\b(?:server_is_overloaded|overloaded_error|OverloadedError|flex_unavailable)\b|currently overloaded|experiencing high demand/i.test(
      text,
    )
  ) {
    return 'overloaded';
  }
  return windowOf(text) ?? 'rate-limit';
}

const windows: readonly (readonly [RegExp, LimitKind])[] = [
  [/\bimages per min/i, 'images-per-minute'],
  [/\(RPD\)|\brequests per day\b|RequestsPerDay/i, 'requests-per-day'],
  [/\(TPD\)|\btokens per day\b|TokensPerDay/i, 'tokens-per-day'],
  [
    /\(TPM\)|\btokens per min|TokensPerMinute|\btoken rate limit\b|request tokens has exceeded your per-minute/i,
    'tokens-per-minute',
  ],
  [
    /\(RPM\)|\brequests per min|RequestsPerMinute|\bcall rate limit\b|requests has exceeded your per-minute/i,
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
  if (/\boverloaded_error\b|\bOverloadedError\b/.test(text)) return 529;
  return kind === 'overloaded' && !/\bflex_unavailable\b|high demand/.test(text) ? 503 : 429;
}

const providers: readonly (readonly [RegExp, string])[] = [
  [
    /\bAzure OpenAI\b|\.azure\.com\b|\baka\.ms\/oai|AzureOpenAI|pricing tier|experiencing high demand|Rate limit is exceeded\. Try again in/i,
    'azure',
  ],
  [/\banthropic\b|"type": ?"error", ?"error"|'type': ?'error', ?'error'/i, 'anthropic'],
  [/\bgroq\b/i, 'groq'],
  [/\bRESOURCE_EXHAUSTED\b|ai\.google\.dev|generativelanguage/i, 'google'],
  [/\bmistral(?:ai)?\b/i, 'mistral'],
  [/\bcohere\b/i, 'cohere'],
  [/\btogether(?:\.ai|\.error|_ai)\b/i, 'together'],
  [/\bcerebras\b/i, 'cerebras'],
  [
    /\bopenai\b|\borganization org-|exceeded your current quota|That model is currently overloaded|images per minute|\b(?:slow_down|server_is_overloaded|service_unavailable_error|credit_balance_exhausted)\b/i,
    'openai',
  ],
];

function providerOf(text: string): string | undefined {
  return providers.find(([pattern]) => pattern.test(text))?.[1];
}

function modelOf(text: string): string | undefined {
  const named =
    /\b(?:Rate limit reached|Request too large) for (?:model )?[`'"]?([\w./:@-]+?)[`'"]?(?= in |[.:,]?(?: |$))/i.exec(
      text,
    )?.[1];
  // Old messages name a group of models: `for default-gpt-3.5-turbo in organization`; `for requests` is none.
  return named && !/^(?:requests|tokens|images|this|the|your)$/i.test(named) ? named : undefined;
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
