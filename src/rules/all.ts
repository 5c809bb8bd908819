/** All rules, in the order of the documentation. */
import type { Rule } from '../core/rule.ts';
import { droppedRequest } from './dropped-request.ts';
import { swallowedRateLimit } from './swallowed-rate-limit.ts';
import { unprotectedCall } from './unprotected-call.ts';

export const rules: readonly Rule[] = [unprotectedCall, swallowedRateLimit, droppedRequest];
