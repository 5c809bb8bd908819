/** The rule's examples. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [{ language: 'python', bad: '', good: '' }];
