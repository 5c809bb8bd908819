/** Logs a 429 with what its headers tell of the limits, and lets the error go on. */
import type { Written } from '../../core/editor.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { Draft, endsLine, indentAt, lineEnd, mannerOf, movableLines, ownsLine } from './write-draft.ts';
import { importsOf } from './write-imports.ts';
import { firstFree, namesOf } from './write-names.ts';
import type { Site } from './write-place.ts';
import { hasBrokenImports } from './write-work.ts';

export function writeLog(tree: Tree, request: Request, site: Site): Written {
  const { errors, derive } = request.sdk;
  if (request.http || errors.shared || !derive.includes('with_options'))
    return { refused: say('Where the error of this SDK keeps the headers is not certain.') };
  if (request.async && !site.awaited)
    return { refused: say('The error does not come out here: nothing awaits the request.') };
  const statement = statementOf(tree, site);
  if (!statement) return { refused: say('There is no room for a handler round this statement.') };
  if (isLogged(statement)) return { refused: say('The limits are logged already.') };
  const names = namesOf(tree, []);
  const imports = importsOf(tree, names, site.call);
  if (hasBrokenImports(tree, imports)) return { refused: say('The imports of this file have a syntax error.') };
  if (request.client.known === 'shape' && !imports.has(errors.module))
    return { refused: say`This file does not import \`${errors.module}\`, so the class of the error is not certain.` };
  const { unit, quote, newline } = mannerOf(tree);
  const {
    names: [errorClass],
    line,
  } = imports.membersAtSite(errors.module, [errors.rateLimit]);
  const [error, limits, name, value] = ['error', 'limits', 'name', 'value'].map((base) =>
    firstFree(base, (each) => names.isFree(each, site.scope)),
  );
  const indent = indentAt(tree.text, statement.startIndex);
  const log = `${imports.attribute('logging', 'getLogger')}(__name__).warning`;
  const draft = new Draft(newline);
  draft.insert(statement.startIndex, `${line === undefined ? '' : `${line}\n${indent}`}try:\n${indent}${unit}`);
  for (const at of movableLines(tree, { start: statement.startIndex, end: statement.endIndex })) draft.insert(at, unit);
  const after = [
    `except ${errorClass} as ${error}:`,
    `${unit}${limits} = {${name}: ${value} for ${name}, ${value} in ${error}.response.headers.items() if ${quote}ratelimit${quote} in ${name}}`,
    `${unit}${log}(${quote}Rate limit reached: %s${quote}, ${limits})`,
    `${unit}raise`,
  ];
  draft.insert(lineEnd(tree.text, statement.endIndex), after.map((each) => `\n${indent}${each}`).join(''));
  imports.write(draft, [], undefined);
  return { edits: draft.edits() };
}

/** The simple statement on lines of its own that evaluates the request itself. */
function statementOf({ text }: Tree, { value, scope }: Site): Node | undefined {
  if (scope.type === 'class_definition' || scope.type === 'lambda') return undefined;
  for (let node = value; node.parent; node = node.parent) {
    if (/^(lambda|generator_expression)$/.test(node.type)) return undefined;
    if (node.parent.type !== 'block' && node.parent.type !== 'module') continue;
    const isSimple = node.type === 'expression_statement' || node.type === 'return_statement';
    return isSimple && ownsLine(text, node.startIndex) && endsLine(text, node.endIndex) ? node : undefined;
  }
  return undefined;
}

function isLogged(statement: Node): boolean {
  for (let node: Node | null = statement; node && node.type !== 'function_definition'; node = node.parent)
    if (node.type === 'try_statement' && /ratelimit["']? in /.test(node.text)) return true;
  return false;
}
