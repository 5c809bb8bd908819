/** All rules, in the order of the documentation. */
import type { Rule } from '../core/rule.ts';
import { blockingSleep } from './blocking-sleep.ts';
import { droppedRequest } from './dropped-request.ts';
import { fixedDelayRetry } from './fixed-delay-retry.ts';
import { hardCodedKey } from './hard-coded-key.ts';
import { immediateRetry } from './immediate-retry.ts';
import { keyRotation } from './key-rotation.ts';
import { outdatedErrorClass } from './outdated-error-class.ts';
import { postNotRetried } from './post-not-retried.ts';
import { repeatedSideEffect } from './repeated-side-effect.ts';
import { retriedQuota } from './retried-quota.ts';
import { reusedPromise } from './reused-promise.ts';
import { shadowedHandler } from './shadowed-handler.ts';
import { stackedRetries } from './stacked-retries.ts';
import { swallowedRateLimit } from './swallowed-rate-limit.ts';
import { unawaitedCallInTry } from './unawaited-call-in-try.ts';
import { unboundedFanOut } from './unbounded-fan-out.ts';
import { unboundedRetry } from './unbounded-retry.ts';
import { unhandledStreamLimit } from './unhandled-stream-limit.ts';
import { unprotectedCall } from './unprotected-call.ts';

export const rules: readonly Rule[] = [
  unprotectedCall,
  swallowedRateLimit,
  droppedRequest,
  unboundedRetry,
  immediateRetry,
  fixedDelayRetry,
  stackedRetries,
  retriedQuota,
  repeatedSideEffect,
  postNotRetried,
  blockingSleep,
  unawaitedCallInTry,
  unboundedFanOut,
  reusedPromise,
  unhandledStreamLimit,
  shadowedHandler,
  outdatedErrorClass,
  hardCodedKey,
  keyRotation,
];
