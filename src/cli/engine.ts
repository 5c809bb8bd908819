/** The engine as the command line uses it: one session, and the settings that hold in each folder. */
import type { NewFile } from '../core/edit.ts';
import type { Settings } from '../core/settings.ts';
import { libraries } from '../libraries/all.ts';
import type { ReportedProblem } from '../render/report.ts';
import { rules } from '../rules/all.ts';
import { sdks } from '../sdks/all.ts';
import { keys } from '../sdks/keys.ts';
import { candidates } from '../session/candidates.ts';
import { nodeHost, nodeSyntax } from '../session/node-host.ts';
import { projectFiles } from '../session/node-project.ts';
import { type Analysis, createSession } from '../session/session.ts';
import { absolute } from './paths.ts';
import { otherLanguage } from './problems.ts';
import { createScopes, type OwnScope } from './scopes.ts';
import type { ProgramText } from './source.ts';

export interface Engine {
  /** The analysis, or in words why there is none. */
  analyze(program: ProgramText, settings: Settings): Promise<Analysis | { readonly problem: string }>;
  /** Takes in a file that is not on disk yet. */
  add(file: NewFile): void;
  /** Whether the text can hold anything for us. */
  isCandidate(text: string): boolean;
  scope(folder: string): Promise<OwnScope>;
  /** What was wrong with the configuration files read so far. */
  readonly configProblems: readonly ReportedProblem[];
}

/** `paths`: what was named; the projects around it are known to the engine. */
export async function startEngine(paths: readonly string[]): Promise<Engine> {
  const catalogue = { sdks, libraries, keys };
  const session = createSession({ host: nodeHost, syntax: nodeSyntax(), catalogue, rules, budget: 20_000 });
  await session.setFiles(projectFiles(paths.map(absolute)));
  const candidate = candidates(catalogue);
  const scopes = createScopes();

  return {
    async analyze({ path, text, language }, settings) {
      session.update(path, text, language);
      try {
        return (await session.analyze(path, settings)) ?? { problem: `not analysed: ${otherLanguage}` };
      } catch (error) {
        // A fault of ours in one file must not cost the others their analysis.
        return { problem: `not analysed: ${error instanceof Error ? error.message : String(error)}` };
      } finally {
        session.close(path);
      }
    },
    add({ path, text }) {
      session.update(path, text);
      session.added(path);
    },
    isCandidate: (text) => candidate.test(text),
    scope: scopes.of,
    get configProblems() {
      return scopes.problems;
    },
  };
}
