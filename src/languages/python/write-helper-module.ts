/** Writes a module of its own for the retry helpers, which the files of a project share. */
import type { NewFile } from '../../core/edit.ts';
import type { Format } from '../../core/editor.ts';
import { delayFunction, inManner, wrapperFunction } from './write-helpers.ts';
import { laidOut } from './write-layout.ts';
import { caughtHere } from './write-needs.ts';
import type { Work } from './write-work.ts';

/** The names of its functions, for a call and for an awaited one. */
export const moduleHelpers = { sync: 'with_backoff', async: 'with_backoff_async' } as const;

const names = {
  clock: 'time.time',
  monotonic: 'time.monotonic',
  uniform: 'random.uniform',
  search: 're.search',
  fullmatch: 're.fullmatch',
  findall: 're.findall',
  parseDate: 'parsedate_tz',
  dateSeconds: 'mktime_tz',
  delayHelper: 'retry_delay',
  started: 'started',
  attempt: 'attempt',
  error: 'error',
  delay: 'delay',
  any: 'Any',
  cast: 'cast',
  callType: 'Call',
} as const;

/** Both helpers, whichever the call needs: the next call may need the other one. */
export function helperModule(work: Work, path: string, format: Format): NewFile {
  const { classes, errorClass, otherAttempts, isLazy } = caughtHere(work);
  const { module } = work.request.sdk.errors;
  const importLine = `from ${module} import ${classes.toSorted().join(', ')}`;
  const wrapper = (kind: 'sync' | 'async') =>
    wrapperFunction(moduleHelpers[kind], kind, {
      ...names,
      sleep: kind === 'async' ? 'await asyncio.sleep' : 'time.sleep',
      errorClass,
      ...(isLazy && { importLine }),
    });
  const imports = [
    'import asyncio',
    'import random',
    'import re',
    'import time',
    'from email.utils import mktime_tz, parsedate_tz',
    'from typing import Any, Callable, TypeVar, cast',
    ...(isLazy ? [] : ['', importLine]),
  ];
  const parts = [
    `"""Sends requests again, with exponential backoff, when they meet a rate limit."""`,
    '',
    ...imports,
    '',
    'Call = TypeVar("Call", bound=Callable[..., Any])',
    '',
    '',
    delayFunction(names.delayHelper, names, work.policy, otherAttempts),
    '',
    '',
    wrapper('sync'),
    '',
    '',
    wrapper('async'),
    '',
  ];
  const { manner } = work;
  const text = inManner(parts.join('\n'), manner).replaceAll('\n', manner.newline);
  const [laid] = laidOut('', [{ span: { start: 0, end: 0 }, text }], format, manner);
  return { path, text: laid!.text };
}
