/** Code actions: the repair, its alternatives, a helper in a new module, all of the file, ignore here, ignore in this file. */
import { existsSync } from 'node:fs';
import { type CodeAction, CodeActionKind, type Range, type WorkspaceEdit } from 'vscode-languageserver/node';
import { type Fix, preferredFix } from '../core/edit.ts';
import { fixAll } from '../core/fixAll.ts';
import type { Finding } from '../core/rule.ts';
import type { Settings } from '../core/settings.ts';
import { overlaps } from '../core/span.ts';
import { inEnglish } from '../core/words.ts';
import { differences } from '../session/differences.ts';
import { folderOf } from '../session/modules.ts';
import type { Session } from '../session/session.ts';
import { type EditSkills, pathOf, type Seen, toDiagnostic, toSpan, toWorkspaceEdit } from './convert.ts';

export const fixFileCommand = 'rateLimitGuide.fixFile';
export const fixAllKind = `${CodeActionKind.SourceFixAll}.rateLimitGuide`;

export interface ActionOptions {
  readonly session: Session;
  readonly settings: Settings;
  readonly skills: EditSkills;
}

export async function codeActions(seen: Seen, range: Range, options: ActionOptions): Promise<CodeAction[]> {
  const { start, end } = toSpan(range, seen.analysis);
  // An empty selection touches what it stands in or at.
  const asked = { start: start - 1, end: end + 1 };
  const touched = seen.analysis.findings.filter(({ at }) => overlaps(at, asked));
  return (await Promise.all(touched.map((finding) => actionsOf(finding, seen, options)))).flat();
}

/** Whether a client asks for what an editor does on saving. */
export function asksForAll(kind: string): boolean {
  return kind !== '' && `${fixAllKind}.`.startsWith(`${kind}.`);
}

/** All repairs that keep what the code does, as one action. */
export async function safeActions(seen: Seen, options: ActionOptions): Promise<CodeAction[]> {
  const edit = await changeOf(seen, (_, { applicability }) => applicability === 'safe', options);
  return edit ? [{ title: 'Make all repairs that keep what the code does', kind: fixAllKind, edit }] : [];
}

/** The change that the preferred repairs of a rule make in a document; undefined where there is none. */
export function fixFile(seen: Seen, rule: string, options: ActionOptions): Promise<WorkspaceEdit | undefined> {
  return changeOf(seen, (finding) => finding.rule === rule, options);
}

/** The chosen ones of the preferred repairs, pass by pass until none is left. */
async function changeOf(
  seen: Seen,
  chosen: (finding: Finding, fix: Fix) => boolean,
  { session, settings, skills }: ActionOptions,
): Promise<WorkspaceEdit | undefined> {
  const { text, path } = seen.analysis;
  const fixed = await fixAll(text, async (now) => ({
    fixes:
      (await session.probe(path, now, settings, (analysis) =>
        analysis.findings.flatMap((one) => {
          const fix = preferredFix(analysis.fixes(one));
          return fix && chosen(one, fix) ? [fix] : [];
        }),
      )) ?? [],
  }));
  return fixed.text === text ? undefined : toWorkspaceEdit({ edits: differences(text, fixed.text) }, seen, skills);
}

async function actionsOf(finding: Finding, seen: Seen, options: ActionOptions): Promise<CodeAction[]> {
  const { analysis, document } = seen;
  const diagnostics = [toDiagnostic(finding, seen)];
  const applying = (fix: Fix, title = inEnglish(fix.title)): CodeAction[] => {
    const edit = toWorkspaceEdit(fix, seen, options.skills);
    return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }] : [];
  };
  const fixes = analysis.fixes(finding);
  const preferred = preferredFix(fixes);
  const repairs = fixes.flatMap((fix) =>
    applying(fix).map((action) => (fix === preferred ? { ...action, isPreferred: true } : action)),
  );
  const inModule = fixes.some(({ name }) => name === 'helper')
    ? await helperInModule(finding, seen, options)
    : undefined;
  const alike = analysis.findings.filter(({ rule }) => rule === finding.rule).length;
  const all = `Fix all findings of ${finding.rule} in this file`;
  const ignores = (['line', 'file'] as const).flatMap((where) => analysis.ignore(finding, where) ?? []);
  return [
    ...repairs,
    ...(inModule
      ? applying(inModule, `Retry through a shared helper in ${inModule.creates![0]!.path.split('/').at(-1)}`)
      : []),
    ...(repairs.length > 0 && alike > 1
      ? [
          {
            title: all,
            kind: CodeActionKind.QuickFix,
            diagnostics,
            command: { title: all, command: fixFileCommand, arguments: [document.uri, finding.rule] },
          },
        ]
      : []),
    ...ignores.flatMap((fix) => applying(fix)),
  ];
}

/** The repair that brings a new module along; undefined where there is such a file. */
async function helperInModule(
  finding: Finding,
  { document: { uri }, analysis: { text } }: Seen,
  { session, settings }: ActionOptions,
): Promise<Fix | undefined> {
  const path = pathOf(uri);
  const ending = /\.([cm]?[jt]s(?=x?$)|py$)/.exec(path)?.[1];
  const helperModule = `${folderOf(path)}/retry.${ending}`;
  if (ending === undefined || path === uri || existsSync(helperModule)) return undefined;
  const fix = await session.probe(path, text, { ...settings, helperModule }, (analysis) => {
    const same = analysis.findings.find(({ rule, at }) => rule === finding.rule && at.start === finding.at.start);
    return same && analysis.fixes(same).find(({ name, creates }) => name === 'helper' && creates?.length === 1);
  });
  return fix;
}
