/** What VS Code loads to activate the extension: everything else comes in a second file. */
import type { ExtensionContext } from 'vscode';

export async function activate(context: ExtensionContext): Promise<void> {
  const { start } = await import('./start.ts');
  start(context);
}
