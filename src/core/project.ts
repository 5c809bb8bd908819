/** The files that are looked at together, and which of them a module's name means. */
import type { Program } from './program.ts';

export interface Project {
  readonly programs: readonly Program[];
  /** The file that `module` means when `from` imports it; undefined for packages and unseen files. */
  resolve(from: Program, module: string): Program | undefined;
}

/** A file on its own. */
export function singleFile(program: Program): Project {
  return { programs: [program], resolve: () => undefined };
}
