/** `fix`: repairs files in place, or shows what it would change. */
import { existsSync } from 'node:fs';
import { type Fix, type NewFile, preferredFix } from '../core/edit.ts';
import { fixAll } from '../core/fixAll.ts';
import type { Finding } from '../core/rule.ts';
import { defaultSettings } from '../core/settings.ts';
import { inEnglish } from '../core/words.ts';
import { suggestion } from '../render/nearest.ts';
import { placeInWords } from '../render/places.ts';
import { count } from '../render/report.ts';
import { rules } from '../rules/all.ts';
import type { Analysis } from '../session/session.ts';
import { encode } from './encoding.ts';
import { type Engine, startEngine } from './engine.ts';
import { type Change, changesJson } from './fix-json.ts';
import { type Inspected, inspect, namedPaths, type Selection } from './inspect.ts';
import { absolute, shown } from './paths.ts';
import { lacksLetters } from './problems.ts';
import { programOf, type Source, withProgram, writeNew, writeSource } from './source.ts';
import { print, tell } from './terminal.ts';
import { newFileDiff, unifiedDiff } from './unified-diff.ts';

export interface FixOptions extends Selection {
  /** The repair to make where it is offered, whatever it changes; without it, each finding's preferred one. */
  readonly repair?: string;
  readonly rules: readonly string[];
  /** The new file that a shared helper is written to. */
  readonly helperModule?: string;
  /** `unsafe` allows repairs that change behaviour. */
  readonly allow: 'safe' | 'unsafe';
  /** `write` changes the files; the others only tell what would be changed. */
  readonly output: 'write' | 'diff' | 'json';
}

interface Tally {
  repairs: number;
  files: number;
  /** Findings that a repair which was not allowed would end. */
  held: number;
  /** Names of the repairs offered for what is left, where another one was asked for. */
  readonly others: Set<string>;
  readonly changes: Change[];
  readonly creates: NewFile[];
  failed: boolean;
}

/** Resolves to the exit code: 0 when everything asked for was done. */
export async function fix(options: FixOptions): Promise<number> {
  if (options.helperModule !== undefined && existsSync(options.helperModule)) {
    tell(`${options.helperModule} exists already. A helper in it is used without --helper-module.`);
    return 2;
  }
  const engine = await startEngine(namedPaths(options));
  const tally: Tally = { repairs: 0, files: 0, held: 0, others: new Set(), changes: [], creates: [], failed: false };
  for await (const step of inspect(options, engine)) {
    const went = await handle(step, options, engine, tally);
    // What comes after would import a helper that isn't there.
    if (went === 'helper not written') break;
  }
  for (const { path, message } of engine.configProblems) tell(`${path}: ${message}`);
  if (options.repair !== undefined && tally.repairs === 0 && tally.others.size > 0) {
    const names = await repairNames(engine, tally.others);
    if (!names.includes(options.repair)) {
      tell(`There is no repair “${options.repair}”.${suggestion(options.repair, names)} Repairs: ${names.join(', ')}.`);
      return 2;
    }
  }
  if (options.output === 'json') print(changesJson(tally.changes, tally.creates));
  for (const line of summary(tally, options)) tell(line);
  return tally.failed ? 2 : 0;
}

async function handle(
  step: Inspected,
  options: FixOptions,
  engine: Engine,
  tally: Tally,
): Promise<'helper not written' | undefined> {
  if (step.k === 'left-out') return undefined;
  const path = shown(step.k === 'problem' ? step.path : step.source.path);
  if (step.k === 'problem') {
    tell(`${path}: ${step.message}`);
    tally.failed ||= step.named;
    return undefined;
  }
  const { source, from } = step;
  const { text, creates, applied, passes } =
    step.k === 'source' ? await repair(step, options, engine, tally) : { ...nothing, text: source.text };
  const missing = create(creates, options, tally);
  const failure = missing ?? put(source, text, from, options);
  if (failure !== undefined) {
    tell(missing ?? `${path}: ${failure}`);
    tally.failed = true;
    return missing === undefined ? undefined : 'helper not written';
  }
  tally.repairs += applied;
  if (applied > 0) {
    tally.files++;
    tally.changes.push({ path: source.path, repairs: applied, before: source.text, text });
    tell(`${path}: ${count(applied, 'repair')}`);
  }
  if (passes.length > 0) tellRest(passes, options, tally);
  return undefined;
}

interface Repaired {
  readonly text: string;
  readonly creates: readonly NewFile[];
  readonly applied: number;
  /** One for each time that the text was looked at. */
  readonly passes: readonly Analysis[];
}

const nothing: Omit<Repaired, 'text'> = { creates: [], applied: 0, passes: [] };

