/** The small functions that a written retry calls, once a file: how long to wait, and the retry round an expression. */
import type { Edit } from '../../core/edit.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Node, Tree } from '../syntax.ts';
import { declarationOf, freeName, globalName } from './write-names.ts';
import { type Dialect, layOut, lineEnd, type Style } from './write-style.ts';
import { namedChildren, namesIn } from './write-syntax.ts';

/** The file that gets the helpers. */
export interface HelperFile {
  readonly dialect: Dialect;
  /** A function of its top level that has so many parameters and looks so, whatever its name, and is seen from the call. */
  known(parameters: number, looks: (text: string) => boolean): Helper | undefined;
  /** The first of the names that the file does not have. */
  free(wishes: readonly string[]): string;
  /** A global's name. */
  global(name: string): string;
}

export interface HelperSource extends HelperFile {
  readonly policy: RetryPolicy;
}

export interface Helper {
  readonly name: string;
  /** Its lines, where the file does not have it yet. */
  readonly lines: readonly string[];
}

/** The function that waits, and stops waiting when a signal is aborted. */
export function pauseHelper(source: HelperSource): Helper {
  const { dialect, global: top } = source;
  const known = source.known(2, (text) =>
    ['removeEventListener(', 'aborted', 'delay'].every((word) => text.includes(word)),
  );
  if (known) return known;
  const name = source.free(['pause', 'pauseUnlessAborted']);
  const typed = dialect === 'typescript';
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
export function wrapHelper(
  source: HelperSource,
  delay: Helper,
  pause: Helper | undefined,
  abortable: readonly string[] = ['withAbortableBackoff'],
): Helper {
  const { dialect, global: top } = source;
  const known = source.known(pause ? 2 : 1, (text) => {
    const own = text.includes(`${delay.name}(error, attempt, started)`) && /return await \w+\(\)/.test(text);
    return own && (!pause || text.includes(`${pause.name}(`));
  });
  if (known) return known;
  const name = source.free(pause ? abortable : ['withBackoff', 'withRateLimitBackoff']);
  return {
    name,
    lines: [
      '/**',
      ' * Sends a request, and again after a rate limit; any other error, and the last',
      ' * one, goes on to the caller.',
      ' */',
      wrapHead(`async function ${name}`, dialect, pause !== undefined),
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

/** The first line of a function that is handed a request, and perhaps the signal that it was given. */
export function wrapHead(start: string, dialect: Dialect, signal: boolean): string {
  if (dialect === 'javascript') return `${start}(request${signal ? ', signal' : ''}) {`;
  return `${start}<T>(request: () => PromiseLike<T>${signal ? ', signal?: AbortSignal | null' : ''}): Promise<T> {`;
}

/** The helpers' text and its place: at the end, where a function declaration is seen from everywhere above. */
export function placeHelpers(tree: Tree, style: Style, at: Node, helpers: readonly Helper[]): readonly Edit[] {
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

/** The analysed file, where helpers are called at `at`. */
export function helperFile({ root }: Tree, dialect: Dialect, at: Node): HelperFile {
  return {
    dialect,
    known(parameters, looks) {
      const name = namedChildren(root)
        .map((statement) => (statement.type === 'export_statement' ? namedChildren(statement)[0]! : statement))
        .find(
          (fn) =>
            fn.type === 'function_declaration' &&
            namedChildren(fn.childForFieldName('parameters')!).length === parameters &&
            looks(fn.text),
        )
        ?.childForFieldName('name')?.text;
      return name && declarationOf(at, name)?.scope.type === 'program' ? { name, lines: [] } : undefined;
    },
    free: (wishes) => freeName(wishes, root, namesIn(root)),
    global: (name) => globalName(name, root),
  };
}

/** A file that is not there yet. */
export function newFile(dialect: Dialect): HelperFile {
  return { dialect, known: () => undefined, free: ([wish]) => wish!, global: (name) => name };
}
