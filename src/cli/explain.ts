/** `explain`: tells about a rule, the requests in a line, or an error's text. */
import { Buffer } from 'node:buffer';
import process from 'node:process';
import { contains, type Position } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';
import { inEnglish } from '../core/words.ts';
import { type LimitError, readErrors } from '../guide/error-text.ts';
import { nearest, suggestion } from '../render/nearest.ts';
import { evidencePlace, placeInWords } from '../render/places.ts';
import { protectionInWords, protectionLabel } from '../render/protection.ts';
import { reportRange } from '../render/report.ts';
import { errorText, guideText, ruleText } from '../render/words.ts';
import { rules } from '../rules/all.ts';
import type { Analysis } from '../session/session.ts';
import { shown } from './paths.ts';
import { isFile, noRequest, type Place, placeIn, requestsAt } from './place.ts';
import { ruleIds } from './scopes.ts';
import { paintFor, print, readStdin, tell } from './terminal.ts';

export interface ExplainOptions {
  /** The words of the command line: a rule, `file:line`, an error's text, `-`; none for the guide. */
  readonly words: readonly string[];
  readonly format: 'text' | 'json';
}

/** Resolves to the exit code: 0 explained, 1 nothing there to explain, 2 can't be done. */
export async function explain({ words, format }: ExplainOptions): Promise<number> {
  if (words.length === 0) return explainGuide(format);
  const text = words.join(' ');
  if (text === '-') return explainErrors(Buffer.from(await readStdin()).toString('utf8'), format);
  if (rules.some(({ id }) => id === text)) return explainRule(text, format);
  const place = placeIn(text);
  if (place && isFile(place.file)) return explainLine(place, format);
  if (looksLikeRule(text)) {
    tell(`There is no rule “${text}”.${suggestion(text, ruleIds)} “rate-limit-guide explain” lists them.`);
    return 2;
  }
  return explainErrors(text, format);
}

/** A word in the manner of a rule's id is one misspelt; an error's text has spaces. */
function looksLikeRule(text: string): boolean {
  return /^[a-z]+(?:-[a-z]+)+$/.test(text) || (/^\w+$/.test(text) && nearest(text, ruleIds) !== undefined);
}

function explainGuide(format: 'text' | 'json'): number {
  if (format === 'json') printJson({ rules: rules.map(ruleObject) });
  else print(guideText(rules, paintFor(process.stdout)));
  return 0;
}

function explainRule(id: string, format: 'text' | 'json'): number {
  const rule = rules.find((each) => each.id === id)!;
  if (format === 'json') printJson({ rules: [ruleObject(rule)] });
  else print(ruleText(rule, paintFor(process.stdout)));
  return 0;
}

function ruleObject({ id, severity, summary, why, detect, prevent, examples }: (typeof rules)[number]) {
  return { id, severity, summary, why, detect, prevent, examples };
}

function explainErrors(text: string, format: 'text' | 'json'): number {
  const errors: readonly LimitError[] = readErrors(text);
  if (format === 'json') printJson({ errors });
  else if (errors.length === 0) tell('No rate-limit error found in the text.');
  else print(errors.map((error) => errorText(error, paintFor(process.stdout))).join('\n'));
  return errors.length === 0 ? 1 : 0;
}

async function explainLine(place: Place, format: 'text' | 'json'): Promise<number> {
  const found = await requestsAt(place);
  if ('problem' in found) {
    tell(found.problem);
    return 2;
  }
  const { analysis, verdicts } = found;
  if (format === 'json') printJson({ requests: verdicts.map((verdict) => requestObject(verdict, analysis)) });
  else if (verdicts.length > 0) print(verdicts.map((verdict) => requestText(verdict, analysis)).join('\n'));
  else tell(noRequest(place, analysis));
  return verdicts.length > 0 ? 0 : 1;
}

function requestText(verdict: Verdict, analysis: Analysis): string {
  const { lines, findings, path } = analysis;
  const evidence = verdict.evidence.map((one) => `  ${inEnglish(evidencePlace(one, lines))}: ${inEnglish(one.text)}`);
  const found = findings
    .filter((finding) => finding.verdict === verdict)
    .map(({ severity, message, rule }) => `  ${severity}: ${inEnglish(message)} [${rule}]`);
  return [
    `${placeInWords(shown(path), lines.position(verdict.request.at.start))}: ${verdict.request.text}`,
    `  ${inEnglish(protectionInWords(verdict, lines)).replaceAll('`', '')}`,
    ...evidence,
    ...(found.length > 0 ? found : ['  no finding']),
    '',
  ].join('\n');
}

function requestObject(verdict: Verdict, { lines, findings, path }: Analysis) {
  const { request, evidence } = verdict;
  return {
    path: shown(path),
    ...cellOf(lines.position(request.at.start)),
    request: request.text,
    range: reportRange(lines, request.at),
    protection: protectionLabel(verdict),
    explanation: inEnglish(protectionInWords(verdict, lines)),
    evidence: evidence.map(({ at, text: words, path: other, line }) => {
      const text = inEnglish(words);
      return other === undefined
        ? { ...cellOf(lines.position(at.start)), range: reportRange(lines, at), text }
        : { path: shown(other), ...(line !== undefined && { line: line + 1 }), text };
    }),
    findings: findings
      .filter((finding) => finding.verdict === verdict || contains(request.at, finding.at))
      .map(({ rule, severity, message }) => ({ rule, severity, message: inEnglish(message) })),
  };
}

function cellOf({ cell }: Position): { readonly cell?: number } {
  return cell === undefined ? {} : { cell };
}

function printJson(object: object): void {
  print(`${JSON.stringify({ version: 1, ...object }, undefined, 2)}\n`);
}