async function repair(
  { source, settings, named }: Inspected & { readonly k: 'source' },
  options: FixOptions,
  engine: Engine,
  tally: Tally,
): Promise<Repaired> {
  const passes: Analysis[] = [];
  let problem: string | undefined;
  const program = programOf(source);
  const { helperModule } = options;
  const own = { ...settings, ...(helperModule !== undefined && { helperModule: absolute(helperModule) }) };
  const { text, creates, applied } = await fixAll(program.text, async (now, created) => {
    for (const file of created) engine.add(file);
    const analysis = await engine.analyze({ ...program, text: now }, own);
    if ('problem' in analysis) {
      problem = analysis.problem;
      return { fixes: [] };
    }
    passes.push(analysis);
    return { fixes: wanted(analysis, options).flatMap((finding) => choose(analysis, finding, options) ?? []) };
  });
  if (problem !== undefined) {
    tell(`${shown(source.path)}: ${problem}`);
    tally.failed ||= named;
    return { ...nothing, text: source.text };
  }
  return { text: withProgram(source, text), creates, applied, passes };
}

/** New files come before the file that imports them. Returns in words why that failed. */
function create(creates: readonly NewFile[], { output }: FixOptions, tally: Tally): string | undefined {
  tally.creates.push(...creates);
  if (output === 'json') return undefined;
  for (const { path, text } of creates) {
    if (output === 'diff') print(newFileDiff(shown(path), text));
    else {
      const failure = writeNew(path, text);
      if (failure !== undefined) return `${shown(path)}: ${failure}`;
      tell(`${shown(path)}: written`);
    }
  }
  return undefined;
}

function wanted({ findings }: Analysis, { rules: chosen }: FixOptions): readonly Finding[] {
  return chosen.length === 0 ? findings : findings.filter(({ rule }) => chosen.includes(rule));
}

function choose(analysis: Analysis, finding: Finding, { repair, allow }: FixOptions): Fix | undefined {
  if (repair === 'ignore') return analysis.ignore(finding, 'line');
  const fixes = analysis.fixes(finding);
  if (repair !== undefined) return fixes.find(({ name }) => name === repair);
  const allowed = allow === 'safe' ? ['safe'] : ['safe', 'unsafe'];
  return preferredFix(fixes.filter(({ applicability }) => allowed.includes(applicability)));
}

/** What is left in the repaired text: refused repairs with their reasons, and what a further consent would do. */
function tellRest(passes: readonly Analysis[], options: FixOptions, tally: Tally): void {
  const analysis = passes.at(-1)!;
  const reasons = new Set(
    wanted(passes[0]!, options).flatMap((one) => passes[0]!.refusals(one, options.repair).map(inEnglish)),
  );
  for (const finding of wanted(analysis, options)) {
    const place = placeInWords(shown(analysis.path), analysis.lines.position(finding.at.start));
    for (const reason of analysis.refusals(finding, options.repair).map(inEnglish)) {
      // What only a repair made here has led to is no reason why one was not made.
      if (reasons.has(reason)) tell(`${place}: not repaired: ${reason} [${finding.rule}]`);
    }
    if (options.repair !== undefined) for (const { name } of analysis.fixes(finding)) tally.others.add(name);
    else if (options.allow === 'safe' && preferredFix(analysis.fixes(finding))?.applicability === 'unsafe')
      tally.held++;
  }
}

/** Brings the result where it belongs. Returns in words why that failed. */
function put(source: Source, text: string, from: 'file' | 'stdin', { output }: FixOptions): string | undefined {
  if (output === 'json') return undefined;
  if (output === 'diff') {
    if (text === source.text) return undefined;
    const diff = unifiedDiff(shown(source.path), source.text, text, source.encoding);
    if (!diff) return 'no diff can be shown of UTF-16; without --diff it can be repaired';
    print(diff);
    return undefined;
  }
  if (from === 'file') return text === source.text ? undefined : writeSource(source, text);
  const bytes = encode(text, source.encoding);
  if (!bytes) return lacksLetters;
  print(bytes);
  return undefined;
}

function summary({ repairs, files, held }: Tally, { output }: FixOptions): readonly string[] {
  const done = output === 'write' ? 'Repaired' : 'Would repair';
  const first =
    repairs === 0 ? 'Nothing repaired.' : `${done} ${count(repairs, 'finding')} in ${count(files, 'file')}.`;
  if (held === 0) return [first];
  return [
    first,
    `${count(held, 'finding')} left: the repair changes behaviour and needs your consent, by --unsafe or --fix NAME.`,
  ];
}

/** Every repair that the rules know: what was offered here, and what their own examples offer. */
async function repairNames(engine: Engine, offered: Iterable<string>): Promise<readonly string[]> {
  const names = new Set<string>([...offered, 'ignore']);
  for (const { language, bad } of rules.flatMap(({ examples }) => examples)) {
    const path = `example.${language === 'python' ? 'py' : 'ts'}`;
    const analysis = await engine.analyze({ path, text: bad }, defaultSettings);
    if ('problem' in analysis) continue;
    for (const { repairs } of analysis.findings) for (const { name } of repairs) names.add(name);
  }
  return [...names];
}
