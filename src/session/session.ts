/** Keeps documents and their project facts up to date between edits, and analyses them on demand. */
import type { Catalogue } from '../core/catalogue.ts';
import type { Fix } from '../core/edit.ts';
import type { Finding, Problem, Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import type { LineMap } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Syntax } from '../languages/syntax.ts';
import type { Host } from './host.ts';

export interface SessionOptions {
  readonly host: Host;
  readonly syntax: Syntax;
  readonly catalogue: Catalogue;
  readonly rules: readonly Rule[];
}

/** One document's analysis: plain data, and repairs on demand. */
export interface Analysis {
  readonly path: string;
  readonly text: string;
  readonly lines: LineMap;
  /** Sorted by place. */
  readonly findings: readonly Finding[];
  /** Every request seen, protected ones included. */
  readonly verdicts: readonly Verdict[];
  readonly problems: readonly Problem[];
  /** The finding's repairs, preferred first, without those that were refused. */
  fixes(finding: Finding): readonly Fix[];
  /** Why repairs of the finding were not offered, one sentence each. */
  refusals(finding: Finding): readonly string[];
}

export interface Session {
  /** The document's newest text. Paths use `/`; `grammar` follows from the path, or from `language` where the path has no telling end. */
  update(path: string, text: string, language?: string): void;
  close(path: string): void;
  /** Drops what was remembered of files on disk: manifests, configuration. */
  refresh(): void;
  /**
   * Analyses a document. Resolves to undefined when a newer `update` or `close` of the same document came in between,
   * when the file is in none of our languages, or when it was not opened.
   */
  analyze(path: string, settings: Settings): Promise<Analysis | undefined>;
  dispose(): void;
}
