/** Repairs texts with the TypeScript editor, for its tests. */
import { apply } from '../../src/core/edit.ts';
import { alone, type Editor, type Surroundings, type Written } from '../../src/core/editor.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import type { Request } from '../../src/core/verdict.ts';
import { inEnglish } from '../../src/core/words.ts';
import { grammarOf } from '../../src/languages/syntax.ts';
import { editTypescript } from '../../src/languages/typescript/editor.ts';
import { syntax } from '../wasm.ts';
import { requestsIn } from './typescript-editor-requests.ts';

export const head = "import OpenAI from 'openai';\nconst client = new OpenAI();\n";
export const call = "client.responses.create({ model: 'm', input: q })";
/** The same call as a repair writes it. */
export const once = "client.responses.create({ model: 'm', input: q }, { maxRetries: 0 })";

export interface Case {
  readonly path?: string;
  /** Which of the requests. */
  readonly index?: number;
  readonly around?: Partial<Surroundings>;
}

/** What an edit of the n-th request makes of the text, or why it was refused. */
export function edited(
  text: string,
  write: (edit: Editor, request: Request) => Written,
  { path = 'a.ts', index = 0, around = {} }: Case = {},
): string {
  const tree = syntax.parse(text, grammarOf(path)!)!;
  try {
    const request = requestsIn(tree)[index];
    if (!request) throw new Error(`No request in ${text}`);
    const written = write(editTypescript(tree, { ...alone(path), ...around }), request);
    return 'refused' in written ? `refused: ${inEnglish(written.refused)}` : apply(text, written.edits);
  } finally {
    tree.delete();
  }
}

export function backoff(text: string, options: Case = {}): string {
  return edited(text, (edit, request) => edit.backoff(request, defaultSettings.retry), options);
}

/** Repairs every request, the last one first, so that the others keep their places. */
export function backoffAll(text: string, path = 'a.ts'): string {
  const tree = syntax.parse(text, grammarOf(path)!)!;
  const count = requestsIn(tree).length;
  tree.delete();
  let repaired = text;
  for (let index = count - 1; index >= 0; index--) {
    const next = backoff(repaired, { path, index });
    if (!next.startsWith('refused: ')) repaired = next;
  }
  return repaired;
}

/** The text without the helpers that a repair puts at its end. */
export function withoutHelpers(text: string): string {
  const end = text.search(/(\r?\n){2}\/\*\*\r?\n \* (How many milliseconds|Sends a request)/);
  return end < 0 ? text : `${text.slice(0, end)}${text.includes('\r\n') ? '\r\n' : '\n'}`;
}

/** The loop round a statement, as it is written in place. */
export function loop(statement: string, { indent = '  ', leaves = 'break' } = {}): string {
  const line = (depth: number, code: string) => `${indent}${'  '.repeat(depth)}${code}\n`;
  return [
    line(0, 'for (let attempt = 1, started = Date.now(); ; attempt++) {'),
    line(1, 'try {'),
    line(2, statement),
    leaves === 'break' ? line(2, 'break;') : '',
    line(1, '} catch (error) {'),
    line(2, 'const delay = retryDelay(error, attempt, started);'),
    line(2, 'if (delay === undefined) throw error;'),
    line(2, 'await new Promise((resolve) => setTimeout(resolve, delay));'),
    line(1, '}'),
    line(0, '}'),
  ].join('');
}
