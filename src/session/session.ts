/** Keeps documents and their project facts up to date between edits, and analyses them on demand. */
import { findings } from '../core/analyze.ts';
import type { Catalogue } from '../core/catalogue.ts';
import { type Fix, fix } from '../core/edit.ts';
import type { Editor, RetryHelper, Surroundings, Written } from '../core/editor.ts';
import type { LanguageId } from '../core/facts.ts';
import { link } from '../core/link.ts';
import { index, type Program } from '../core/program.ts';
import type { Project } from '../core/project.ts';
import type { Versions } from '../core/requests.ts';
import { helperFinder } from '../core/retry-helpers.ts';
import type { RetryUse } from '../core/retry-use.ts';
import type { Finding, Problem, Refused, Repair, Rule } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import { type LineMap, lineMap } from '../core/span.ts';
import { suppressions } from '../core/suppress.ts';
import type { UnknownReceiver } from '../core/unknown-receivers.ts';
import type { Request, Verdict } from '../core/verdict.ts';
import { inEnglish, say, type Words } from '../core/words.ts';
import type { Language } from '../languages/language.ts';
import { type Grammar, grammarOf, isNotebookPath, type Syntax, type Tree } from '../languages/syntax.ts';
import { candidates } from './candidates.ts';
import { cellLineMap, keepToCells } from './cells.ts';
import { createFormats } from './formats.ts';
import type { Host } from './host.ts';
import { languageOf } from './languages.ts';
import { plainCells, pythonOfCells, withoutCells } from './magics.ts';
import { createManifests, type Manifests } from './manifests.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

export interface SessionOptions {
  readonly host: Host;
  /** Milliseconds that one analysis may take. */
  readonly budget?: number;
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
  /** What stands in the file to send refused requests again. */
  readonly uses: readonly RetryUse[];
  /** What is named like a request and was left alone, since nobody can say what it is called on. */
  readonly unknownReceivers: readonly UnknownReceiver[];
  readonly problems: readonly Problem[];
  /** The files of the project that had a say. */
  readonly files: ReadonlySet<string>;
  /** The finding's repairs, preferred first, without those that were refused. */
  fixes(finding: Finding): readonly Fix[];
  /** A suppression comment for the finding: at its line, or for the whole file. */
  ignore(finding: Finding, where: 'line' | 'file'): Fix | undefined;
  /** Why repairs of the finding were not offered, one sentence each; of those beside others only the one that is `named`. */
  refusals(finding: Finding, named?: string): readonly Words[];
}

export interface Session {
  /** The document's newest text; that of a notebook (`.ipynb`) are its cells, joined. Paths use `/`; `grammar` follows from the path, or from `language` where the path has no telling end. */
  update(path: string, text: string, language?: string): void;
  close(path: string): void;
  /** The project's files, so that what one says counts in the others. Until then each document stands on its own. */
  setFiles(paths: Iterable<string>): Promise<void>;
  /** A file of the project has changed on disk. */
  changed(path: string): void;
  /** A file has come into the project: on disk, or by an `update` that is not saved yet. */
  added(path: string): void;
  /** Drops what was remembered of manifests. */
  refresh(): void;
  /**
   * Analyses a document. Resolves to undefined when a newer `update` or `close` of the same document came in between,
   * when the file is in none of our languages, or when it was not opened.
   */
  analyze(path: string, settings: Settings): Promise<Analysis | undefined>;
  /** What `read` makes of the analysis that the document would have with another text; it stays as it is. */
  probe<T>(path: string, text: string, settings: Settings, read: (analysis: Analysis) => T): Promise<T | undefined>;
  dispose(): void;
}

/** What the project says of a file. */
interface Setting extends Pick<Surroundings, 'packages' | 'format'> {
  readonly versions: Versions;
}

interface Document {
  readonly path: string;
  readonly grammar: Grammar | undefined;
  text: string;
  version: number;
  /** The newest parse, kept so that the next one reads only what changed. */
  tree?: Tree;
}

