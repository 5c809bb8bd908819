/** Writes the repair `log-limits`: the 429 and what its headers tell of the limits are logged, and the error goes on. */
import type { Sdk } from '../../core/catalogue.ts';
import type { Edit } from '../../core/edit.ts';
import type { Surroundings } from '../../core/editor.ts';
import type { Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { type Helper, type HelperFile, helperFile, placeHelpers } from './write-helper.ts';
import { errorClassesOf } from './write-import.ts';
import { broken, deeper, fits, outermostArgument, ownLine, widthOf } from './write-layout.ts';
import { declarationOf } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { type Site, siteOf } from './write-site.ts';
import { type Dialect, indentAt, type Style, startsLine, styleOf } from './write-style.ts';
import { descendants } from './write-syntax.ts';
import { refusePromise } from './write-wrapped.ts';

export function writeLogLimits(
  tree: Tree,
  request: Request,
  dialect: Dialect,
  { format }: Surroundings,
): readonly Edit[] {
  const { method, sdk, http, path } = request;
  if (http) refuse(say('A plain HTTP request may get its refusal as a response, which nothing throws.'));
  if (method.shape === 'stream') refuse(say`\`${path}\` gives no promise; its 429 comes out where the stream is read.`);
  if (method.shape === 'paginated')
    refuse(say`\`${path}\` sends a request for each page, and its promise is but the first.`);
  if (!sdk.errors.bases.includes('APIError') || sdk.errors.status !== 'status')
    refuse(say`How ${say(sdk.name)} reports a rate limit is not known well enough to log it.`);
  const site = siteOf(tree, request);
  const style = styleOf(tree, format);
  if (isLogged(site.value.node, site.promise.end)) refuse(say('The 429 of this request is logged already.'));
  if (!site.awaited) refusePromise(site, tree, dialect);
  const { names, edits } = errorClassesOf(tree, request, [sdk.errors.rateLimit], style);
  const helper = logHelper(helperFile(tree, dialect, site.call), names[0]!, loggerOf(tree.root, site.call), sdk);
  return [
    ...edits,
    ...handled(site, `.catch(${helper.name})`, tree.text, style),
    ...placeHelpers(tree, style, site.call, [helper]),
  ];
}

/** The handler behind the request, in lines of a chain where it would not fit. */
function handled(site: Site, handler: string, text: string, style: Style): readonly Edit[] {
  const { call, callee, promise, value } = site;
  const plain = [{ span: { start: promise.end, end: promise.end }, text: handler }];
  const dot = callee.childForFieldName('property')?.previousSibling;
  if (style.formatted && dot && startsLine(text, dot.startIndex))
    return [{ span: plain[0]!.span, text: style.lineEnd + indentAt(text, dot.startIndex) + handler }];
  const isChain = promise.end !== call.endIndex || value.node.parent?.type === 'member_expression';
  if (!style.formatted || !dot || isChain || fits(call, handler.length, text, style)) return plain;
  const around = outermostArgument(value.node, text);
  if (around) {
    const room =
      widthOf(indentAt(text, around.startIndex) + style.unit) + around.text.length + handler.length < style.width;
    const { before, behind } = room ? broken(around, text, style) : { before: [], behind: [] };
    return [...before, ...plain, ...behind];
  }
  const line = ownLine(site, text, style);
  const outer = indentAt(text, call.startIndex) + (line ? style.unit : '');
  const { before, behind } = line ?? { before: [], behind: [] };
  const single = !/[\r\n]/.test(call.text);
  if (single && line && widthOf(outer) + value.node.text.length + handler.length + 1 <= style.width)
    return [...before, ...plain, ...behind];
  const gap = style.lineEnd + outer + style.unit;
  return [
    ...before,
    { span: { start: dot.startIndex, end: dot.startIndex }, text: gap },
    ...deeper(call, text, style, style.unit.repeat(line ? 2 : 1)),
    { span: { start: promise.end, end: promise.end }, text: gap + handler },
    ...behind,
  ];
}

function logHelper(file: HelperFile, limit: string, logger: string, { name: sdk }: Sdk): Helper {
  const known = file.known(1, (text) => isLogging(text) && text.includes(`instanceof ${limit}`));
  if (known) return known;
  const name = file.free(['logRateLimit', 'logRateLimitHeaders']);
  const typed = file.dialect === 'typescript';
  const headers = file.global('Headers');
  return {
    name,
    lines: [
      `/** Logs a rate limit of ${sdk} with what its headers tell, and lets it go on. */`,
      typed ? `function ${name}(error: unknown): never {` : `function ${name}(error) {`,
      `  if (error instanceof ${limit}) {`,
      ...(typed ? [`    type Init = ConstructorParameters<typeof ${headers}>[0];`] : []),
      `    const headers = new ${headers}(error.headers${typed ? ' as Init' : ''});`,
      `    const limits${typed ? ': string[]' : ''} = [];`,
      '    headers.forEach((value, name) => {',
      '      const tells = /ratelimit|retry-after/.test(name);',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the written code has the template.
      '      if (tells) limits.push(`${name}: ${value}`);',
      '    });',
      `    ${logger}.warn(\`\${error.message} (\${limits.join(', ')})\`);`,
      '  }',
      '  throw error;',
      '}',
    ],
  };
}

function isLogging(text: string): boolean {
  return text.includes('ratelimit') && text.includes('.warn(') && text.includes('throw error');
}

/** Whether a function of the file that logs limits follows on the request. */
function isLogged(value: Node, end: number): boolean {
  for (let node: Node | null = value; node && node.endIndex - end < 200; node = node.parent) {
    if (node.type !== 'call_expression' || node.endIndex <= end) continue;
    const handler = node.childForFieldName('arguments')?.namedChild(0);
    if (handler?.type === 'identifier' && isLogging(declarationOf(handler, handler.text)?.holder.text ?? ''))
      return true;
  }
  return false;
}

/** The logger that the file warns with, if its top level has one. */
function loggerOf(root: Node, at: Node): string {
  const used = descendants(root, 'member_expression').find((member) => {
    const object = member.childForFieldName('object');
    return (
      object?.type === 'identifier' &&
      /^(log|logger)$/i.test(object.text) &&
      /^(warn|error|info|debug)$/.test(member.childForFieldName('property')?.text ?? '') &&
      declarationOf(at, object.text)?.scope.type === 'program'
    );
  });
  return used?.childForFieldName('object')?.text ?? 'console';
}
