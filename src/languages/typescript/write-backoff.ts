/** Writes the repair `backoff`: a loop in place where statements fit, else the request handed to a helper that retries. */
import type { Edit } from '../../core/edit.ts';
import type { Surroundings } from '../../core/editor.ts';
import type { RetryPolicy } from '../../core/settings.ts';
import type { Request } from '../../core/verdict.ts';
import type { Tree } from '../syntax.ts';
import { delayHelper } from './write-delay.ts';
import { pauseHelper, placeHelpers, wrapHelper } from './write-helper.ts';
import { hoist } from './write-hoist.ts';
import { hasRoomBefore, type Place, placeOf, writeInPlace } from './write-in-place.ts';
import { fits } from './write-layout.ts';
import { added, errorShapeOf, prepareRetry, type Retry, type Wrapping, wrapRequest } from './write-retry.ts';
import { signalOf } from './write-signal.ts';
import type { Dialect } from './write-style.ts';

export function writeBackoff(
  tree: Tree,
  request: Request,
  policy: RetryPolicy,
  dialect: Dialect,
  { format }: Surroundings,
): readonly Edit[] {
  const retry = prepareRetry(tree, request, policy, dialect, format);
  const { site, style, source, impure } = retry;
  const place = placeOf(site, tree, dialect, style);
  if (!place || (impure.length > 0 && !hasRoomBefore(place, site)))
    return wrapRequest(retry, (signal) => ownHelper(retry, signal));
  const { shape, edits } = errorShapeOf(retry);
  const delay = delayHelper(source, shape);
  const hoisted = hoist(impure, site, retry.types);
  const signal = signalOf(retry.request, site, hoisted, dialect);
  const pause = signal === undefined ? undefined : { helper: pauseHelper(source), signal };
  const loop = writeInPlace(
    place,
    site,
    tree,
    style,
    { edits: retry.options(layoutInPlace(retry, place)), hoisted },
    delay,
    pause,
  );
  return [...edits, loop, ...placeHelpers(tree, style, site.call, pause ? [delay, pause.helper] : [delay])];
}

/** Whether the call still fits its line inside the loop. */
function layoutInPlace({ site, style, options, tree }: Retry, { declaration }: Place): 'flat' | 'broken' {
  const deeper = 2 * style.unit.replaceAll('\t', '  ').length - (declaration ? declaration.keyword.length + 1 : 0);
  return !style.formatted || fits(site.call, added(options('flat')) + deeper, tree.text, style) ? 'flat' : 'broken';
}

/** A helper in this file that retries what it is handed. */
export function ownHelper(retry: Retry, signal: string | undefined): Wrapping {
  const { source } = retry;
  const { shape, edits } = errorShapeOf(retry);
  const delay = delayHelper(source, shape);
  const pause = signal === undefined ? undefined : pauseHelper(source);
  const wrap = wrapHelper(source, delay, pause);
  const helpers = pause ? [wrap, delay, pause] : [wrap, delay];
  return { wrapper: { open: `${wrap.name}(() => `, close: signal ? `, ${signal})` : ')' }, edits, helpers };
}