export function createSession({ host, syntax, catalogue, rules, budget = 3000 }: SessionOptions): Session {
  const documents = new Map<string, Document>();
  const manifests = createManifests(host);
  const formats = createFormats(host);
  const packages = new Set([...catalogue.sdks, ...catalogue.libraries].flatMap(({ modules }) => modules));
  const openText = (path: string) => documents.get(path)?.text;
  const workspace = createWorkspace({ host, syntax, packages, openText });
  const candidate = candidates(catalogue);
  /** What manifests and formatters' configurations say of a file: read once, until `refresh`, and not at each keystroke. */
  const known = new Map<string, Promise<Setting>>();
  const setting = (path: string, language: LanguageId): Promise<Setting> => {
    const key = `${language} ${path}`;
    const found = known.get(key) ?? readSetting(path, language);
    known.set(key, found);
    return found;
  };
  const readSetting = async (path: string, language: LanguageId): Promise<Setting> => {
    const versions = await packageVersions(manifests, catalogue, path, language);
    const packages = await packagesOf(manifests, catalogue, path, language, versions);
    return { versions, packages, format: await formats.of(path, language) };
  };

  const analyze = async (
    document: Document,
    settings: Settings,
    isCurrent: () => boolean,
  ): Promise<Analysis | undefined> => {
    const { path, text, grammar } = document;
    if (!grammar) return undefined;
    let code = codeOf(document);
    const lines = isNotebookPath(path) ? cellLineMap(text) : lineMap(text);
    if (!candidate.test(code)) return empty(path, text, lines);

    const language = languageOf(grammar);
    const [{ versions, packages, format }] = await Promise.all([setting(path, language.id), syntax.load(grammar)]);
    if (!isCurrent()) return undefined;

    const end = performance.now() + budget;
    const stop = () => performance.now() > end;
    const parse = () => syntax.parse(code, grammar, { ...(document.tree && { before: document.tree }), stop });
    let tree = parse();
    if (tree?.root.hasError && isNotebookPath(path)) {
      tree.delete();
      code = withoutCells(code, (cell) => !candidate.test(cell) && isBroken(cell, grammar, syntax));
      tree = parse();
    }
    if (!tree)
      return { ...empty(path, text, lines), problems: [{ message: `Analysis stopped after ${budget / 1000} s.` }] };
    document.tree?.delete();
    document.tree = tree;

    const program = workspace.known(path, code) ?? index(language.read(tree), path, lines);
    workspace.keep(code, program);
    const project = await workspace.project(program);
    if (!isCurrent()) return undefined;
    const linked = link(program, project, { catalogue, text: code, versions, stop });
    const { verdicts } = linked;
    if (!isCurrent()) return undefined;
    const helpers = helperFinder(
      program,
      await withHelpers(workspace, program, project, verdicts),
      catalogue,
      workspace.specifier,
    );
    if (!isCurrent()) return undefined;
    const edit = editorFor(
      document,
      code,
      { path, packages, helpers: [], format, moduleName: (to) => workspace.nameOfNew(program, to) },
      helpers,
      language,
      syntax,
    );
    // Comments speak for lines, which are counted here without regard to cells.
    const codeLines = lineMap(code);
    const comments = suppressions(
      code,
      codeLines,
      (offset) => tree.root.descendantForIndex(offset)?.type.includes('comment') ?? false,
    );
    const found = findings({ language: language.id, ...linked }, rules, edit, settings, comments, codeLines);
    const problems = stop()
      ? [...found.problems, { message: `Analysis stopped after ${budget / 1000} s; some calls were not looked at.` }]
      : found.problems;
    return {
      path,
      text,
      lines,
      verdicts,
      uses: linked.uses,
      unknownReceivers: linked.unknownReceivers,
      findings: found.findings,
      problems,
      files: new Set(project.programs.map((one) => one.path)),
      ...repairsOf(edit),
    };
  };

  return {
    update(path, text, language) {
      workspace.changed(path);
      const known = documents.get(path);
      if (known) {
        known.text = text;
        known.version++;
      } else documents.set(path, { path, text, version: 0, grammar: grammarOf(path, language) });
    },
    close(path) {
      const document = documents.get(path);
      document?.tree?.delete();
      delete document?.tree;
      documents.delete(path);
      workspace.closed(path);
    },
    setFiles: workspace.setFiles,
    changed: workspace.changed,
    added: workspace.added,
    refresh() {
      known.clear();
      manifests.clear();
      formats.clear();
    },
    async analyze(path, settings) {
      const document = documents.get(path);
      const version = document?.version;
      const isCurrent = () => documents.get(path) === document && document?.version === version;
      return document && analyze(document, settings, isCurrent);
    },
    async probe(path, text, settings, read) {
      const { grammar = grammarOf(path) } = documents.get(path) ?? {};
      const document: Document = { path, text, version: 0, grammar };
      try {
        const analysis = await analyze(document, settings, () => true);
        return analysis && read(analysis);
      } finally {
        document.tree?.delete();
        delete document.tree;
      }
    },
    dispose() {
      for (const { tree } of documents.values()) tree?.delete();
      documents.clear();
    },
  };
}

