/** The small functions that a written retry calls, once a file: how long to wait, and the retry round an expression. */
import type { Edit } from '../../core/edit.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Node, Tree } from '../syntax.ts';
import { declarationOf, freeName, globalName } from './write-names.ts';
import { type Dialect, layOut, lineEnd, type Style } from './write-style.ts';
import { namedChildren, namesIn } from './write-syntax.ts';

export interface HelperPlace {
  readonly tree: Tree;
  readonly style: Style;
  /** Where the helpers are called. */
  readonly at: Node;
}

export interface HelperSource extends HelperPlace {
  readonly dialect: Dialect;
  readonly policy: RetryPolicy;
}

export interface Helper {
  readonly name: string;
  /** Its lines, where the file does not have it yet. */
  readonly lines: readonly string[];
}

/** The function that waits, and stops waiting when a signal is aborted. */
export function pauseHelper(source: HelperSource): Helper {
  const { tree, dialect } = source;
  const known = knownHelper(source, 2, (text) =>
    ['removeEventListener(', 'aborted', 'delay'].every((word) => text.includes(word)),
  );
  if (known) return known;
  const name = helperName(['pause', 'pauseUnlessAborted'], source);
  const typed = dialect === 'typescript';
  const top = (global: string) => globalName(global, tree.root);
  return {
    name,
    lines: [
      '/**',
      ' * Waits, but not beyond the moment when the signal is aborted: the next attempt',
      ' * then ends at once.',
      ' */',
      typed ? `function ${name}(delay: number, signal?: AbortSignal | null) {` : `function ${name}(delay, signal) {`,
      `  return new ${top('Promise')}${typed ? '<void>' : ''}((resolve) => {`,
      '    const finish = () => {',
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
  const { tree, dialect } = source;
  const known = knownHelper(source, pause ? 2 : 1, (text) => {
    const own = text.includes(`${delay.name}(error, attempt, started)`) && /return await \w+\(\)/.test(text);
    return own && (!pause || text.includes(`${pause.name}(`));
  });
  if (known) return known;
  const name = helperName(pause ? ['withAbortableBackoff'] : ['withBackoff', 'withRateLimitBackoff'], source);
  const top = (global: string) => globalName(global, tree.root);
  return {
    name,
    lines: [
      '/**',
      ' * Sends a request, and again after a rate limit; any other error, and the last',
      ' * one, goes on to the caller.',
      ' */',
      ...wrapHead(`async function ${name}`, dialect, pause !== undefined),
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

/** The first line or lines of a function that is handed a request, and perhaps the signal that it was given. */
export function wrapHead(start: string, dialect: Dialect, signal: boolean): readonly string[] {
  if (dialect === 'javascript') return [`${start}(request${signal ? ', signal' : ''}) {`];
  if (!signal) return [`${start}<T>(request: () => PromiseLike<T>): Promise<T> {`];
  return [
    `${start}<T>(`,
    '  request: () => PromiseLike<T>,',
    '  signal: AbortSignal | null | undefined,',
    '): Promise<T> {',
  ];
}

/** The helpers' text and its place: at the end, where a function declaration is seen from everywhere above. */
export function placeHelpers({ tree, style, at }: HelperPlace, helpers: readonly Helper[]): readonly Edit[] {
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

/** A function of the top level that looks like the helper, whatever its name, and is seen from the call. */
export function knownHelper(
  { tree, at }: HelperPlace,
  parameters: number,
  looks: (text: string) => boolean,
): Helper | undefined {
  const name = namedChildren(tree.root)
    .map((statement) => (statement.type === 'export_statement' ? namedChildren(statement)[0]! : statement))
    .find(
      (fn) =>
        fn.type === 'function_declaration' &&
        namedChildren(fn.childForFieldName('parameters')!).length === parameters &&
        looks(fn.text),
    )
    ?.childForFieldName('name')?.text;
  return name && declarationOf(at, name)?.scope.type === 'program' ? { name, lines: [] } : undefined;
}

export function helperName(wishes: readonly string[], { tree }: HelperPlace): string {
  return freeName(wishes, tree.root, namesIn(tree.root));
}
