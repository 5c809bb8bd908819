/** A plain client of the language server: the built command, the protocol's messages, and nothing of any editor. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type ApplyWorkspaceEditParams,
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type ShowMessageParams,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Project } from './cli.ts';

export interface Client {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  /** Changes that the server asked the editor for. */
  readonly applied: readonly ApplyWorkspaceEditParams[];
  readonly messages: readonly string[];
  uri(name: string): string;
  open(name: string, text: string, languageId: string): void;
  /** Replaces the whole text, or what stands at `at`. */
  change(name: string, text: string, at?: { readonly line: number; readonly from: number; readonly to: number }): void;
  /** The document's diagnostics from now on, once `wanted` holds of them. */
  diagnostics(name: string, wanted?: (diagnostics: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** Resolves to the server's exit code. */
  end(): Promise<number | null>;
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities;
  /** What `workspace/configuration` answers. */
  readonly settings?: unknown;
  readonly initializationOptions?: unknown;
}

/** What Neovim, Helix and Zed say of themselves, as far as the server asks. */
export const modern: ClientCapabilities = {
  workspace: {
    applyEdit: true,
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

export async function startClient(
  context: TestContext,
  project: Project,
  { capabilities = modern, settings = null, initializationOptions }: ClientOptions = {},
): Promise<Client> {
  const child = spawn(process.execPath, [project.cli, 'lsp', '--stdio'], { cwd: project.root, stdio: 'pipe' });
  const errors: string[] = [];
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  context.after(() => child.kill());
  const connection = createProtocolConnection(child.stdout, child.stdin);
  const published = new Map<string, PublishDiagnosticsParams>();
  const waiting = new Set<() => void>();
  const applied: ApplyWorkspaceEditParams[] = [];
  const messages: string[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params);
    for (const look of waiting) look();
  });
  connection.onNotification('window/showMessage', ({ message }: ShowMessageParams) => void messages.push(message));
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => settings));
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
    applied.push(params);
    return { applied: true };
  });
  connection.listen();
  const uri = (name: string) => pathToFileURL(project.path(name)).href;
  const params: InitializeParams = {
    processId: process.pid,
    rootUri: pathToFileURL(project.root).href,
    workspaceFolders: [{ uri: pathToFileURL(project.root).href, name: 'project' }],
    capabilities,
    initializationOptions,
  };
  const initialized = (await connection.sendRequest('initialize', params)) as InitializeResult;
  await connection.sendNotification('initialized', {});

  const versions = new Map<string, number>();
  return {
    connection,
    initialized,
    applied,
    messages,
    uri,
    open(name, text, languageId) {
      versions.set(name, 1);
      void connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(name), languageId, version: 1, text },
      });
    },
    change(name, text, at) {
      const version = versions.get(name)! + 1;
      versions.set(name, version);
      published.delete(uri(name));
      const range = at && { start: { line: at.line, character: at.from }, end: { line: at.line, character: at.to } };
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri(name), version },
        contentChanges: [range ? { range, text } : { text }],
      });
    },
    diagnostics(name, wanted = () => true) {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          const last = JSON.stringify(published.get(uri(name)));
          reject(new Error(`no such diagnostics of ${name}; the last: ${last}; ${errors.join('')}`));
        }, 20_000);
        const look = () => {
          const now = published.get(uri(name));
          if (!now || (now.version ?? versions.get(name)) !== versions.get(name) || !wanted(now.diagnostics)) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(now.diagnostics);
        };
        waiting.add(look);
        look();
      });
    },
    async end() {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      return ended;
    },
  };
}

/** The text after the edits, as an editor applies them. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('a:/', 'any', 0, text), [...edits]);
}
