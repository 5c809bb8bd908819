/** Gathers what the guide panel shows: the rules' words, and the call that it was opened from as it is now. */
import * as vscode from 'vscode';
import { apply, type Fix } from '../core/edit.ts';
import type { Finding } from '../core/rule.ts';
import { defaultSettings } from '../core/settings.ts';
import { contains } from '../core/span.ts';
import type { GuideState, Here, Origin, RepairShown } from '../panel/protocol.ts';
import { evidencePlace, lineInWords } from '../render/places.ts';
import { protectionInWords } from '../render/protection.ts';
import { rules } from '../rules/all.ts';
import { openaiPython } from '../sdks/openai.ts';
import { type Situation, situationOf } from '../simulate/situation.ts';
import { type Seen, toSpan } from './convert.ts';
import type { SettingsReader } from './settings.ts';
import type { Watched } from './watch.ts';

interface Found {
  readonly finding: Finding;
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

export async function stateOf(watched: Watched, settings: SettingsReader, origin: Origin): Promise<GuideState> {
  const found = await findingOf(watched, origin);
  const uri = origin.document === undefined ? undefined : vscode.Uri.parse(origin.document);
  const own = uri ? (await settings.of(uri)).settings : defaultSettings;
  const verdict = found?.finding.verdict;
  return {
    rules: rules.map(({ id, severity, summary, why, detect, prevent, examples }) => ({
      id,
      severity,
      summary,
      why,
      detect,
      prevent,
      examples,
    })),
    rule: origin.rule,
    ...(found && { here: hereOf(found, uri!) }),
    simulator: {
      situation: verdict ? situationOf(verdict) : usualSituation,
      backoff: own.retry,
      concurrency: own.throttle.concurrency,
    },
    origin,
  };
}

export async function findingOf(watched: Watched, origin: Origin): Promise<Found | undefined> {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === origin.document);
  const seen = document && (await watched.current(document));
  const finding = seen?.analysis.findings.find(({ rule, at }) => rule === origin.rule && at.start === origin.offset);
  return seen && finding && { finding, seen };
}

export async function originAtCursor(watched: Watched): Promise<Origin | undefined> {
  const editor = vscode.window.activeTextEditor;
  const seen = editor && (await watched.current(editor.document));
  if (!seen) return undefined;
  const { uri } = editor.document;
  const cursor = toSpan(editor.selection, uri, seen);
  const finding = seen.analysis.findings.find(({ at, verdict }) => verdict && contains(at, cursor));
  return finding && { rule: finding.rule, document: uri.toString(), offset: finding.at.start };
}

function hereOf({ finding, seen: { analysis } }: Found, uri: vscode.Uri): Here {
  const { verdict, message, at } = finding;
  const { lines, text } = analysis;
  return {
    place: `${vscode.workspace.asRelativePath(uri)}, ${lineInWords(lines.position(at.start))}`,
    request: text.slice(at.start, at.end),
    message,
    protection: verdict ? protectionInWords(verdict, lines) : '',
    evidence: verdict?.evidence.map((one) => `${evidencePlace(one, lines)}: ${one.text}`) ?? [],
    repairs: analysis.fixes(finding).map((fix) => repairOf(fix, text)),
    refusals: analysis.refusals(finding),
  };
}

/** The lines from the first that changes to the last. */
function repairOf({ name, title, edits }: Fix, text: string): RepairShown {
  const before = text.split('\n');
  const after = apply(text, edits).split('\n');
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const shown = (lines: readonly string[]) =>
    lines
      .slice(start, lines.length - tail)
      .join('\n')
      .replaceAll('\r', '');
  return { name, title, before: shown(before), after: shown(after) };
}