/** The text as it is parsed; each letter stands where it stands in the document. */
function codeOf({ path, text, grammar }: Document): string {
  if (!isNotebookPath(path)) return text;
  return grammar === 'python' ? pythonOfCells(text) : plainCells(text);
}

/** Whether a cell can't be run: beside it the others are as they would be without it. */
function isBroken(cell: string, grammar: Grammar, syntax: Syntax): boolean {
  const tree = syntax.parse(cell, grammar);
  const { hasError = true } = tree?.root ?? {};
  tree?.delete();
  return hasError;
}

function empty(path: string, text: string, lines: LineMap): Analysis {
  return {
    path,
    text,
    lines,
    findings: [],
    verdicts: [],
    uses: [],
    unknownReceivers: [],
    problems: [],
    files: new Set(),
    fixes: () => [],
    refusals: () => [],
    ignore: () => undefined,
  };
}

async function packageVersions(
  manifests: Manifests,
  catalogue: Catalogue,
  path: string,
  language: LanguageId,
): Promise<Versions> {
  const versions = new Map<string, string>();
  const names = new Set(catalogue.sdks.filter((sdk) => sdk.language === language).map((sdk) => sdk.packageName));
  for (const name of names) {
    const version = await manifests.versionOf(path, language, name);
    if (version !== undefined) versions.set(name, version);
  }
  return versions;
}

/** The project with the files that may hold a retry helper, where a request wants one. */
async function withHelpers(
  workspace: Workspace,
  program: Program,
  project: Project,
  verdicts: readonly Verdict[],
): Promise<Project> {
  if (!verdicts.some(({ protection }) => protection.k === 'sdk' || protection.k === 'lost')) return project;
  return workspace.withHelpers(project, program);
}

/** The packages that repairs may use: SDKs and libraries that the project names, with the version in use. */
async function packagesOf(
  manifests: Manifests,
  { libraries }: Catalogue,
  path: string,
  language: LanguageId,
  sdks: Versions,
): Promise<ReadonlyMap<string, string>> {
  const packages = new Map(sdks);
  const own = libraries.filter((library) => library.language === language);
  for (const name of new Set(own.map(({ packageName }) => packageName)))
    if (await manifests.names(path, language, name))
      packages.set(name, (await manifests.versionOf(path, language, name)) ?? '');
  return packages;
}

/**
 * An editor for the text that was analysed. While the document still has that text its tree serves; once it has moved on,
 * or was closed, the text is parsed again for as long as the repair is written.
 */
