/** The repairs that several rules offer for a request. */
import { type Fix, fix } from '../core/edit.ts';
import type { Written } from '../core/editor.ts';
import type { Refused, Repair, RuleContext } from '../core/rule.ts';
import { limitWindow, retriesToCover } from '../core/schedule.ts';
import type { Omission, Request, Verdict } from '../core/verdict.ts';
import { say, type Words } from '../core/words.ts';

/** A retry in every form that the place allows, the plainest first; then what makes 429s rarer, or seen. */
export function repairs(verdict: Verdict, context: RuleContext): readonly Repair[] {
  const { request, repetition } = verdict;
  const { edit, settings } = context;
  const { retry, throttle, helperModule } = settings;
  return [
    ...coverPosts(request.client.omission, context),
    repair('backoff', say('Retry with exponential backoff'), () => edit.backoff(request, retry)),
    quiet(repair('helper', say('Retry through a shared helper'), () => edit.helper(request, retry, helperModule))),
    ...sdkRetries(request, context),
    quiet(repair('library', say('Retry with a library'), () => edit.library(request, retry))),
    ...(repetition && !isLimited(verdict)
      ? [
          partial(
            repair('throttle', say`Limit to ${throttle.concurrency} at once`, () =>
              edit.throttle(request, repetition, throttle.concurrency),
            ),
          ),
        ]
      : []),
    partial(repair('log-limits', say('Log the rate limit and its headers'), () => edit.logLimits(request))),
  ];
}

/** A retry that is there already, and leaves the request out, is to take it in: a second one beside it would multiply. */
export function coverPosts(omission: Omission | undefined, { edit }: RuleContext): readonly Repair[] {
  if (!omission || omission.code.k === 'other') return [];
  return [repair('cover-posts', say('Let the retry repeat POST requests, too'), () => edit.coverPosts(omission))];
}

/** Whether something bounds already how many requests run at once; a pool that starts them itself can be made smaller. */
function isLimited({ limiters, repetition }: Verdict): boolean {
  const isPool = limiters.some(({ at }) => at.start === repetition?.at.start && at.end === repetition.at.end);
  return limiters.length > 0 && !isPool;
}

/** The SDK's own retries raised over a one-minute limit. */
function sdkRetries(request: Request, { edit }: RuleContext): readonly Repair[] {
  const { retry } = request.sdk;
  // An option of the call itself, as LiteLLM has it, may count by rules of its own (some wait for nothing).
  const isRaised =
    retry.perCall !== 'argument' || (retry.raisedByArgument === true && request.client.known === 'module');
  const count = retry.option === undefined || !isRaised ? undefined : retriesToCover(retry, limitWindow);
  if (request.http || count === undefined) return [];
  const title = say`Let the SDK retry ${count} times (covers a one-minute limit; repeats quota errors too)`;
  return [repair('sdk-retries', title, () => edit.sdkRetries(request, count))];
}

/** Unsafe: it adds waits and requests. What was written may have a better title. */
export function repair(name: string, title: Words, write: () => Written): Repair {
  return { name, build: () => built(name, title, write()) };
}

/** Keeps what the code means. */
export function safe(name: string, title: Words, write: () => Written): Repair {
  return {
    name,
    build() {
      const written = write();
      return 'refused' in written
        ? written
        : fix(name, written.title ?? title, 'safe', written.edits, written.creates ?? []);
    },
  };
}

/** A repair beside others: where it does not fit, that is nobody's question. */
function quiet({ name, build }: Repair): Repair {
  return {
    name,
    build() {
      const done = build();
      return 'refused' in done ? { ...done, beside: true } : done;
    },
  };
}

/** A repair beside others that leaves the finding. */
function partial(of: Repair): Repair {
  const { name, build } = quiet(of);
  return {
    name,
    build() {
      const done = build();
      return 'refused' in done ? done : { ...done, partial: true };
    },
  };
}

function built(name: string, title: Words, written: Written): Fix | Refused {
  return 'refused' in written
    ? written
    : fix(name, written.title ?? title, 'unsafe', written.edits, written.creates ?? []);
}
