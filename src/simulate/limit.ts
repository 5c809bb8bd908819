/** A provider's limit in virtual time: it lets requests through or refuses them, and may say how long to wait. */

/** `bucket` holds what a window allows and fills all the time; `window` starts anew at the end of each. */
export const limitShapes = ['bucket', 'window'] as const;

/** Where a refusal says how long to wait: nowhere, in the message alone, which no SDK reads, or in `retry-after`. */
export const toldWaits = ['none', 'message', 'header'] as const;

export interface Limit {
  readonly shape: (typeof limitShapes)[number];
  /** What is absent is not counted. */
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
  /** Providers may count over less than a minute: then bursts fail below the nominal rate. */
  readonly windowSeconds: number;
  readonly toldWait: (typeof toldWaits)[number];
}

export interface Refusal {
  /** Seconds until the request would be let through if no other came first. */
  readonly wait: number;
  /** One request asks for more than the whole limit: no wait helps. */
  readonly tooLarge: boolean;
}

export interface Gate {
  /** A request at `at` seconds; times never go back. A refused request takes nothing. */
  ask(at: number): Refusal | undefined;
}

/** What a bucket or window lets through at most before it has to be waited for. */
export function capacity({ requestsPerMinute, tokensPerMinute, windowSeconds }: Limit): {
  readonly requests: number;
  readonly tokens: number;
} {
  const windows = windowSeconds / 60;
  return {
    requests: Math.max(1, Math.floor((requestsPerMinute ?? Number.POSITIVE_INFINITY) * windows + dust)),
    tokens: Math.floor((tokensPerMinute ?? Number.POSITIVE_INFINITY) * windows + dust),
  };
}

/** The gate of a limit for requests of `tokens` tokens each. */
export function gateOf(limit: Limit, tokens: number): Gate {
  const most = capacity(limit);
  if (tokens > most.tokens) return { ask: () => ({ wait: Number.POSITIVE_INFINITY, tooLarge: true }) };
  return limit.shape === 'bucket' ? bucket(limit, tokens) : fixedWindow(limit, tokens);
}

/** Sums of fractions fall short of the whole by less than this. */
const dust = 1e-9;

function bucket(limit: Limit, tokens: number): Gate {
  const most = capacity(limit);
  const { requestsPerMinute, tokensPerMinute } = limit;
  const levels = [
    ...(requestsPerMinute === undefined ? [] : [level(most.requests, requestsPerMinute / 60, 1)]),
    ...(tokensPerMinute === undefined ? [] : [level(most.tokens, tokensPerMinute / 60, tokens)]),
  ];
  return {
    ask(at) {
      const wait = Math.max(0, ...levels.map((one) => one.missing(at)));
      if (wait > 0) return { wait, tooLarge: false };
      for (const one of levels) one.take();
      return undefined;
    },
  };
}

/** What is left of one kind, as it fills with time. */
function level(most: number, perSecond: number, cost: number) {
  let left = most;
  let last = 0;
  return {
    /** Seconds until a request's cost is there. */
    missing(at: number): number {
      left = Math.min(most, left + (at - last) * perSecond);
      last = at;
      return left + dust >= cost ? 0 : (cost - left) / perSecond;
    },
    take() {
      left = Math.max(0, left - cost);
    },
  };
}

function fixedWindow(limit: Limit, tokens: number): Gate {
  const { requests, tokens: tokensInWindow } = capacity(limit);
  const most = Math.min(requests, tokens === 0 ? requests : Math.floor(tokensInWindow / tokens));
  const { windowSeconds } = limit;
  let window = 0;
  let count = 0;
  return {
    ask(at) {
      const now = Math.floor(at / windowSeconds + dust);
      if (now !== window) count = 0;
      window = now;
      if (count >= most) return { wait: (now + 1) * windowSeconds - at, tooLarge: false };
      count++;
      return undefined;
    },
  };
}
