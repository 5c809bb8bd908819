/** What is known of a response that may be a refusal, and of what was read of it. */
import type { Meaning } from './meaning.ts';
import type { Layer } from './verdict.ts';

/**
 * What an expression has of a response. `ok` and `failed`: whether it succeeded; `missing`: a part that only an answer
 * has; `error`: the part that only a refusal has; `holder`: something of the program's that holds parts of it; `made`:
 * something made of it.
 */
export type Kind = 'response' | 'body' | 'text' | 'status' | 'ok' | 'failed' | 'missing' | 'error' | 'holder' | 'made';

export type Kinds = ReadonlyMap<number, Kind>;

/** What a run over statements finds out. */
export interface Notes {
  /** The status, or what tells it, was looked at. */
  asked: boolean;
  /** The status 429 in particular. */
  named: boolean;
  /** The response went where it can't be followed. */
  escaped: boolean;
  /** It is sent again. */
  layer?: Layer;
  /** What is raised; empty for the client's own error. */
  raised: Meaning[];
  /** Only reading it as an answer raises. */
  unspecific: boolean;
  /** Somebody is told of the refusal. */
  told: boolean;
  /** What the run's `return`s give. */
  returned: (Kind | undefined)[];
}

export function newNotes(): Notes {
  return { asked: false, named: false, escaped: false, raised: [], unspecific: false, told: false, returned: [] };
}

/** Whether it tells something of a refusal to whoever gets it. */
export function carries(kind: Kind | undefined): boolean {
  return isWhole(kind) || kind === 'text' || kind === 'status' || kind === 'error' || kind === 'made';
}

/** The response itself, or what holds it or all of its answer: who has that can look at it. */
export function isWhole(kind: Kind | undefined): boolean {
  return kind === 'response' || kind === 'body' || kind === 'holder';
}

/** The response itself, or what holds it or all of its answer: who has that can look at it. */

/** A part of a response, by its name. */
export function partOfResponse(name: string): Kind | undefined {
  if (/^(ok|is_success|isSuccess)$/.test(name)) return 'ok';
  if (/^(is_error|is_client_error|isError)$/.test(name)) return 'failed';
  if (/^(status|status_code|statusCode|code)$/.test(name)) return 'status';
  if (/^(text|content)$/.test(name)) return 'text';
  return /^(data|body|_data)$/.test(name) ? 'body' : undefined;
}

/** A part of an answer's or a refusal's body, by its name; some that both may have tell nothing. */
export function partOfBody(name: string): 'error' | 'missing' | undefined {
  if (/^errors?$/.test(name)) return 'error';
  return /^(type|message|detail|code|status|object|request_id|id|)$/.test(name) ? undefined : 'missing';
}

/** What a part of an object of the program's own has, by its name. */
export function heldAs(name: string): Kind | undefined {
  if (/status|code/i.test(name)) return 'status';
  if (/^(ok|success)$/i.test(name)) return 'ok';
  if (/err/i.test(name)) return 'error';
  if (/^(res|resp|response)$/i.test(name)) return 'response';
  return /data|body|json|content|result|payload/i.test(name) ? 'body' : undefined;
}
