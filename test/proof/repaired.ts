/** A folder for programs that are repaired one by one through the engine, by the name of a repair. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apply } from '../../src/core/edit.ts';
import type { Finding } from '../../src/core/rule.ts';
import { defaultSettings, type Settings } from '../../src/core/settings.ts';
import { analyze } from '../engine.ts';
import { type Program, type ProgramLanguage, programFolder, programs } from './programs.ts';
import { quickPolicy } from './workshop.ts';

export interface Repairs {
  readonly folder: string;
  original(file: string): string;
  /**
   * Writes the program with the repair of each of its unprotected calls, the last one first; gives the file's path.
   * `module`: the name of the new file that its helper goes to.
   */
  repaired(file: string, fix: string, module?: string): Promise<string>;
  remove(): Promise<void>;
}

// Inside the project, so that the programs find its packages.
const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
const settings: Settings = { ...defaultSettings, retry: quickPolicy, throttle: { concurrency: 2 } };

export function programNamed(file: string): Program {
  const found = programs.find((program) => program.file === file);
  assert.ok(found, `there is no program ${file}`);
  return found;
}

export async function openRepairs(language: ProgramLanguage): Promise<Repairs> {
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(await realpath(cache), 'proof-'));
  const originals = join(folder, 'original');
  await cp(join(programFolder, language), originals, { recursive: true });
  const original = (file: string) => join(originals, file);
  return {
    folder,
    original,
    async repaired(file, name, module) {
      const bench = join(folder, module ? `${name}-module` : name);
      await mkdir(bench, { recursive: true });
      const path = join(bench, file);
      const own = module ? { ...settings, helperModule: join(bench, module) } : settings;
      let text = await readFile(original(file), 'utf8');
      for (let index = unprotected(await analyze(path, text, settings)).length - 1; index >= 0; index--) {
        const analysis = await analyze(path, text, own);
        const finding = unprotected(analysis)[index]!;
        const found = analysis.fixes(finding).find((fix) => fix.name === name);
        assert.ok(found, `${name} is not offered for ${file}: ${analysis.refusals(finding, name).join(' ')}`);
        for (const made of found.creates ?? []) await writeFile(made.path, made.text);
        text = apply(text, found.edits);
      }
      await writeFile(path, text);
      return path;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function unprotected({ findings }: { findings: readonly Finding[] }): readonly Finding[] {
  return findings.filter(({ rule }) => rule === 'unprotected-call');
}
