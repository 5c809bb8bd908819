/** The functions that a written retry asks after an error: how long to wait, if another attempt can help at all. */
import type { ErrorShape } from './write-errors.ts';
import type { Helper, HelperSource } from './write-helper.ts';

/** The function that says how long to wait after an error, backoff and all. */
export function delayHelper(source: HelperSource, shape: ErrorShape): Helper {
  const { policy } = source;
  const known = source.known(3, (text) => marks(text, shape) && text.includes('Math.random()'));
  if (known) return known;
  const name = source.free(['retryDelay', 'rateLimitDelay']);
  const cap = milliseconds(policy.maxWaitSeconds);
  return {
    name,
    lines: withGlobals(source, [
      '/**',
      ' * How many milliseconds to wait before a request is sent again, or undefined',
      ' * where that cannot help: the error lasts, as a quota used up or a request',
      ' * beyond the whole limit does, or the attempts or the time are spent.',
      ' */',
      source.dialect === 'typescript'
        ? `function ${name}(error: unknown, attempt: number, started: number) {`
        : `function ${name}(error, attempt, started) {`,
      ...shape.lines(kindOf(source, policy.maxAttempts)),
      ...serverWait(source),
      '  // The wait that the server asks for is the least; the rest is full jitter,',
      '  // so that clients come back spread out.',
      `  const most = Math.min(${cap}, ${milliseconds(policy.baseSeconds)} * 2 ** (attempt - 1));`,
      '  const delay = Math.max(asked, Math.random() * most);',
      '  const elapsed = Date.now() - started;',
      `  return elapsed + delay <= ${milliseconds(policy.maxTotalSeconds)} ? delay : undefined;`,
      '}',
    ]),
  };
}

/** The function that says what wait the server asks for, where a library makes the backoff. */
export function waitHelper(source: HelperSource, shape: ErrorShape): Helper {
  const known = source.known(2, (text) => marks(text, shape) && !text.includes('Math.random()'));
  if (known) return known;
  const name = source.free(['rateLimitWait', 'serverWait']);
  return {
    name,
    lines: withGlobals(source, [
      '/**',
      ' * How many milliseconds the server asks to wait before a request is sent again,',
      ' * or undefined where that cannot help: the error lasts, as a quota used up or a',
      ' * request beyond the whole limit does, or the time is spent.',
      ' */',
      source.dialect === 'typescript'
        ? `function ${name}(error: unknown, started: number) {`
        : `function ${name}(error, started) {`,
      ...shape.lines(kindOf(source)),
      ...serverWait(source),
      '  const elapsed = Date.now() - started;',
      `  return elapsed + asked <= ${milliseconds(source.policy.maxTotalSeconds)} ? asked : undefined;`,
      '}',
    ]),
  };
}

export function milliseconds(seconds: number): string {
  return String(Math.round(seconds * 1000)).replace(/\B(?=(\d{3})+$)/g, '_');
}

/** Lines that leave for refusals that last, and declare `asked`: the wait that the server asks for, or 0. */
function serverWait({ dialect }: HelperSource): readonly string[] {
  const typed = dialect === 'typescript';
  return [
    '  // Some refusals last, however long the wait.',
    '  const spent = /insufficient_quota|credit_balance|spend_limit/.test(codes);',
    '  const barred = /usage_limit|billing_/.test(codes);',
    '  const tooLarge = /request too large|limit:? 0(?![.\\d])/i.test(message);',
    "  const final = headers.get('x-should-retry') === 'false';",
    '  if (spent || barred || tooLarge || final) return undefined;',
    "  const after = headers.get('retry-after') ?? '';",
    '  const words = /(?:again|retry) (?:in|after) ([\\d.dhms ]+)/i.exec(message);',
    `  const units${typed ? ': Record<string, number>' : ''} = { ms: 1, s: 1e3, m: 6e4, h: 36e5 };`,
    '  let told = 0;',
    '  for (const part of words?.[1]?.matchAll(/([\\d.]+) ?(ms|[hms])/g) ?? [])',
    typed
      ? "    told += Number(part[1]) * (units[part[2] ?? ''] ?? 0);"
      : '    told += Number(part[1]) * units[part[2]];',
    "  const exact = Number(headers.get('retry-after-ms'));",
    '  const until = Date.parse(after) - Date.now();',
    '  const waits = [exact, Number(after) * 1_000, until, told];',
    '  const asked = waits.find((wait) => wait > 0) ?? 0;',
  ];
}

function marks(text: string, { mark }: ErrorShape): boolean {
  return text.includes(mark) && text.includes('retry-after');
}

function kindOf({ dialect, global }: HelperSource, attempts?: number) {
  return {
    typed: dialect === 'typescript',
    headers: global('Headers'),
    ...(attempts !== undefined && { attempts }),
  };
}

/** The lines with `globalThis.` where the file binds a global's name to something else. */
function withGlobals({ global }: HelperSource, lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/\b(Date|Math|Number|JSON)\b(?=[.(])/g, global));
}
