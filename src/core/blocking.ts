/** Waits that stop the event loop in functions that send requests. */
import type { Call } from './facts.ts';
import type { CallPlace, Program } from './program.ts';
import type { Resolver } from './resolve.ts';
import { senders } from './senders.ts';
import type { Request } from './verdict.ts';

export interface BlockingWait {
  readonly call: Call;
  /** As the code calls it. */
  readonly name: string;
}

export function blockingWaits(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
): readonly BlockingWait[] {
  const { sends } = senders(program, requests, resolver);
  return program.calls.flatMap((place): readonly BlockingWait[] => {
    if (!program.facts.fns[place.fn]!.async || !blocks(place, resolver) || !sends.fn(place.fn)) return [];
    return [{ call: place.call, name: 'time.sleep' }];
  });
}

function blocks(place: CallPlace, resolver: Resolver): boolean {
  return resolver
    .meanings(place.call.callee, place)
    .some((one) => one.k === 'export' && [one.module, ...one.path].join('.') === 'time.sleep');
}
