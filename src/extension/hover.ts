/** The hover over a finding: what protects the call now, how to detect and prevent a 429, and links to the repairs. */
import * as vscode from 'vscode';
import { contains } from '../core/span.ts';
import { hover } from '../render/hover.ts';
import { rules } from '../rules/all.ts';
import type { Note } from '../session/notes.ts';
import { toLocation, toSpan } from './convert.ts';
import { tell } from './language.ts';
import { selector } from './subject.ts';
import type { TeamNotes } from './teamNotes.ts';
import type { Watched } from './watch.ts';

/** Commands that links in our Markdown may run. */
const linked = ['rateLimitGuide.applyFix', 'rateLimitGuide.openGuide'];

export function hovers(watched: Watched, notes: TeamNotes): vscode.Disposable {
  return vscode.languages.registerHoverProvider(selector, {
    async provideHover(document, position) {
      const seen = await watched.current(document);
      if (!seen) return undefined;
      const { analysis } = seen;
      const at = toSpan(new vscode.Range(position, position), document.uri, seen);
      const finding = analysis.findings.find((one) => contains(one.at, at));
      const rule = finding && rules.find(({ id }) => id === finding.rule);
      if (!rule) return undefined;
      const address = document.uri.toString();
      const text = hover({
        finding,
        rule,
        lines: analysis.lines,
        fixes: analysis.fixes(finding),
        refusals: analysis.refusals(finding),
        tell,
        links: {
          fix: ({ name }) => commandLink('rateLimitGuide.applyFix', address, finding.rule, finding.at.start, name),
          explain: commandLink('rateLimitGuide.openGuide', address, finding.rule, finding.at.start),
          evidence: (one) =>
            one.path === undefined ? lineLink(toLocation(one.at, seen)) : `${one.path}#L${(one.line ?? 0) + 1}`,
        },
      });
      const markdown = new vscode.MarkdownString(text);
      markdown.isTrusted = { enabledCommands: linked };
      const team = (await notes.on(finding.rule, document.uri, finding)).map(noteInHover);
      // What the team says comes first: a hover is low, and its end is seldom seen.
      return new vscode.Hover([...team, markdown], toLocation(finding.at, seen).range);
    },
  });
}

/** A note of the team, which may run no command; the guide has the rest of a long one. */
function noteInHover({ title, text }: Note): vscode.MarkdownString {
  const [first = ''] = text.split(/\n\s*\n/);
  return new vscode.MarkdownString(
    `**${vscode.l10n.t('Team, on {0}:', title)}** ${first === text ? text : `${first} …`}`,
  );
}

/** VS Code opens a file's address at the line that its fragment names. */
function lineLink({ uri, range }: vscode.Location): string {
  return uri.with({ fragment: `L${range.start.line + 1}` }).toString();
}

function commandLink(command: string, ...args: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}
