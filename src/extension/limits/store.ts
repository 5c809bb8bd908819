/** Keeps what the limits meter has measured: the newest for each model and address, over all workspaces. */
import * as vscode from 'vscode';
import type { Measurement } from '../../guide/limits.ts';

export interface LimitsStore extends vscode.Disposable {
  /** Newest first. */
  all(): readonly Measurement[];
  add(measurement: Measurement): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

const key = 'limits';
const mostKept = 20;

export function limitsStore(memory: vscode.Memento): LimitsStore {
  const changed = new vscode.EventEmitter<void>();
  const all = () => memory.get<readonly Measurement[]>(key, []);
  return {
    all,
    async add(measurement) {
      const others = all().filter(
        ({ baseUrl, model }) => baseUrl !== measurement.baseUrl || model !== measurement.model,
      );
      await memory.update(key, [measurement, ...others].slice(0, mostKept));
      changed.fire();
    },
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
}
