/** What the user has set for a file: the editor's settings under the nearest `.rate-limit-guide.json`. */
import * as vscode from 'vscode';
import { unusedIgnore } from '../core/analyze.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { fields } from '../render/fields.ts';
import { rules } from '../rules/all.ts';
import { configName, findConfig, mergeSettings, settingProblemLine } from '../session/config.ts';
import type { Host } from '../session/host.ts';
import { excluded, isTest } from '../session/selection.ts';

export const section = 'rateLimitGuide';

export interface SettingsReader extends vscode.Disposable {
  /** The settings for a file, and whether it is to be looked at under them. */
  of(uri: vscode.Uri): Promise<{ readonly settings: Settings; readonly looksAt: boolean }>;
  run(uri: vscode.Uri): 'onType' | 'onSave';
  readonly onDidChange: vscode.Event<void>;
  /** Nothing is looked at until `resume`; a window that is opened anew is not paused. */
  readonly paused: boolean;
  pause(): void;
  resume(): void;
}

const ruleIds = [...rules.map(({ id }) => id), unusedIgnore];

export function settingsReader(host: Host, log: vscode.LogOutputChannel): SettingsReader {
  const changed = new vscode.EventEmitter<void>();
  const files = vscode.workspace.createFileSystemWatcher(`**/${configName}`);
  const told = new Set<string>();
  const cache = new Map<string, Promise<{ settings: Settings; base: string | undefined }>>();
  let paused = false;
  const setPaused = (to: boolean) => {
    paused = to;
    void vscode.commands.executeCommand('setContext', 'rateLimitGuide.paused', paused);
    log.info(paused ? 'Analysis is paused.' : 'Analysis goes on.');
    changed.fire();
  };
  const clear = () => {
    cache.clear();
    told.clear();
    changed.fire();
  };

  /** Each problem is told once: a toast for whoever just wrote it, a line in the log for later. */
  const tell = (where: string, problems: readonly string[]): void => {
    for (const problem of problems) {
      const line = `${where}: ${problem}`;
      if (told.has(line)) continue;
      told.add(line);
      log.warn(line);
      void vscode.window.showWarningMessage(`Rate Limit Guide: ${line}`);
    }
  };

  const read = async (folder: string, uri: vscode.Uri): Promise<{ settings: Settings; base: string | undefined }> => {
    const editor = mergeSettings(defaultSettings, editorSettings(uri), ruleIds);
    tell('settings', editor.problems.map(settingProblemLine));
    const config = uri.scheme === 'untitled' ? undefined : await findConfig(host, folder);
    if (!config) return { settings: editor.settings, base: undefined };
    const merged = mergeSettings(editor.settings, config.value, ruleIds);
    tell(
      vscode.workspace.asRelativePath(vscode.Uri.parse(config.path)),
      [...config.problems, ...merged.problems].map(settingProblemLine),
    );
    return { settings: merged.settings, base: config.path.slice(0, config.path.lastIndexOf('/')) };
  };

  const subscriptions = [
    changed,
    files,
    files.onDidChange(clear),
    files.onDidCreate(clear),
    files.onDidDelete(clear),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration(section) && clear()),
  ];

  return {
    onDidChange: changed.event,
    get paused() {
      return paused;
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    run: (uri) => vscode.workspace.getConfiguration(section, uri).get<'onType' | 'onSave'>('run', 'onType'),
    async of(uri) {
      const address = uri.toString();
      const folder = address.slice(0, address.lastIndexOf('/'));
      const known = cache.get(folder) ?? read(folder, uri);
      cache.set(folder, known);
      const { settings, base } = await known;
      return { settings, looksAt: !paused && looksAt(uri, settings, base) };
    },
    dispose() {
      for (const one of subscriptions) one.dispose();
    },
  };
}

/** How many files of the workspace are looked at; what is no number of files counts as not set. */
export function mostFiles(): number {
  const most = vscode.workspace.getConfiguration(section).get<unknown>('scan.maxFiles');
  return typeof most === 'number' && most >= 1 ? most : 20_000;
}

function looksAt(uri: vscode.Uri, settings: Settings, base: string | undefined): boolean {
  if (!vscode.workspace.getConfiguration(section, uri).get('enable', true)) return false;
  const path = vscode.workspace.asRelativePath(uri, false);
  if (path.startsWith('/')) return true;
  const address = uri.toString();
  const fromBase =
    base !== undefined && address.startsWith(`${base}/`) ? decodeURIComponent(address.slice(base.length + 1)) : path;
  return (settings.tests || !isTest(path)) && !excluded(settings.exclude)(fromBase);
}

/** What the editor's settings say, in the shape of the configuration file; what nobody set is left out. */
function editorSettings(uri: vscode.Uri): unknown {
  const configuration = vscode.workspace.getConfiguration(section, uri);
  const found: Record<string, unknown> = {};
  for (const { key, where } of fields) {
    if (where !== 'shared') continue;
    const set = configuration.inspect(key);
    const value = set?.workspaceFolderValue ?? set?.workspaceValue ?? set?.globalValue;
    if (value === undefined) continue;
    const [head, tail] = key.split('.') as [string, string?];
    found[head] = tail === undefined ? value : { ...(found[head] as object | undefined), [tail]: value };
  }
  return found;
}