function editorFor(
  document: Document,
  code: string,
  surroundings: Surroundings,
  helpers: (request: Request) => readonly RetryHelper[],
  language: Language,
  syntax: Syntax,
): Editor {
  const { text } = document;
  let kept: { readonly tree: Tree; readonly edit: Editor } | undefined;
  const using = (write: (edit: Editor) => Written, own?: Surroundings): Written => {
    const written = writing(write, own);
    return 'edits' in written && isNotebookPath(document.path) ? keepToCells(written, text, code) : written;
  };
  const writing = (write: (edit: Editor) => Written, own = surroundings): Written => {
    const { tree, grammar } = document;
    if (tree?.text === code) {
      if (own !== surroundings) return write(language.edit(tree, own));
      if (kept?.tree !== tree) kept = { tree, edit: language.edit(tree, surroundings) };
      return write(kept.edit);
    }
    const parsed = syntax.parse(code, grammar!);
    if (!parsed) return { refused: say('The file could not be read.') };
    try {
      return write(language.edit(parsed, own));
    } finally {
      parsed.delete();
    }
  };
  return {
    backoff: (request, policy) => using((edit) => edit.backoff(request, policy)),
    helper: (request, policy, module) =>
      using((edit) => edit.helper(request, policy, module), { ...surroundings, helpers: helpers(request) }),
    sdkRetries: (request, count) => using((edit) => edit.sdkRetries(request, count)),
    library: (request, policy) => using((edit) => edit.library(request, policy)),
    throttle: (request, repetition, concurrency) => using((edit) => edit.throttle(request, repetition, concurrency)),
    logLimits: (request) => using((edit) => edit.logLimits(request)),
    asyncSleep: (wait) => using((edit) => edit.asyncSleep(wait)),
    awaitCall: (request) => using((edit) => edit.awaitCall(request)),
    environment: (key) => using((edit) => edit.environment(key)),
    boundRetry: (use, policy) => using((edit) => edit.boundRetry(use, policy)),
    keepError: (use) => using((edit) => edit.keepError(use)),
    raiseLast: (use) => using((edit) => edit.raiseLast(use)),
    spreadWaits: (use, policy) => using((edit) => edit.spreadWaits(use, policy)),
    letQuotaOut: (use) => using((edit) => edit.letQuotaOut(use)),
    withoutSdkRetries: (requests) => using((edit) => edit.withoutSdkRetries(requests)),
    errorClass: (error) => using((edit) => edit.errorClass(error)),
    sendEachTime: (read) => using((edit) => edit.sendEachTime(read)),
    swap: (clauses) => using((edit) => edit.swap(clauses)),
    coverPosts: (omission) => using((edit) => edit.coverPosts(omission)),
    ignore: (at, ids, where) => using((edit) => edit.ignore(at, ids, where)),
  };
}

function repairsOf(edit: Editor): Pick<Analysis, 'fixes' | 'refusals' | 'ignore'> {
  const built = new Map<Finding, readonly (Fix | Refused)[]>();
  const build = (finding: Finding) => {
    const known = built.get(finding) ?? finding.repairs.map((repair) => guarded(repair));
    built.set(finding, known);
    return known;
  };
  return {
    fixes: (finding) => build(finding).filter((one): one is Fix => 'edits' in one),
    refusals(finding, named) {
      const told = build(finding).flatMap((one, index) =>
        'refused' in one && (!one.beside || finding.repairs[index]!.name === named) ? [one.refused] : [],
      );
      return told.filter((one, at) => told.findIndex((other) => inEnglish(other) === inEnglish(one)) === at);
    },
    ignore(finding, where) {
      const written = edit.ignore(finding.at, [finding.rule], where);
      if ('refused' in written) return undefined;
      return fix(
        where === 'line' ? 'ignore' : 'ignore-file',
        where === 'line' ? say`Ignore ${finding.rule} here` : say`Ignore ${finding.rule} in this file`,
        'safe',
        written.edits,
      );
    },
  };
}

function guarded(repair: Repair): Fix | Refused {
  try {
    return repair.build();
  } catch (error) {
    return { refused: say`The repair could not be built: ${error instanceof Error ? error.message : String(error)}` };
  }
}
