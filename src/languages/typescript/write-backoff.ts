/** Writes the repair `backoff`: decides on its form, and puts its parts together. */
import type { Edit } from '../../core/edit.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import type { Tree } from '../syntax.ts';
import { partsToFreeze } from './write-closure.ts';
import {
  axiosShape,
  classShape,
  delayHelper,
  type Helper,
  type HelperSource,
  pauseHelper,
  placeHelpers,
  wrapHelper,
} from './write-helper.ts';
import { declarations, hoist, impureParts } from './write-hoist.ts';
import { errorClassesOf, namespaceOf } from './write-import.ts';
import { hasRoomBefore, placeOf, writeInPlace } from './write-in-place.ts';
import { optionsIndex, sentence, setOption } from './write-options.ts';
import { refuse } from './write-refusal.ts';
import { signalOf } from './write-signal.ts';
import { type Site, siteOf } from './write-site.ts';
import { roomFor } from './write-spot.ts';
import { type Dialect, type Style, styleOf } from './write-style.ts';
import { within } from './write-syntax.ts';
import { refuseUsedUploads } from './write-uploads.ts';
import { writeWrapped } from './write-wrapped.ts';

export function writeBackoff(tree: Tree, request: Request, policy: RetryPolicy, dialect: Dialect): readonly Edit[] {
  refuseMethod(request);
  const site = siteOf(tree, request);
  const style = styleOf(tree);
  refuseUsedUploads(request, site);
  const options = optionEdits(request, site, tree, style);
  const error = errorShape(tree, request, style);
  const source: HelperSource = { tree, style, dialect, policy, at: site.call };
  const delay = delayHelper(source, error.shape);

  const types = dialect === 'typescript' ? { namespace: namespaceOf(tree, request), path: request.path } : undefined;
  const impure = impureParts(site, request.sdk.derive);
  const place = placeOf(site, tree, dialect, style);
  if (place && (impure.length === 0 || hasRoomBefore(place, site))) {
    const hoisted = hoist(impure, site, types);
    const signal = signalOf(site, hoisted, dialect);
    const pause = signal === undefined ? undefined : { helper: pauseHelper(source), signal };
    const loop = writeInPlace(place, site, tree, style, { edits: options, hoisted }, delay, pause);
    return [...error.edits, loop, ...placed(source, [delay, pause?.helper])];
  }
  const frozen = partsToFreeze(site, dialect).filter(({ node }) => !impure.some((part) => within(node, part.node)));
  const hoisted = hoist([...impure, ...frozen], site, types);
  const signal = signalOf(site, hoisted, dialect);
  const pause = signal === undefined ? undefined : pauseHelper(source);
  const wrap = wrapHelper(source, delay, pause);
  const room = roomFor(site, declarations(hoisted), tree, style);
  return [
    ...error.edits,
    ...(room?.opening ?? []),
    ...writeWrapped(site, tree, dialect, wrap, signal, room ? undefined : hoisted, [...options, ...hoisted.edits]),
    ...(room?.closing ?? []),
    ...placed(source, [wrap, delay, pause]),
  ];
}

/** Requests that a loop round the call can't repeat, or must not. */
function refuseMethod({ method, path, client, sdk }: Request): void {
  switch (method.shape) {
    case 'helper':
      refuse(`\`${path}\` sends several requests; repeating it after a late failure would do the first ones again.`);
      break;
    case 'stream':
      refuse(
        `\`${path}\` returns at once and meets the 429 only when its stream is read, where a retry round the call does not see it.`,
      );
      break;
    case 'paginated':
      refuse(`\`${path}\` sends a request for each page; repeating it would start again with the first one.`);
      break;
    case 'single':
      if (client.known === 'module') refuse(`${sentence(sdk.name)} is not called through its module in this language.`);
  }
}

function optionEdits(request: Request, site: Site, { text }: Tree, style: Style): readonly Edit[] {
  const { retry } = request.sdk;
  const { retries } = request.client;
  if (retry.option === undefined) {
    if (retry.default > 0) refuse('The SDK repeats requests itself and has no option to switch that off.');
    return [];
  }
  const off = retries.k === 'set' ? retries.count === 0 : retries.k === 'default' && retry.default === 0;
  return off ? [] : setOption(site.args, optionsIndex(request, site.args), retry.option, '0', text, style);
}

function errorShape(tree: Tree, request: Request, style: Style) {
  const { sdk } = request;
  if (sdk.errors.module === 'axios') return { shape: axiosShape, edits: [] };
  const [base] = sdk.errors.bases;
  if (base !== 'APIError' || sdk.errors.status !== 'status')
    refuse(`How ${sdk.name} reports a rate limit is not known well enough to retry it.`);
  const { names, edits } = errorClassesOf(tree, request, [base, 'APIConnectionError'], style);
  const codes = sdk.packageName === 'openai' ? 'properties' : 'body';
  return { shape: classShape(names[0]!, names[1]!, sdk.retry.default, codes), edits };
}

function placed(source: HelperSource, helpers: readonly (Helper | undefined)[]): readonly Edit[] {
  return placeHelpers(
    source,
    helpers.filter((helper) => helper !== undefined),
  );
}
