/** What is played out where nobody says otherwise: a loop over a thousand requests behind a new account's limits. */
import type { Limit } from './limit.ts';
import type { Workload } from './simulate.ts';

export const usualWorkload: Workload = {
  requests: 1000,
  tokens: 1000,
  workers: 1,
  answerSeconds: 0.5,
  refusalSeconds: 0.1,
  onError: 'ends',
};

export const usualLimit: Limit = {
  shape: 'bucket',
  requestsPerMinute: 500,
  tokensPerMinute: 30_000,
  windowSeconds: 60,
  toldWait: 'none',
};
