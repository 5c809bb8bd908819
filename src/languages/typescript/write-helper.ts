/** The small functions that a written retry calls, once a file: how long to wait, and the retry round an expression. */
import type { Edit } from '../../core/edit.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Node, Tree } from '../syntax.ts';
import { declarationOf, freeName, globalName } from './write-names.ts';
import { type Dialect, layOut, lineEnd, type Style } from './write-style.ts';
import { namedChildren, namesIn } from './write-syntax.ts';

export interface HelperSource {
  readonly tree: Tree;
  readonly style: Style;
  readonly dialect: Dialect;
  readonly policy: RetryPolicy;
  /** Where the helpers are called. */
  readonly at: Node;
}

/** How a 429 is told from other errors, and where it keeps its headers and codes. */
export interface ErrorShape {
  /** What recognises a helper for the same errors. */
  readonly mark: string;
  /** The first lines of the function: they leave it for other errors, and declare `codes`, `message` and `headers`. */
  lines(attempts: number, typed: boolean, headers: string): readonly string[];
}

export interface Helper {
  readonly name: string;
  /** Its lines, where the file does not have it yet. */
  readonly lines: readonly string[];
}

/** Errors with classes of their own, as the generated SDKs have. */
export function classShape(
  base: string,
  connection: string,
  retries: number,
  codes: 'properties' | 'body',
): ErrorShape {
  return {
    mark: `instanceof ${connection}`,
    lines: (attempts, typed, headers) => [
      `  if (!(error instanceof ${base}) || attempt >= ${attempts}) return undefined;`,
      '  const { message, status = 0 } = error;',
      '  // Other passing faults get what the SDK gives them, since its own retries are off.',
      `  const passing = error instanceof ${connection} || status === 408 || status === 409 || status >= 500;`,
      `  if (status !== 429 && !(passing && attempt <= ${retries})) return undefined;`,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the written code has the template.
      `  const codes = ${codes === 'properties' ? '`${error.type} ${error.code}`' : 'JSON.stringify(error.error)'};`,
      // The class keeps a plain object in older versions and a `Headers` in newer ones; this reads both.
      `  const headers = new ${headers}(error.headers${typed ? ` as ConstructorParameters<typeof ${headers}>[0]` : ''});`,
    ],
  };
}

/** Errors of the HTTP client axios. */
export const axiosShape: ErrorShape = {
  mark: 'response?.status !== 429',
  lines: (attempts, typed, headers) => [
    ...(typed
      ? [
          '  type Answer = { status: number; headers: Record<string, string>; data?: { error?: Record<string, string> } };',
          '  const response = (error as { response?: Answer } | undefined)?.response;',
        ]
      : ['  const response = error?.response;']),
    `  if (response?.status !== 429 || attempt >= ${attempts}) return undefined;`,
    '  const body = response.data?.error;',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the written code has the template.
    '  const codes = `${body?.type} ${body?.code}`;',
    "  const message = body?.message ?? '';",
    `  const headers = new ${headers}(response.headers);`,
  ],
};

