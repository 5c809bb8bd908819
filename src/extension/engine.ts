/** The engine inside VS Code: the session over `vscode.workspace.fs`, which works on disks, on remotes and in browsers alike. */
import * as vscode from 'vscode';
import type { Catalogue } from '../core/catalogue.ts';
import { createSyntax } from '../languages/syntax.ts';
import { libraries } from '../libraries/all.ts';
import { rules } from '../rules/all.ts';
import { sdks } from '../sdks/all.ts';
import { keys } from '../sdks/keys.ts';
import type { Host } from '../session/host.ts';
import { createSession, type Session } from '../session/session.ts';

const catalogue: Catalogue = { sdks, libraries, keys };

/** Paths are addresses (`file:///…`): a document of any scheme has one, and going up a folder works the same. */
export function startEngine(extension: vscode.Uri): { readonly session: Session; readonly host: Host } {
  const syntax = createSyntax(async (name) => {
    const file = name === 'parser' ? 'tree-sitter.wasm' : `tree-sitter-${name}.wasm`;
    return vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', file));
  });
  return { host, session: createSession({ host, syntax, catalogue, rules }) };
}

const host: Host = {
  readFile: async (path) => {
    // Above the topmost folder a file's name takes the place of the host's.
    if (/^[\w+.-]+:\/\/[^/]+$/.test(path)) return undefined;
    try {
      return await vscode.workspace.fs.readFile(vscode.Uri.parse(path, true));
    } catch {
      return undefined;
    }
  },
};
