/** Where rate-limit errors stand in a text: the lines that show one, with those around them that belong to it. */

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
  String.raw`\brequest would exceed\s+(?:your|the)\b`,
  String.raw`\bRequest rejected \(429\)`,
  String.raw`\b(?:Tokens|Requests) per (?:minute|hour|day) limit exceeded\b`,
  String.raw`\bhave been rate limited\b`,
  String.raw`\brate-limited upstream\b`,
  String.raw`\bThrottlingException\)? when calling\b`,
  String.raw`"code": ?"?429\b`,
  String.raw`\bRequest too large for\b`,
  String.raw`\bYou exceeded your current quota\b`,
  String.raw`\b(?:insufficient_quota|credit_balance_exhausted|billing_not_active|(?:organization|project)_(?:spend|usage)_limit_exceeded|usage_limit_exceeded|enforced_spend_limit_reached)\b`,
  String.raw`\bhave exceeded (?:the )?(?:token|call) rate limit\b`,
  String.raw`\bsystem is currently experiencing high demand\b`,
  String.raw`\bmodel is currently overloaded\b`,
  String.raw`\b529\b:? Overloaded\b`,
  String.raw`\bService tier capacity exceeded\b`,
  String.raw`\b(?:server_is_overloaded|overloaded_error|flex_unavailable)\b`,
  String.raw`['"]slow_down['"]|\bcode[=: ]+slow_down\b`,
  String.raw`\berror code: 1015\b`,
  String.raw`\bRESOURCE_EXHAUSTED\b`,
];
const sign = new RegExp(signs.join('|'), 'i');

/** A record's later lines tell wait and numbers; further down a log speaks of something else. */
const maxLinesInRecord = 40;

export function* records(text: string): Iterable<{ readonly start: number; readonly text: string }> {
  let open: Block | undefined;
  /** Lines of an object that is still open, above the first sign in it: they belong to the error, too. */
  let before: Block | undefined;
  for (const match of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n|$)/g)) {
    const line = match[0];
    if (line === '') break;
    const isBlank = line.trim() === '';
    if (open && !isBlank && open.lines < maxLinesInRecord && (!sign.test(line) || continues(open, line))) {
      open = grown(open, line);
      continue;
    }
    if (open) yield textOf(open, text);
    open = undefined;
    before = isBlank || (before?.lines ?? 0) >= maxLinesInRecord ? undefined : before && grown(before, line);
    if (before && before.depth <= 0) before = undefined;
    if (sign.test(line)) {
      open = before ?? blockOf(match.index, line);
      before = undefined;
    } else if (!isBlank && !before && depthOf(line) > 0) before = blockOf(match.index, line);
  }
  if (open) yield textOf(open, text);
}

interface Block {
  readonly start: number;
  readonly end: number;
  readonly lines: number;
  /** How many of its objects are open at its end. */
  readonly depth: number;
}

function blockOf(start: number, line: string): Block {
  return { start, end: start + line.length, lines: 1, depth: depthOf(line) };
}

function grown({ start, end, lines, depth }: Block, line: string): Block {
  return { start, end: end + line.length, lines: lines + 1, depth: depth + depthOf(line) };
}

function textOf({ start, end }: Block, text: string) {
  return { start, text: text.slice(start, end) };
}

function depthOf(line: string): number {
  let depth = 0;
  for (const letter of line) depth += letter === '{' ? 1 : letter === '}' ? -1 : 0;
  return depth;
}

/** A body that is broken over lines has signs of its own; a further error has a head. */
function continues(open: Block, line: string): boolean {
  return open.depth > 0 && !/\bError code: \d|\b\w*(?:Error|Exception)\b:|\bRate limit reached for\b/.test(line);
}
