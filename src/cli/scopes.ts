/** The settings that hold in each folder, with what they leave out. */
import { unusedIgnore } from '../core/analyze.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import type { ReportedProblem } from '../render/report.ts';
import { rules } from '../rules/all.ts';
import { findConfig, mergeSettings, settingProblemLine } from '../session/config.ts';
import { nodeHost } from '../session/node-host.ts';
import { excluded } from '../session/selection.ts';
import { folderOf, shown, within } from './paths.ts';
import type { Scope } from './walk.ts';

export interface OwnScope extends Scope {
  readonly settings: Settings;
  /** The configuration file that was read. */
  readonly config?: string;
}

export interface Scopes {
  of(folder: string): Promise<OwnScope>;
  /** What was wrong with the configuration files read so far. */
  readonly problems: readonly ReportedProblem[];
}

export const ruleIds: readonly string[] = [...rules.map(({ id }) => id), unusedIgnore];

export function createScopes(): Scopes {
  const known = new Map<string, Promise<OwnScope>>();
  const problems = new Map<string, readonly ReportedProblem[]>();

  const read = async (folder: string): Promise<OwnScope> => {
    const config = await findConfig(nodeHost, folder);
    if (!config) return { settings: defaultSettings, tests: defaultSettings.tests, excludes: () => false };
    const merged = mergeSettings(defaultSettings, config.value, ruleIds);
    const path = shown(config.path);
    const all = [...config.problems, ...merged.problems];
    problems.set(
      path,
      all.map((problem) => ({ path, message: settingProblemLine(problem) })),
    );
    const { settings } = merged;
    const isExcluded = excluded(settings.exclude);
    const home = folderOf(config.path);
    const excludes = (file: string) => isExcluded(within(home, file) + (file.endsWith('/') ? '/' : ''));
    return { settings, tests: settings.tests, excludes, config: path };
  };

  return {
    of(folder) {
      const found = known.get(folder) ?? read(folder);
      known.set(folder, found);
      return found;
    },
    get problems() {
      return [...problems.values()].flat();
    },
  };
}
