/** Calls that are named like a request, on something of which nothing is known: they are left alone. */
import type { Catalogue } from './catalogue.ts';
import type { Call } from './facts.ts';
import { nameOf, type Program } from './program.ts';
import { open, visible } from './requests.ts';
import type { Resolver } from './resolve.ts';
import type { Span } from './span.ts';
import type { Request } from './verdict.ts';

export interface UnknownReceiver {
  readonly at: Span;
  /** As it is written: `agent.messages.create`. */
  readonly text: string;
  /** Why it may be one, as a message says it. */
  readonly like: string;
}

/** How many parts a path has at least that says something: many libraries have a `create` or a `generate`. */
const fewestParts = 2;

export function unknownReceivers(
  program: Program,
  requests: readonly Request[],
  resolver: Resolver,
  catalogue: Catalogue,
): readonly UnknownReceiver[] {
  const known = new Set<Call>(requests.map(({ call }) => call));
  const sdks = catalogue.sdks.filter((sdk) => sdk.language === program.facts.language);
  // Of SDKs with the same path the first one is named.
  const paths = new Map(
    sdks
      .toReversed()
      .flatMap((sdk) =>
        [...sdk.methods].flatMap(([path, { plane }]) =>
          plane === 'inference' && path.split('.').length >= fewestParts ? [[path, sdk] as const] : [],
        ),
      ),
  );
  const lastNames = new Set([...paths.keys()].map((path) => path.split('.').at(-1)!));
  return program.calls.flatMap((place) => {
    const { callee } = place.call;
    if (callee.k !== 'attr' || known.has(place.call) || !lastNames.has(callee.name)) return [];
    const text = nameOf(callee);
    const names = text.split('.');
    for (let from = 1; from <= names.length - fewestParts; from++) {
      const path = names.slice(from).join('.');
      const sdk = paths.get(path) ?? sdks.find((one) => paths.has(visible(one, names.slice(from))));
      if (sdk && resolver.meanings(callee, place).every(open))
        return [{ at: callee.at, text, like: `\`${path}\` is a path of ${sdk.name}` }];
    }
    return [];
  });
}