/** The function that says how long to wait after an error, if at all. */
export function delayHelper(source: HelperSource, shape: ErrorShape): Helper {
  const { tree, policy, dialect, at } = source;
  const known = helperIn(tree.root, (fn) => {
    const text = fn.text;
    return (
      parameters(fn) === 3 &&
      text.includes(shape.mark) &&
      text.includes('retry-after') &&
      text.includes('Math.random()')
    );
  });
  if (known && isCallable(known, at)) return { name: known, lines: [] };
  const name = helperName(['retryDelay', 'rateLimitDelay'], source);
  const typed = dialect === 'typescript';
  const top = (global: string) => globalName(global, tree.root);
  const milliseconds = (seconds: number) => String(Math.round(seconds * 1000)).replace(/\B(?=(\d{3})+$)/g, '_');
  return {
    name,
    lines: [
      '/**',
      ' * How many milliseconds to wait before a request is sent again, or undefined where that cannot help: the error lasts, as',
      ' * a quota used up or a request beyond the whole limit does, or the attempts or the time are spent.',
      ' */',
      typed
        ? `function ${name}(error: unknown, attempt: number, started: number): number | undefined {`
        : `function ${name}(error, attempt, started) {`,
      ...shape.lines(policy.maxAttempts, typed, top('Headers')),
      '  // Some refusals last, however long the wait.',
      '  if (/insufficient_quota|credit_balance|spend_limit|usage_limit|billing_/.test(codes)) return undefined;',
      '  if (/request too large|limit:? 0(?![.\\d])/i.test(message)) return undefined;',
      "  if (headers.get('x-should-retry') === 'false') return undefined;",
      '  // The wait that the server asks for is the least; the rest is full jitter, so that clients come back spread out.',
      "  const after = headers.get('retry-after') ?? '';",
      '  const [, days = 0, hours = 0, minutes = 0, amount = 0, unit] =',
      '    /(?:try again in|retry after) (?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:([\\d.]+) ?(ms|s))?/i.exec(message) ?? [];',
      '  const seconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60;',
      "  const told = seconds * 1_000 + Number(amount) * (unit === 'ms' ? 1 : 1_000);",
      "  const waits = [Number(headers.get('retry-after-ms')), Number(after) * 1_000, Date.parse(after) - Date.now(), told];",
      `  const backoff = Math.random() * Math.min(${milliseconds(policy.maxWaitSeconds)}, ${milliseconds(policy.baseSeconds)} * 2 ** (attempt - 1));`,
      '  const delay = Math.max(waits.find((wait) => wait > 0) ?? 0, backoff);',
      `  return Date.now() - started + delay <= ${milliseconds(policy.maxTotalSeconds)} ? delay : undefined;`,
      '}',
    ].map((line) => line.replace(/\b(Date|Math|Number|JSON)\b(?=[.(])/g, top)),
  };
}

/** The function that waits, and stops waiting when a signal is aborted. */
export function pauseHelper(source: HelperSource): Helper {
  const { tree, dialect, at } = source;
  const known = helperIn(
    tree.root,
    (fn) =>
      parameters(fn) === 2 && ['removeEventListener(', 'aborted', 'delay'].every((word) => fn.text.includes(word)),
  );
  if (known && isCallable(known, at)) return { name: known, lines: [] };
  const name = helperName(['pause', 'pauseUnlessAborted'], source);
  const typed = dialect === 'typescript';
  const top = (global: string) => globalName(global, tree.root);
  return {
    name,
    lines: [
      '/** Waits, but not beyond the moment when the signal is aborted: the next attempt then ends at once. */',
      typed
        ? `function ${name}(delay: number, signal: AbortSignal | null | undefined): Promise<void> {`
        : `function ${name}(delay, signal) {`,
      `  return new ${top('Promise')}((resolve) => {`,
      `    const finish = ()${typed ? ': void' : ''} => {`,
      `      ${top('clearTimeout')}(timer);`,
      "      signal?.removeEventListener('abort', finish);",
      '      resolve();',
      '    };',
      `    const timer = ${top('setTimeout')}(finish, delay);`,
      "    signal?.addEventListener('abort', finish);",
      '    if (signal?.aborted) finish();',
      '  });',
      '}',
    ],
  };
}

/** The function that retries what a thunk sends. */
export function wrapHelper(source: HelperSource, delay: Helper, pause: Helper | undefined): Helper {
  const { tree, dialect, at } = source;
  const known = helperIn(tree.root, (fn) => {
    const text = fn.text;
    const own = text.includes(`${delay.name}(error, attempt, started)`) && /return await \w+\(\)/.test(text);
    return own && parameters(fn) === (pause ? 2 : 1) && (!pause || text.includes(`${pause.name}(`));
  });
  if (known && isCallable(known, at)) return { name: known, lines: [] };
  const name = helperName(pause ? ['withAbortableBackoff'] : ['withBackoff', 'withRateLimitBackoff'], source);
  const top = (global: string) => globalName(global, tree.root);
  const head =
    dialect === 'typescript'
      ? `async function ${name}<T>(request: () => PromiseLike<T>${pause ? ', signal: AbortSignal | null | undefined' : ''}): Promise<T> {`
      : `async function ${name}(request${pause ? ', signal' : ''}) {`;
  return {
    name,
    lines: [
      '/** Sends a request, and again after a rate limit; any other error, and the last one, goes on to the caller. */',
      head,
      `  for (let attempt = 1, started = ${top('Date')}.now(); ; attempt++) {`,
      '    try {',
      '      return await request();',
      '    } catch (error) {',
      `      const delay = ${delay.name}(error, attempt, started);`,
      '      if (delay === undefined) throw error;',
      `      ${pause ? `await ${pause.name}(delay, signal);` : `await new ${top('Promise')}((resolve) => ${top('setTimeout')}(resolve, delay));`}`,
      '    }',
      '  }',
      '}',
    ],
  };
}

/** The helpers' text and its place: at the end, where a function declaration is seen from everywhere above. */
export function placeHelpers({ tree, style, at }: HelperSource, helpers: readonly Helper[]): readonly Edit[] {
  const missing = helpers.filter(({ lines }) => lines.length > 0);
  if (missing.length === 0) return [];
  const text = missing.map(({ lines }) => style.lineEnd + style.lineEnd + layOut(lines, style, '')).join('');
  const end = tree.root.lastChild?.hasError ? lineEnd(tree.text, topLevel(at).endIndex) : tree.text.trimEnd().length;
  return [{ span: { start: end, end }, text }];
}

/** The statement of the top level that holds the node. */
function topLevel(node: Node): Node {
  let statement = node;
  while (statement.parent?.parent) statement = statement.parent;
  return statement;
}

/** A function of the top level that looks like the helper, whatever its name. */
function helperIn(root: Node, looks: (fn: Node) => boolean): string | undefined {
  return namedChildren(root)
    .find((fn) => fn.type === 'function_declaration' && looks(fn))
    ?.childForFieldName('name')?.text;
}

function parameters(fn: Node): number {
  return namedChildren(fn.childForFieldName('parameters')!).length;
}

/** Whether the name means the top level's function at the call. */
function isCallable(name: string, at: Node): boolean {
  return declarationOf(at, name)?.scope.type === 'program';
}

function helperName(wishes: readonly string[], { tree }: HelperSource): string {
  return freeName(wishes, tree.root, namesIn(tree.root));
}
