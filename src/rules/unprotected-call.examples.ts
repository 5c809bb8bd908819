/** The rule's examples: hover text, README section, detection test and repair specification in one. */
import type { Example } from '../core/rule.ts';

export const examples: readonly [Example, ...Example[]] = [{ language: 'python', bad: '', good: '' }];
