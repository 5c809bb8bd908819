/** Writes a limit on how many of the requests of a fan-out run at once: one limiter for all of them. */
import type { Written } from '../../core/editor.ts';
import type { Repetition, Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { Draft, indentAt, lineStart, mannerOf, ownsLine, withStop } from './write-draft.ts';
import { type Fan, fanOf } from './write-fan.ts';
import { inManner } from './write-helpers.ts';
import { topStatement } from './write-import-list.ts';
import { importsOf } from './write-imports.ts';
import { firstFree, type Names, namesOf, scopeOf } from './write-names.ts';
import type { Site } from './write-place.ts';
import { limitPool } from './write-pool.ts';
import { hasBrokenImports } from './write-work.ts';

type Packages = ReadonlyMap<string, string>;

export function writeThrottle(
  tree: Tree,
  request: Request,
  site: Site,
  repetition: Repetition,
  concurrency: number,
  packages: Packages,
): Written {
  if (repetition.k === 'recursion')
    return { refused: say('The function calls itself: a limit round it could wait for itself.') };
  const names = namesOf(tree, []);
  const fan = fanOf(tree, request, site, repetition, names);
  if (fan.k === 'refused') return { refused: fan.why };
  if (fan.k === 'pool') return limitPool(tree, fan, concurrency);
  return limitTasks(tree, fan, concurrency, packages, names);
}

/** A function in front of the fan-out lets each request wait for its turn. */
function limitTasks(
  tree: Tree,
  { starts, statement }: Fan & { readonly k: 'tasks' },
  concurrency: number,
  packages: Packages,
  names: Names,
): Written {
  const { text } = tree;
  const imports = importsOf(tree, names, statement);
  if (hasBrokenImports(tree, imports)) return { refused: say('The imports of this file have a syntax error.') };
  const manner = mannerOf(tree);
  const draft = new Draft(manner.newline);
  const scope = scopeOf(statement);
  const local = (base: string) => firstFree(base, (name) => names.isFree(name, scope));
  const isRate = packages.has('aiolimiter');
  const limiter = local(isRate ? 'limiter' : 'semaphore');
  const limited = local('limited');
  const made = isRate
    ? `${imports.attribute('aiolimiter', 'AsyncLimiter')}(${concurrency}, 1)`
    : `${imports.attribute('asyncio', 'Semaphore')}(${concurrency})`;
  const type = isTyped(scope) ? resultType(tree, statement, names) : undefined;
  const awaitable = type && imports.member('typing', 'Awaitable');
  const code: string[] = [];
  if (type?.isNew) code.push(inManner(`${type.name} = ${imports.member('typing', 'TypeVar')}("${type.name}")`, manner));
  const signature = type ? `call: ${awaitable}[${type.name}]) -> ${type.name}` : 'call)';
  const lines = [
    `${limiter} = ${made}`,
    '',
    `async def ${limited}(${signature}:`,
    `${manner.unit}async with ${limiter}:`,
    `${manner.unit}${manner.unit}return await call`,
    '',
    '',
  ];
  const indent = indentAt(text, statement.startIndex);
  const at = aboveComments(text, statement.startIndex);
  draft.insert(
    at,
    lines
      .map((line) => (line === '' ? '' : indent + line))
      .join('\n')
      .slice(indent.length) + indent,
  );
  for (const start of starts) {
    draft.insert(start.startIndex, start.type === 'call' && isMap(start) ? `map(${limited}, ` : `${limited}(`);
    draft.insert(start.endIndex, ')');
  }
  imports.write(draft, code, undefined);
  const title = isRate
    ? say`Limit to ${concurrency} requests a second with aiolimiter`
    : say`Limit to ${concurrency} at once with asyncio.Semaphore`;
  return { edits: withStop(draft.edits(), isRate ? 'AsyncLimiter(' : 'Semaphore(', String(concurrency)), title };
}

function isMap(call: Node): boolean {
  return call.childForFieldName('function')?.text === 'map';
}

function isTyped(scope: Node): boolean {
  if (scope.type !== 'function_definition') return false;
  const parameters = scope.childForFieldName('parameters')?.namedChildren ?? [];
  return (
    scope.childForFieldName('return_type') !== null ||
    parameters.some((child) => child?.type.startsWith('typed_') ?? false)
  );
}

/** A type variable for what a request gives: the file's own that has no bound, or a new one. */
function resultType({ root }: Tree, statement: Node, names: Names): { readonly name: string; readonly isNew: boolean } {
  for (const child of root.namedChildren) {
    const name = /^(\w+) = (?:typing\.)?TypeVar\(["']\1["']\)$/.exec(child?.text ?? '')?.[1];
    if (
      name &&
      names.isSeen(name, statement) &&
      names.topBindings(name).length === 1 &&
      child!.endIndex < topStatement(statement).startIndex
    )
      return { name, isNew: false };
  }
  return { name: firstFree('Result', (each) => names.isFreeAtTop(each, statement)), isNew: true };
}

/** The start of the comment lines right above a statement, which speak of it. */
function aboveComments(text: string, statement: number): number {
  const indent = indentAt(text, statement);
  let at = statement;
  for (;;) {
    const line = lineStart(text, at);
    if (line === 0) return at;
    const above = lineStart(text, line - (text[line - 2] === '\r' ? 2 : 1));
    const content = text.slice(above, line);
    if (!content.startsWith(`${indent}#`) || !ownsLine(text, above + indent.length)) return at;
    at = above + indent.length;
  }
}
