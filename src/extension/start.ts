/** The extension's table of contents: all that runs, in a desktop window, on a server or in a browser. */
import * as vscode from 'vscode';
import { codeActions } from './codeActions.ts';
import { commands } from './commands.ts';
import { debugHints } from './debug.ts';
import { diagnostics } from './diagnostics.ts';
import { startEngine } from './engine.ts';
import { errorHovers } from './errorHover.ts';
import { errorExplainer } from './explainError.ts';
import { fixingAll } from './fixAll.ts';
import { guidePages } from './guidePages.ts';
import { hovers } from './hover.ts';
import { limitsMeter } from './limits/measure.ts';
import { limitsStore } from './limits/store.ts';
import { guidePanel } from './panel.ts';
import { scanWorkspace } from './scan.ts';
import { settingsReader } from './settings.ts';
import { statusItem } from './status.ts';
import { languageIds } from './subject.ts';
import { symbolHovers } from './symbolHover.ts';
import { teamNotes } from './teamNotes.ts';
import { terminalLinks } from './terminal.ts';
import { languageModelTools } from './tools.ts';
import { watchDocuments } from './watch.ts';
import { welcome } from './welcome.ts';

export function start(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Rate Limit Guide', { log: true });
  log.info(
    `Rate Limit Guide ${context.extension.packageJSON.version} in VS Code ${vscode.version}, for ${languageIds.join(', ')}. ` +
      'Each analysis and its time stand here once the level is “Debug” (Developer: Set Log Level).',
  );
  const engine = startEngine(context.extensionUri);
  const settings = settingsReader(engine.host, log);
  const watched = watchDocuments(engine.session, settings, log);
  const fixes = fixingAll(engine, settings, watched);
  const notes = teamNotes(engine.host);
  const errors = errorExplainer(watched);
  const limits = limitsStore(context.globalState);
  context.subscriptions.push(
    log,
    settings,
    watched,
    diagnostics(watched),
    codeActions(watched, fixes),
    hovers(watched, notes),
    statusItem(watched, settings, limits),
    guidePages(watched),
    notes,
    guidePanel({ watched, settings, notes, limits }, context.extensionUri),
    languageModelTools(engine, settings, watched),
    welcome(watched, context),
    commands({ engine, settings, watched, fixes, log }),
    errors,
    errorHovers(),
    terminalLinks(errors),
    debugHints(errors),
    limits,
    limitsMeter(context, limits),
    symbolHovers(watched, limits),
    scanWorkspace(engine.session, watched, log),
    new vscode.Disposable(() => engine.session.dispose()),
  );
  watched.restart();
}
