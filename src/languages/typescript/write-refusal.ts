/** How a writer says, from any depth, that it won't write something: one sentence why. */
import type { Words } from '../../core/words.ts';

export class Refusal extends Error {
  readonly why: Words;

  constructor(why: Words) {
    super();
    this.why = why;
  }
}

export function refuse(why: Words): never {
  throw new Refusal(why);
}
