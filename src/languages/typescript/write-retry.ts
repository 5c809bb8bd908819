/** What every written retry of a request needs, whatever form it has: where it stands, what must happen once, one layer. */
import type { Sdk } from '../../core/catalogue.ts';
import type { Edit } from '../../core/edit.ts';
import type { Format } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import { opening, say } from '../../core/words.ts';
import type { Tree } from '../syntax.ts';
import { partsToFreeze } from './write-closure.ts';
import { axiosShape, classShape, type ErrorShape, statusShape } from './write-errors.ts';
import { type Helper, type HelperSource, helperFile, placeHelpers } from './write-helper.ts';
import { declarations, hoist, impureParts, type Part } from './write-hoist.ts';
import { errorClassesOf, namespaceOf } from './write-import.ts';
import { wrapperLayout } from './write-layout.ts';
import { optionsIndex, propertyOf, setOption } from './write-options.ts';
import { refuse } from './write-refusal.ts';
import { signalOf } from './write-signal.ts';
import { type Site, siteOf } from './write-site.ts';
import { roomFor } from './write-spot.ts';
import type { Dialect } from './write-style.ts';
import { type Style, styleOf } from './write-style.ts';
import { namedChildren, within } from './write-syntax.ts';
import type { KnownTypes } from './write-types.ts';
import { refuseUsedUploads } from './write-uploads.ts';
import { type Wrapper, writeWrapped } from './write-wrapped.ts';

export interface Retry {
  readonly tree: Tree;
  readonly request: Request;
  readonly site: Site;
  readonly style: Style;
  readonly dialect: Dialect;
  readonly source: HelperSource;
  /** What switches the SDK's own retries off for this call, with all arguments in lines of their own or not. */
  options(layout: 'flat' | 'broken'): readonly Edit[];
  /** Expressions of the call that may be evaluated once only. */
  readonly impure: readonly Part[];
  readonly types: KnownTypes | undefined;
}

/** Refuses requests that can't be repeated, or must not. */
export function prepareRetry(
  tree: Tree,
  request: Request,
  policy: RetryPolicy,
  dialect: Dialect,
  format: Format,
): Retry {
  refuseMethod(request);
  const site = siteOf(tree, request);
  const style = styleOf(tree, format);
  refuseUsedUploads(request, site);
  refuseRuns(request, site);
  return {
    tree,
    request,
    site,
    style,
    dialect,
    source: { ...helperFile(tree, dialect, site.call), policy },
    options: (layout) => optionEdits(request, site, tree, style, layout),
    impure: impureParts(site, request.sdk.derive),
    types: dialect === 'typescript' ? { namespace: namespaceOf(tree, request), path: request.path } : undefined,
  };
}

/** What a request is handed to, and what the file needs for it. */
export interface Wrapping {
  readonly wrapper: Wrapper;
  /** Imports. */
  readonly edits: readonly Edit[];
  readonly helpers: readonly Helper[];
}

/** The edits that hand the request as a function to what `choose` gives for the signal that it has. */
export function wrapRequest(retry: Retry, choose: (signal: string | undefined) => Wrapping): readonly Edit[] {
  const { tree, site, style, dialect, impure } = retry;
  const frozen = partsToFreeze(site, dialect).filter(({ node }) => !impure.some((part) => within(node, part.node)));
  const hoisted = hoist([...impure, ...frozen], site, retry.types);
  const { wrapper, edits, helpers } = choose(signalOf(retry.request, site, hoisted, dialect));
  const room = roomFor(site, declarations(hoisted), tree, style);
  const flat = retry.options('flat');
  const layout = hoisted.constants.length > 0 ? undefined : wrapperLayout(site, wrapper, added(flat), tree.text, style);
  const options = layout?.args === 'broken' ? retry.options('broken') : flat;
  const inside = [...options, ...hoisted.edits];
  const call = layout ?? { wrapper, shift: '', before: [], behind: [] };
  return [
    ...edits,
    ...(room?.opening ?? []),
    ...call.before,
    ...writeWrapped(site, tree, dialect, call, room ? undefined : hoisted, inside),
    ...call.behind,
    ...(room?.closing ?? []),
    ...placeHelpers(tree, style, site.call, helpers),
  ];
}

