/** Every fixture, opened in the editor: diagnostics equal markers, the light bulb's order, all repairs in one step and back. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type Marker, readMarkers } from '../../markers.ts';
import { test } from './suite.ts';

/** The workspace is a copy of the fixtures. */
const root = vscode.workspace.workspaceFolders![0]!.uri.fsPath;

for (const rule of readdirSync(root)) {
  for (const name of readdirSync(join(root, rule))) {
    if (/\.fixed\.[a-z]+$/.test(name)) continue;
    const path = join(root, rule, name);
    const markers = readMarkers(readFileSync(path, 'utf8'));
    const repaired = path.replace(/(\.[a-z]+)$/, '.fixed$1');

    test(`${rule}/${name}: diagnostics are the markers`, async () => {
      const document = await show(path);
      const found = await diagnosticsLike(document, markers);
      for (const [at, { message, severity }] of markers.entries()) {
        assert.ok(found[at]!.message.includes(message), `“${found[at]!.message}” lacks “${message}”`);
        if (severity) assert.equal(vscode.DiagnosticSeverity[found[at]!.severity].toLowerCase(), severity);
      }
    });

    if (markers.length > 0)
      test(`${rule}/${name}: the light bulb offers repairs first, then ignoring, then the rule`, async () => {
        const document = await show(path);
        for (const { range } of await diagnosticsLike(document, markers)) {
          const titles = (await quickFixes(document, range)).map(({ title }) => title);
          const kinds = titles.map(kindOf);
          if (kinds.includes('repair')) assert.equal(kinds[0], 'repair', titles.join('\n'));
          // Behind the preferred repairs each rule that finds something at the place has its own actions, in order.
          let ended = true;
          for (const [at, kind] of kinds.entries()) {
            const before = ended ? 0 : order.indexOf(kinds[at - 1]!);
            assert.ok(before <= order.indexOf(kind), titles.join('\n'));
            if (kind === 'explain') assert.equal(kinds[at - 1], 'severity', titles.join('\n'));
            ended = kind === 'explain';
          }
          assert.ok(ended, titles.join('\n'));
        }
      });

    if (existsSync(repaired))
      test(`${rule}/${name}: all repairs in one step, and one undo takes them back`, async () => {
        const document = await show(path);
        const before = document.getText();
        await diagnosticsLike(document, markers);
        await vscode.commands.executeCommand('rateLimitGuide.fixFile', document.uri);
        assert.equal(document.getText(), readFileSync(repaired, 'utf8').replace(/^\uFEFF/, ''));
        await vscode.commands.executeCommand('undo');
        assert.equal(document.getText(), before);
        await diagnosticsLike(document, markers);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      });
  }
}

const order = ['repair', 'all', 'ignore', 'severity', 'explain'];

function kindOf(title: string): string {
  if (title.startsWith('Explain')) return 'explain';
  if (title.startsWith('Change the severity')) return 'severity';
  if (title.startsWith('Ignore')) return 'ignore';
  return title.startsWith('Fix all') ? 'all' : 'repair';
}

async function show(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(path);
  await vscode.window.showTextDocument(document);
  return document;
}

/** Our diagnostics, by place, once their places and rules are those of the markers. */
async function diagnosticsLike(
  document: vscode.TextDocument,
  markers: readonly Marker[],
): Promise<readonly vscode.Diagnostic[]> {
  const wanted = markers.map(({ start, end, rule }) => {
    const at = (offset: number) => document.positionAt(offset - (bom(document) ? 1 : 0));
    return place(new vscode.Range(at(start), at(end)), rule);
  });
  const read = () =>
    vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === 'rate-limit-guide')
      .sort((a, b) => a.range.start.compareTo(b.range.start));
  const same = () => {
    const got = read().map(({ range, code }) => place(range, ruleOf(code)));
    return JSON.stringify(got) === JSON.stringify(wanted);
  };
  // Without a marker there is nothing to wait for: give a finding the time to come.
  for (const end = Date.now() + (wanted.length > 0 ? 10_000 : 500); Date.now() < end; await pause(25)) {
    if (wanted.length > 0 && same()) return read();
  }
  assert.deepEqual(
    read().map(({ range, code }) => place(range, ruleOf(code))),
    wanted,
  );
  return read();
}

async function quickFixes(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.QuickFix.value;
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range, kind);
}

function place(range: vscode.Range, rule: string): string {
  return `${range.start.line + 1}:${range.start.character + 1} to ${range.end.line + 1}:${range.end.character + 1} ${rule}`;
}

function ruleOf(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The editor keeps a byte order mark out of the text. */
function bom(document: vscode.TextDocument): boolean {
  return readFileSync(document.uri.fsPath, 'utf8').startsWith('\uFEFF');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
