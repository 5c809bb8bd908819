/** Every retry and limiter library that the catalogue knows. A new one is a constant in its language's file. */
import type { RetryLibrary } from '../core/catalogue.ts';
import { retryLibraries as javascript } from './javascript.ts';
import { limiters as javascriptLimiters } from './javascript-limiters.ts';
import { policyLibraries } from './javascript-policies.ts';
import { taskLibraries } from './javascript-tasks.ts';
import { retryLibraries as python } from './python.ts';
import { limiters as pythonLimiters } from './python-limiters.ts';

export const libraries: readonly RetryLibrary[] = [
  ...python,
  ...pythonLimiters,
  ...javascript,
  ...policyLibraries,
  ...taskLibraries,
  ...javascriptLimiters,
];
