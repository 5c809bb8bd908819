/** A call at hand as a simulation takes it: how often it is sent, by whom, and what follows a 429. */
import type { Verdict } from '../core/verdict.ts';
import type { PolicyName, PolicyOptions } from './policy.ts';
import type { Workload } from './simulate.ts';

export interface Situation {
  readonly sdk: PolicyOptions['sdk'];
  /** Absent where something sends a refused request again whose waits are not known. */
  readonly policy?: PolicyName;
  /** The SDK's own retries. */
  readonly retries: number;
  /** Absent where the code doesn't say. */
  readonly requests?: number;
  readonly start: 'one by one' | 'all at once';
  readonly onError: Workload['onError'];
}

export function situationOf({ request, protection, repetition }: Verdict): Situation {
  const { retries: set } = request.client;
  const retries = protection.k === 'sdk' ? protection.retries : set.k === 'set' ? set.count : request.sdk.retry.default;
  const known = protection.k !== 'resent' || (set.k === 'set' && protection.layers.every(({ k }) => k === 'sdk'));
  return {
    sdk: request.sdk.retry,
    ...(known && { policy: retries === 0 ? 'none' : 'sdk' }),
    retries,
    ...(repetition?.times !== undefined && repetition.times > 0 && { requests: repetition.times }),
    start: repetition?.k === 'fan-out' ? 'all at once' : 'one by one',
    onError: protection.k === 'lost' || protection.k === 'handled' ? 'goes-on' : 'ends',
  };
}
