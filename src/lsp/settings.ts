/** What the user has set for a file: the editor's settings under the nearest `.rate-limit-guide.json`. */
import { unusedIgnore } from '../core/analyze.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { isRecord, valueAt } from '../render/fields.ts';
import { rules } from '../rules/all.ts';
import { findConfig, mergeSettings, settingProblemLine } from '../session/config.ts';
import type { Host } from '../session/host.ts';
import { folderOf } from '../session/modules.ts';
import { excluded, isTest } from '../session/selection.ts';

export interface SettingsReader {
  /** The settings for a file, and whether it is to be looked at under them. */
  of(uri: string, path: string): Promise<OwnSettings>;
  /** Drops what was read. */
  clear(): void;
}

export interface OwnSettings {
  readonly settings: Settings;
  readonly looksAt: boolean;
  readonly run: 'onType' | 'onSave';
}

export interface SettingsOptions {
  readonly host: Host;
  /** What the editor says under `rateLimitGuide` for a document. */
  ask(uri: string): Promise<unknown>;
  /** The folders that the editor has open, as paths. */
  folders(): readonly string[];
  /** Something in the settings is wrong: told once. */
  tell(problem: string): void;
}

const ruleIds = [...rules.map(({ id }) => id), unusedIgnore];

export function settingsReader({ host, ask, folders, tell }: SettingsOptions): SettingsReader {
  const known = new Map<string, Promise<OwnSettings>>();
  const told = new Set<string>();
  const tellAll = (where: string, problems: readonly string[]) => {
    for (const problem of problems) {
      const line = `${where}: ${problem}`;
      if (!told.has(line)) tell(line);
      told.add(line);
    }
  };

  const read = async (uri: string, path: string): Promise<OwnSettings> => {
    const said = await ask(uri);
    const editor = mergeSettings(defaultSettings, said, ruleIds);
    tellAll('settings', editor.problems.map(settingProblemLine));
    const config = await findConfig(host, folderOf(path));
    const merged = mergeSettings(editor.settings, config?.value, ruleIds);
    if (config) tellAll(config.path, [...config.problems, ...merged.problems].map(settingProblemLine));
    const { settings } = merged;
    const base = config ? folderOf(config.path) : folders().find((folder) => path.startsWith(`${folder}/`));
    const inside = base !== undefined && path.startsWith(`${base}/`) ? path.slice(base.length + 1) : undefined;
    const leftOut = inside !== undefined && ((!settings.tests && isTest(inside)) || excluded(settings.exclude)(inside));
    return {
      settings,
      looksAt: !leftOut && !(isRecord(said) && said.enable === false),
      run: valueAt(said, 'run') === 'onSave' ? 'onSave' : 'onType',
    };
  };

  return {
    of(uri, path) {
      const found = known.get(path) ?? read(uri, path);
      known.set(path, found);
      return found;
    },
    clear() {
      known.clear();
      told.clear();
    },
  };
}