/** How the request's errors look, and the imports by which their classes are known. */
export function errorShapeOf({ tree, request, style }: Retry): { shape: ErrorShape; edits: readonly Edit[] } {
  const { names: wanted, shape } = errorsOf(request.sdk);
  if (wanted.length === 0) return { shape: shape([]), edits: [] };
  const { names, edits } = errorClassesOf(tree, request, wanted, style);
  return { shape: shape(names), edits };
}

/** The error classes that a retry of the SDK's requests names, and how errors look under the names that they have. */
export function errorsOf(sdk: Sdk): {
  readonly names: readonly string[];
  shape(names: readonly string[]): ErrorShape;
} {
  const { reads } = sdk.errors;
  if (reads) return { names: [], shape: () => statusShape(reads, sdk.retry.default) };
  if (sdk.errors.module === 'axios') return { names: [], shape: () => axiosShape };
  const [base] = sdk.errors.bases;
  if (base !== 'APIError' || sdk.errors.status !== 'status')
    refuse(say`How ${say(sdk.name)} reports a rate limit is not known well enough to retry it.`);
  const codes = sdk.packageName === 'openai' ? 'properties' : 'body';
  return {
    names: [base, 'APIConnectionError'],
    shape: ([error, connection]) => classShape(error!, connection!, sdk.retry.default, codes),
  };
}

/** Requests that a loop round the call can't repeat, or must not. */
function refuseMethod({ method, path, client, sdk, http }: Request): void {
  if (http?.refusal === 'returned' || (http && !sdk.errors.reads))
    refuse(
      say(
        'No retry is written round a plain HTTP request: where its refusal shows, as an error or as a status, is the code’s own.',
      ),
    );
  switch (method.shape) {
    case 'helper':
      refuse(say`\`${path}\` sends several requests; repeating it after a late failure would do the first ones again.`);
      break;
    case 'stream':
      refuse(
        say`\`${path}\` returns at once and meets the 429 only when its stream is read, where a retry round the call does not see it.`,
      );
      break;
    case 'paginated':
      refuse(say`\`${path}\` sends a request for each page; repeating it would start again with the first one.`);
      break;
    case 'single':
      if (client.known === 'module' && !sdk.moduleIsClient)
        refuse(say`${opening(say(sdk.name))} is not called through its module in this language.`);
  }
}

/** By how many columns edits make the text longer. */
export function added(edits: readonly Edit[]): number {
  return edits.reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
}

/** Functions that a request runs would be run again by a second attempt. */
function refuseRuns({ sdk, path }: Request, { args }: Site): void {
  if (sdk.runs === undefined) return;
  const [given] = namedChildren(args);
  const plain = given?.type === 'object' && !namedChildren(given).some(({ type }) => type === 'spread_element');
  if (!plain || propertyOf(given, sdk.runs))
    refuse(
      say`\`${path}\` may run functions of its \`${sdk.runs}\` before a later request fails; a retry would run them again.`,
    );
}

export function optionEdits(
  request: Request,
  site: Site,
  { text }: Tree,
  style: Style,
  layout: 'flat' | 'broken',
): readonly Edit[] {
  const { retry, name: sdk } = request.sdk;
  const { retries } = request.client;
  if (retry.option === undefined) {
    if (retry.default > 0) refuse(say('The SDK repeats requests itself and has no option to switch that off.'));
    return [];
  }
  if (retries.k !== 'default' && retry.option !== 'maxRetries')
    refuse(say`The retries of ${sdk} may be set, and there is no plain way to switch them off for one call.`);
  const off = retries.k === 'set' ? retries.count === 0 : retries.k === 'default' && retry.default === 0;
  if (off) return [];
  const index = retry.perCall === 'argument' ? 0 : optionsIndex(request, site.args);
  return setOption(site.args, index, retry.option, '0', text, style, layout);
}
