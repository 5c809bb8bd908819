/** How a writer says, from any depth, that it won't write something: one sentence why. */

export class Refusal extends Error {}

export function refuse(why: string): never {
  throw new Refusal(why);
}
