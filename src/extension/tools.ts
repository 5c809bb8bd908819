/** Tools for chat agents: list the findings, explain one, get its repair as text edits. They read, and write nothing. */
import * as vscode from 'vscode';
import type { Finding } from '../core/rule.ts';
import { inEnglish } from '../core/words.ts';
import { reported, reportRange } from '../render/report.ts';
import { reportJson } from '../render/report-json.ts';
import { rulePage } from '../render/rule-page.ts';
import { rules } from '../rules/all.ts';
import type { Analysis } from '../session/session.ts';
import type { Seen } from './convert.ts';
import { type Engine, textOf } from './fixAll.ts';
import { codeFiles } from './scan.ts';
import type { SettingsReader } from './settings.ts';
import type { Watched } from './watch.ts';

/** A file as an agent names it: from the workspace's folder, absolute, or as an address. */
interface FileInput {
  readonly path: string;
}

/** Lines count from 1. */
interface PlaceInput extends FileInput {
  readonly line: number;
  readonly rule?: string;
}

export function languageModelTools(engine: Engine, settings: SettingsReader, watched: Watched): vscode.Disposable {
  const seenAt = async (path: string): Promise<Seen> => {
    const document = await vscode.workspace.openTextDocument(uriOf(path));
    const seen = await watched.current(document);
    if (!seen) throw new Error(`${path} is not looked at: it is in another language, excluded, or analysis is paused.`);
    return seen;
  };
  const findingAt = async (input: PlaceInput): Promise<{ readonly finding: Finding; readonly seen: Seen }> => {
    const seen = await seenAt(input.path);
    const { findings, lines } = seen.analysis;
    const own = findings.filter(({ rule }) => input.rule === undefined || rule === input.rule);
    const finding = own.find(({ at }) => {
      const { start, end } = lines.range(at);
      return start.line + 1 <= input.line && input.line <= end.line + 1;
    });
    if (finding) return { finding, seen };
    const elsewhere = own.map(({ at, rule }) => `line ${lines.position(at.start).line + 1} (${rule})`).join(', ');
    throw new Error(`There is no finding in line ${input.line}. ${elsewhere === '' ? '' : `There are: ${elsewhere}.`}`);
  };

  return vscode.Disposable.from(
    vscode.lm.registerTool<Partial<FileInput>>('rateLimitGuide_findings', {
      async invoke({ input: { path } }, token) {
        const reports =
          path === undefined
            ? await inWorkspace(engine, settings, token)
            : [reportOf(path, (await seenAt(path)).analysis)];
        return answer(reportJson({ files: reports.length, findings: reports.flat(), problems: [] }));
      },
      prepareInvocation: ({ input: { path } }) => ({
        invocationMessage:
          path === undefined
            ? vscode.l10n.t('Looking for rate-limit faults in the workspace')
            : vscode.l10n.t('Looking for rate-limit faults in {0}', path),
      }),
    }),
    vscode.lm.registerTool<Partial<PlaceInput>>('rateLimitGuide_explain', {
      async invoke({ input }) {
        if (input.path !== undefined && input.line !== undefined) {
          const { finding, seen } = await findingAt({ ...input, path: input.path, line: input.line });
          return answer(rulePage(ruleOf(finding.rule), { finding, analysis: seen.analysis }));
        }
        return answer(rulePage(ruleOf(input.rule ?? rules[0]!.id)));
      },
      prepareInvocation: ({ input: { path, line, rule } }) => ({
        invocationMessage:
          path === undefined
            ? vscode.l10n.t('Explaining {0}', rule ?? rules[0]!.id)
            : vscode.l10n.t('Explaining the finding in {0}, line {1}', path, line ?? 1),
      }),
    }),
    vscode.lm.registerTool<PlaceInput & { readonly repair?: string }>('rateLimitGuide_repair', {
      async invoke({ input }) {
        const { finding, seen } = await findingAt(input);
        return answer(repairJson(input.path, finding, seen.analysis, input.repair));
      },
      prepareInvocation: ({ input: { path, line } }) => ({
        invocationMessage: vscode.l10n.t('Working out a repair for {0}, line {1}', path, line),
      }),
    }),
  );
}

/** The edits in lines and columns from 1, as the command line gives places. */
function repairJson(path: string, finding: Finding, analysis: Analysis, wanted: string | undefined): string {
  const fixes = analysis.fixes(finding);
  const fix = wanted === undefined ? fixes[0] : fixes.find(({ name }) => name === wanted);
  const offered = fixes.map(({ name, title }) => ({ name, title: inEnglish(title) }));
  if (!fix)
    return json({ path, rule: finding.rule, offered, refused: analysis.refusals(finding, wanted).map(inEnglish) });
  return json({
    path,
    rule: finding.rule,
    repair: fix.name,
    title: inEnglish(fix.title),
    applicability: fix.applicability,
    edits: fix.edits.map(({ span, text }) => ({
      ...cellOf(analysis, span.start),
      range: reportRange(analysis.lines, span),
      newText: text,
    })),
    creates: (fix.creates ?? []).map((file) => ({ path: relative(vscode.Uri.parse(file.path)), text: file.text })),
    offered,
  });
}

function cellOf({ lines }: Analysis, offset: number): { readonly cell?: number } {
  const { cell } = lines.position(offset);
  return cell === undefined ? {} : { cell };
}

function reportOf(path: string, analysis: Analysis) {
  return analysis.findings.map((finding) => reported(path, analysis, finding, analysis.fixes(finding)));
}

/** One report for each file that is looked at; open documents as they are in the editor. */
async function inWorkspace({ session, host }: Engine, settings: SettingsReader, token: vscode.CancellationToken) {
  const reports: ReturnType<typeof reportOf>[] = [];
  for (const uri of await codeFiles()) {
    if (token.isCancellationRequested) break;
    const { settings: own, looksAt } = await settings.of(uri);
    if (!looksAt) continue;
    const text = await textOf(uri, host);
    const report = text && (await session.probe(uri.toString(), text, own, (one) => reportOf(relative(uri), one)));
    if (report) reports.push(report);
  }
  return reports;
}

function uriOf(path: string): vscode.Uri {
  if (/^[a-z][a-z\d+.-]+:\//i.test(path)) return vscode.Uri.parse(path, true);
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (/^\/|^[a-z]:[\\/]/i.test(path) || !folder) return vscode.Uri.file(path);
  return vscode.Uri.joinPath(folder, path);
}

function relative(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

function ruleOf(id: string): (typeof rules)[number] {
  const rule = rules.find((one) => one.id === id);
  if (!rule) throw new Error(`There is no rule “${id}”. There are: ${rules.map((one) => one.id).join(', ')}.`);
  return rule;
}

function answer(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

function json(object: object): string {
  return `${JSON.stringify({ version: 1, ...object }, undefined, 2)}\n`;
}
