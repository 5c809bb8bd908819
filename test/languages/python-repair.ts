/** Repairs Python texts in tests. The requests come from the real engine, and every repaired text must parse. */
import assert from 'node:assert/strict';
import { apply, fix } from '../../src/core/edit.ts';
import { alone, type Editor, type Surroundings, type Written } from '../../src/core/editor.ts';
import { defaultSettings, type RetryPolicy } from '../../src/core/settings.ts';
import type { Request, Verdict } from '../../src/core/verdict.ts';
import { inEnglish, say } from '../../src/core/words.ts';
import { editPython } from '../../src/languages/python/editor.ts';
import { analyze } from '../engine.ts';
import { syntax } from '../wasm.ts';

/** The text after the repair of its first request, or of the one that `which` picks; or why there is none. */
export async function backoff(
  text: string,
  which: (requests: readonly Request[]) => Request = first,
  policy: RetryPolicy = defaultSettings.retry,
): Promise<string> {
  const request = which(await requestsIn(text));
  return written(text, (editor) => editor.backoff(request, policy));
}

export async function sdkRetries(text: string, count: number): Promise<string> {
  const request = first(await requestsIn(text));
  return written(text, (editor) => editor.sdkRetries(request, count));
}

/** The text after any repair of its first request, or of the one that `which` picks, in a file of which `known` is told. */
export async function repaired(
  text: string,
  write: (editor: Editor, verdict: Verdict) => Written,
  known: Partial<Surroundings> = {},
  which: (verdicts: readonly Verdict[]) => Verdict | undefined = (verdicts) => verdicts[0],
): Promise<string> {
  const { verdicts } = await analyze('program.py', text);
  const verdict = which(verdicts);
  assert.ok(verdict, 'no request was found');
  return written(text, (editor) => write(editor, verdict), { ...alone('program.py'), ...known });
}

export function ignore(text: string, at: string, rules: readonly string[], where: 'line' | 'file'): string {
  const start = text.indexOf(at);
  return written(text, (editor) => editor.ignore({ start, end: start + at.length }, rules, where));
}

export async function requestsIn(text: string): Promise<readonly Request[]> {
  const { verdicts } = await analyze('program.py', text);
  return verdicts.map(({ request }) => request);
}

function first(requests: readonly Request[]): Request {
  assert.ok(requests[0], 'no request was found');
  return requests[0];
}

function written(text: string, write: (editor: Editor) => Written, surroundings?: Surroundings): string {
  const tree = syntax.parse(text, 'python')!;
  try {
    const result = write(editPython(tree, surroundings));
    if ('refused' in result) return `refused: ${inEnglish(result.refused)}`;
    const repaired = apply(text, fix('repair', say('Repair'), 'unsafe', result.edits).edits);
    assert.notEqual(repaired, text);
    const after = syntax.parse(repaired, 'python')!;
    assert.equal(after.root.hasError, tree.root.hasError, `it does not parse:\n${repaired}`);
    after.delete();
    return repaired;
  } finally {
    tree.delete();
  }
}

/** What follows the line that makes the client, where the tables of the tests begin. */
export function afterClient(text: string): string {
  const made = /^client = .*\n\n\n/m.exec(text);
  return made ? text.slice(made.index + made[0].length) : text;
}

interface Loop {
  readonly indent?: string;
  readonly leaves?: 'break' | 'return';
  readonly sleep?: string;
  readonly errorClass?: string;
}

/** What a retry catches where the SDK's own retries were switched off for it. */
const caught = '(RateLimitError, InternalServerError, APIConnectionError)';

/** The retry round a statement, as it is written where no name is taken. */
export function tried(
  statement: string,
  { indent = '', leaves = 'break', sleep = 'time.sleep', errorClass = caught }: Loop = {},
): string {
  const lines = [
    'started = time.monotonic()',
    'attempt = 0',
    'while True:',
    '    try:',
    ...statement.split('\n').map((line) => `        ${line}`),
    ...(leaves === 'break' ? ['        break'] : []),
    `    except ${errorClass} as error:`,
    '        attempt += 1',
    '        delay = retry_delay(error, attempt, started)',
    '        if delay is None:',
    '            raise',
    `        ${sleep}(delay)`,
  ];
  return lines.map((line) => `${indent}${line}\n`).join('');
}
