/** Requests of other files that meet a retry in this one: a helper’s faults are told where it stands. */
import type { Catalogue } from './catalogue.ts';
import { type Program, statements } from './program.ts';
import type { Project } from './project.ts';
import { isHanded } from './references.ts';
import { findRequests, type Versions } from './requests.ts';
import type { Resolver } from './resolve.ts';
import type { Routed } from './retry-uses.ts';
import { routesOf } from './routes.ts';

interface Options {
  readonly catalogue: Catalogue;
  readonly versions: Versions;
  readonly stop?: () => boolean;
}

/** The requests of other files, whose retries may stand in this one; none where it holds no retry. */
export function requestsElsewhere(
  program: Program,
  project: Project,
  resolve: Resolver,
  { catalogue, versions, stop }: Options,
): readonly Routed[] {
  if (!mayRetry(program, catalogue)) return [];
  const found: Routed[] = [];
  for (const other of project.programs) {
    if (other === program || other.facts.language !== program.facts.language) continue;
    for (const one of findRequests(other, resolve, catalogue, '', versions)) {
      if (stop?.() || found.length >= mostElsewhere) return found;
      const { request, place } = one;
      const routes = routesOf(one, resolve, catalogue);
      found.push({ request, path: other.path, routes, isHanded: isHanded(place, request.call.callee) });
    }
  }
  return found;
}

/** How many requests of other files are looked at. */
const mostElsewhere = 60;

/** Whether a file holds what may be a retry of others' requests: a retry library, or a function that handles errors in a loop. */
function mayRetry({ facts }: Program, { libraries }: Catalogue): boolean {
  const retrying = libraries.flatMap(({ modules, exports }) =>
    [...exports.values()].some(({ does }) => does === 'retry') ? modules : [],
  );
  if (facts.imports.some(({ module }) => retrying.includes(module))) return true;
  return facts.fns.some(({ name, body }) => {
    const all = [...statements(body)];
    const handles = all.some((stmt) => stmt.k === 'try');
    return handles && (all.some((stmt) => stmt.k === 'loop') || /retr(y|ies)|attempt|back_?off/i.test(name));
  });
}
