/** The engine for tests: the real session over the real catalogue and rules, with files from a folder or from memory. */
import { readFileSync } from 'node:fs';
import { type Fix, preferredFix } from '../src/core/edit.ts';
import { defaultSettings, type Settings } from '../src/core/settings.ts';
import { libraries } from '../src/libraries/all.ts';
import { rules } from '../src/rules/all.ts';
import { sdks } from '../src/sdks/all.ts';
import { keys } from '../src/sdks/keys.ts';
import type { Host } from '../src/session/host.ts';
import { type Analysis, createSession, type Session } from '../src/session/session.ts';
import { syntax } from './wasm.ts';

export const diskHost: Host = {
  readFile: async (path) => {
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  },
};

export function memoryHost(files: Readonly<Record<string, string>>): Host {
  return { readFile: async (path) => (path in files ? new TextEncoder().encode(files[path]) : undefined) };
}

export function startSession(host: Host = memoryHost({})): Session {
  return createSession({ host, syntax, rules, catalogue: { sdks, libraries, keys } });
}

const shared = startSession();

/** Analyses a text of its own, in a file of no project. */
export async function analyze(
  path: string,
  text: string,
  settings: Settings = defaultSettings,
  session: Session = shared,
  language?: string,
): Promise<Analysis> {
  session.update(path, text, language);
  const analysis = await session.analyze(path, settings);
  session.close(path);
  if (!analysis) throw new Error(`${path} was not analysed`);
  return analysis;
}

/** The preferred repair of each finding. */
export function preferred(analysis: Analysis): readonly Fix[] {
  return analysis.findings.flatMap((finding) => preferredFix(analysis.fixes(finding)) ?? []);
}
