/** Links on rate-limit errors in terminals: the line that shows one explains it, and its stack leads to the call. */
import * as vscode from 'vscode';
import { findErrors } from '../guide/error-text.ts';
import { withoutEscapes } from '../guide/terminal-text.ts';
import { errorTitle } from '../render/error-words.ts';
import { type ErrorExplainer, errorWithin } from './explainError.ts';
import { tell } from './language.ts';

interface ErrorLink extends vscode.TerminalLink {
  readonly terminal: vscode.Terminal;
  readonly text: string;
}

/** Of a command’s output the end is kept: errors stand there. */
const mostCharacters = 200_000;
const mostCommands = 5;

export function terminalLinks({ explain }: ErrorExplainer): vscode.Disposable {
  const outputs = new WeakMap<vscode.Terminal, Output[]>();
  const provider: vscode.TerminalLinkProvider<ErrorLink> = {
    provideTerminalLinks({ line, terminal }) {
      return findErrors(line).map(({ at, error }) => {
        const text = line.slice(at.start, at.end);
        const indent = text.length - text.trimStart().length;
        return {
          startIndex: at.start + indent,
          length: text.length - indent,
          tooltip: vscode.l10n.t('Explain this error: {0}', tell(errorTitle(error))),
          terminal,
          text: text.trim(),
        };
      });
    },
    async handleTerminalLink({ terminal, text }) {
      const folder = terminal.shellIntegration?.cwd;
      await explain({ ...lastWith(text, outputs.get(terminal) ?? []), ...(folder && { folder }) });
    },
  };
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      const output: Output = { written: '' };
      outputs.set(terminal, [...(outputs.get(terminal) ?? []).slice(1 - mostCommands), output]);
      void collect(execution, output);
    }),
    vscode.window.registerTerminalLinkProvider(provider),
  );
}

interface Output {
  written: string;
}

async function collect(execution: vscode.TerminalShellExecution, output: Output): Promise<void> {
  for await (const chunk of execution.read()) {
    output.written += chunk;
    if (output.written.length > 2 * mostCharacters) output.written = output.written.slice(-mostCharacters);
  }
}

/** The newest output that shows the error tells its stack; without one there is the line alone. */
function lastWith(error: string, outputs: readonly Output[]) {
  for (const { written } of outputs.toReversed()) {
    const text = withoutEscapes(written.slice(-mostCharacters));
    const at = text.lastIndexOf(error);
    if (at >= 0) return errorWithin(text, at);
  }
  return { text: error };
}
