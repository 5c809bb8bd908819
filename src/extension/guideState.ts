/** Gathers what the guide panel shows: the rules' words, and the call that it was opened from as it is now. */
import * as vscode from 'vscode';
import { apply, type Fix } from '../core/edit.ts';
import { defaultSettings } from '../core/settings.ts';
import { contains } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';
import { say } from '../core/words.ts';
import type { Measurement } from '../guide/limits.ts';
import type {
  ErrorShown,
  GuideState,
  Here,
  Origin,
  OriginCall,
  OriginError,
  RepairShown,
  SdkShown,
} from '../panel/protocol.ts';
import { evidencePlace, lineInWords } from '../render/places.ts';
import { protectionInWords } from '../render/protection.ts';
import { sides } from '../render/sides.ts';
import { rules } from '../rules/all.ts';
import { openaiPython } from '../sdks/openai.ts';
import { type Again, findAgain } from '../session/find-again.ts';
import { type Situation, situationOf } from '../simulate/situation.ts';
import { type Seen, toSpan } from './convert.ts';
import { tell, translations } from './language.ts';
import type { LimitsStore } from './limits/store.ts';
import type { SettingsReader } from './settings.ts';
import type { TeamNotes } from './teamNotes.ts';
import type { Watched } from './watch.ts';

interface Found extends Again {
  readonly seen: Seen;
}

/** Without a call: a loop behind the OpenAI SDK as it comes. */
const usualSituation: Situation = {
  sdk: openaiPython.retry,
  policy: 'sdk',
  retries: openaiPython.retry.default,
  start: 'one by one',
  onError: 'ends',
};

/** Where the page's content comes from. */
export interface Sources {
  readonly watched: Watched;
  readonly settings: SettingsReader;
  readonly notes: TeamNotes;
  readonly limits: LimitsStore;
}

export async function stateOf({ watched, settings, notes, limits }: Sources, origin: Origin): Promise<GuideState> {
  const { call } = origin;
  const found = call && (await findingOf(watched, call));
  const uri = call && vscode.Uri.parse(call.document);
  const own = uri ? (await settings.of(uri)).settings : defaultSettings;
  const verdict = found?.finding.verdict;
  const isShown = call?.rule === origin.rule;
  const measured = measuredFor(found, limits.all());
  return {
    rules: rules.map(({ id, severity, summary, why, detect, prevent, examples }) => ({
      id,
      severity,
      summary: tell(say(summary)),
      why: tell(say(why)),
      detect: tell(say(detect)),
      prevent: tell(say(prevent)),
      examples,
    })),
    rule: origin.rule,
    ...(found && isShown && { here: hereOf(found, uri!) }),
    ...(!found && isShown && { gone: true }),
    ...(origin.error && { error: errorOf(origin.error) }),
    limits: limits.all(),
    simulator: {
      ...(measured && { measured }),
      situation: verdict ? situationOf(verdict) : usualSituation,
      backoff: own.retry,
      concurrency: own.throttle.concurrency,
    },
    notes: await notes.on(origin.rule, uri, found?.finding),
    origin: found ? { ...origin, call: markOf(call.document, found) } : origin,
    language: vscode.env.language,
    words: translations,
  };
}

/** The limits of the model that the call names; the newest ones where there is no call. */
function measuredFor(found: Found | undefined, limits: readonly Measurement[]): Measurement | undefined {
  const verdict = found?.finding.verdict;
  if (!verdict) return limits[0];
  const { start, end } = verdict.request.call.at;
  const model = /\bmodel['"]?\s*[=:]\s*['"`]([^'"`\n]+)/.exec(found.seen.analysis.text.slice(start, end))?.[1];
  return limits.find((one) => one.model === model);
}

/** The finding on the call as the file is now; after a reload the file may be in no editor yet. */
export async function findingOf(watched: Watched, call: OriginCall): Promise<Found | undefined> {
  const uri = vscode.Uri.parse(call.document);
  const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
  const seen = document && (await watched.current(document));
  if (!seen) return undefined;
  const { findings, text } = seen.analysis;
  const again = findAgain(findings, text, { ...call, ...(call.text !== undefined && { call: call.text }) });
  return again && { ...again, seen };
}

export async function originAtCursor(watched: Watched): Promise<Origin | undefined> {
  const editor = vscode.window.activeTextEditor;
  const seen = editor && (await watched.current(editor.document));
  if (!seen) return undefined;
  const { uri } = editor.document;
  const cursor = toSpan(editor.selection, uri, seen);
  const finding = seen.analysis.findings.find(({ at, verdict }) => verdict && contains(at, cursor));
  return finding && { rule: finding.rule, call: markOf(uri.toString(), { finding, seen }) };
}

function markOf(document: string, { finding, seen }: Pick<Found, 'finding' | 'seen'>): OriginCall {
  const { rule, at } = finding;
  return { document, rule, offset: at.start, text: seen.analysis.text.slice(at.start, at.end) };
}

function errorOf({ text, raisedAt }: OriginError): ErrorShown {
  if (!raisedAt) return { text };
  const path = vscode.workspace.asRelativePath(vscode.Uri.parse(raisedAt.document));
  return { text, place: `${path}, ${tell(lineInWords({ line: raisedAt.line - 1 }))}` };
}

function hereOf({ finding, how, seen: { analysis } }: Found, uri: vscode.Uri): Here {
  const { verdict, message, at } = finding;
  const { lines, text } = analysis;
  return {
    place: `${vscode.workspace.asRelativePath(uri)}, ${tell(lineInWords(lines.position(at.start)))}`,
    how,
    request: text.slice(at.start, at.end),
    message: tell(message),
    protection: verdict ? tell(protectionInWords(verdict, lines)) : '',
    evidence: verdict?.evidence.map((one) => `${tell(evidencePlace(one, lines))}: ${tell(one.text)}`) ?? [],
    repairs: analysis.fixes(finding).map((fix) => repairOf(fix, text)),
    refusals: analysis.refusals(finding).map(tell),
    ...(verdict && { sdk: sdkOf(verdict.request.sdk) }),
  };
}

function sdkOf({ language, packageName, errors }: Verdict['request']['sdk']): SdkShown {
  const { module, rateLimit } = errors;
  return { language, packageName, error: language === 'python' ? `${module}.${rateLimit}` : rateLimit };
}

function repairOf({ name, title, edits, creates = [] }: Fix, text: string): RepairShown {
  return {
    name,
    title: tell(title),
    stretches: sides(text, apply(text, edits)),
    creates: creates.map((file) => ({
      name: vscode.workspace.asRelativePath(vscode.Uri.parse(file.path)),
      text: file.text,
    })),
  };
}
