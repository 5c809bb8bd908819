/** `check --print-config`: the settings that hold for a path, and where they come from. */
import { statSync } from 'node:fs';
import { absolute, folderOf, shown } from './paths.ts';
import { createScopes } from './scopes.ts';
import { print, tell } from './terminal.ts';

/** Resolves to the exit code. */
export async function printConfig(path: string): Promise<number> {
  const scopes = createScopes();
  const { settings, config } = await scopes.of(isFolder(path) ? absolute(path) : folderOf(absolute(path)));
  print(`${JSON.stringify({ path: shown(absolute(path)), config: config ?? null, settings }, undefined, 2)}\n`);
  for (const problem of scopes.problems) tell(`${problem.path}: ${problem.message}`);
  return scopes.problems.length > 0 ? 2 : 0;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
