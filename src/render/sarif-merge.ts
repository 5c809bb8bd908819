/** Several SARIF reports of ours as one: what ran in parts reads as if it had run at once. */
import { isRecord } from './fields.ts';
import { byWalk } from './places.ts';

/** The merged report, or why `logs` can't be merged. */
export function mergeSarif(logs: readonly unknown[]): string | { readonly problem: string } {
  const runs = logs.map(runOf);
  if (!runs.every((run) => run !== undefined)) return { problem: 'not a report that check --format sarif has written' };
  const [first] = runs;
  if (!first) return { problem: 'no report to merge' };
  const driver = JSON.stringify(first.tool);
  if (runs.some(({ tool }) => JSON.stringify(tool) !== driver)) return { problem: 'written by different versions' };
  const invocations = runs.flatMap((run) => run.invocations);
  const run = {
    ...first,
    invocations: [
      {
        executionSuccessful: invocations.every(({ executionSuccessful }) => executionSuccessful),
        toolExecutionNotifications: sorted(
          distinct(invocations.flatMap(({ toolExecutionNotifications }) => toolExecutionNotifications)),
        ),
      },
    ],
    results: sorted(distinct(runs.flatMap(({ results }) => results))),
  };
  return `${JSON.stringify({ ...(logs[0] as object), runs: [run] }, undefined, 2)}\n`;
}

interface Run {
  readonly tool: unknown;
  readonly invocations: readonly {
    readonly executionSuccessful: boolean;
    readonly toolExecutionNotifications: readonly Located[];
  }[];
  readonly results: readonly Located[];
}

interface Located {
  readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[];
}

function runOf(log: unknown): Run | undefined {
  const run = isRecord(log) && log.version === '2.1.0' && Array.isArray(log.runs) ? log.runs[0] : undefined;
  return isRecord(run) && isRecord(run.tool) && Array.isArray(run.invocations) && Array.isArray(run.results)
    ? (run as unknown as Run)
    : undefined;
}

/** A file that several parts were given, or a configuration that several parts read, is told once. */
function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** Within a file the order stays. */
function sorted<T extends Located>(items: readonly T[]): readonly T[] {
  const pathOf = (item: T) => decodeURIComponent(item.locations[0]?.physicalLocation.artifactLocation.uri ?? '');
  return items
    .map((item) => ({ item, path: pathOf(item) }))
    .sort((a, b) => byWalk(a.path, b.path))
    .map(({ item }) => item);
}
