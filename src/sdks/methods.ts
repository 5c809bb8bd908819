/** How the lists of request methods are written down, and how they become a catalogue's map. */
import type { Method } from '../core/catalogue.ts';

/** What a script derived from the packages themselves; `version` is the newest one it looked at. */
export interface Derived {
  readonly version: string;
  readonly groups: readonly MethodGroup[];
}

/** Methods of one resource (`''`: the client) that the same major versions have. Names are separated by a space. */
export interface MethodGroup {
  readonly on: string;
  readonly since?: number;
  readonly until?: number;
  readonly async?: boolean;
  readonly single?: string;
  readonly paginated?: string;
  readonly helper?: string;
  readonly stream?: string;
}

const shapes = ['single', 'paginated', 'helper', 'stream'] as const;

/** The map of paths. `isInference` tells a path that spends model capacity. */
export function methodsOf(
  groups: readonly MethodGroup[],
  isInference: (path: string) => boolean,
): ReadonlyMap<string, Method> {
  const methods = new Map<string, Method>();
  for (const { on, since, until, async, ...names } of groups) {
    const range = {
      ...(async !== undefined && { async }),
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
    };
    for (const shape of shapes)
      for (const name of names[shape]?.split(' ') ?? []) {
        const path = on ? `${on}.${name}` : name;
        methods.set(path, { plane: isInference(path) ? 'inference' : 'control', shape, ...range });
      }
  }
  return methods;
}
