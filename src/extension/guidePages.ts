/** Read-only pages that explain a rule, and one finding in particular: what a diagnostic's code and “Explain” open. */
import * as vscode from 'vscode';
import { rulePage } from '../render/rule-page.ts';
import { rules } from '../rules/all.ts';
import type { Watched } from './watch.ts';

const scheme = 'rate-limit-guide';

/** The address of a rule's page; the finding's place goes along in the query. A diagnostic's code may be no command. */
export function pageUri(rule: string, document: string | undefined, offset: number | undefined): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${rule}.md`, query: JSON.stringify({ document, offset }) });
}

export function guidePages(watched: Watched): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    async provideTextDocumentContent(uri) {
      const rule = rules.find(({ id }) => uri.path === `/${id}.md`);
      if (!rule) return `# No such rule\n\nThere is no rule “${uri.path.slice(1).replace(/\.md$/, '')}”.\n`;
      const { document: address, offset } = JSON.parse(uri.query || '{}') as { document?: string; offset?: number };
      const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === address);
      const analysis = document && (await watched.current(document))?.analysis;
      const finding = analysis?.findings.find((one) => one.rule === rule.id && one.at.start === offset);
      return rulePage(rule, finding && analysis ? { finding, analysis } : undefined);
    },
  });
}
