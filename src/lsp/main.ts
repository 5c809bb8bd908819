/** The language server: the session of the VS Code extension for every editor that speaks the protocol, over two streams. */
import {
  CodeActionKind,
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  MarkupKind,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import manifest from '../../package.json' with { type: 'json' };
import { contains } from '../core/span.ts';
import { inEnglish } from '../core/words.ts';
import { libraries } from '../libraries/all.ts';
import { hover } from '../render/hover.ts';
import { rules } from '../rules/all.ts';
import { sdks } from '../sdks/all.ts';
import { keys } from '../sdks/keys.ts';
import { configName } from '../session/config.ts';
import { nodeHost, nodeSyntax } from '../session/node-host.ts';
import { projectFiles } from '../session/node-project.ts';
import { isManifest } from '../session/selection.ts';
import { createSession } from '../session/session.ts';
import { asksForAll, codeActions, fixAllKind, fixFile, fixFileCommand, safeActions } from './actions.ts';
import { type EditSkills, pathOf, type Seen, toDiagnostic, toRange, toSpan, uriOf } from './convert.ts';
import { settingsReader } from './settings.ts';
import { watchDocuments } from './watch.ts';

/** Files come and go by the hundred when a branch is switched: one listing serves them all. */
const listingPause = 1000;

/** Serves an editor until it says goodbye or closes the stream, which ends the process. */
export function serve(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
  const connection = createConnection(input, output);
  connection.onInitialize((params) => start(connection, params));
  connection.listen();
}

async function start(connection: Connection, params: InitializeParams): Promise<InitializeResult> {
  const client = skillsOf(params);
  const folders = new Set(foldersOf(params));
  const pushed = { value: params.initializationOptions as unknown };
  const documents = new TextDocuments(TextDocument);
  const session = createSession({
    host: nodeHost,
    syntax: nodeSyntax(),
    rules,
    catalogue: { sdks, libraries, keys },
  });
  const settings = settingsReader({
    host: nodeHost,
    folders: () => [...folders],
    ask: async (scopeUri) =>
      client.configuration
        ? connection.workspace.getConfiguration({ scopeUri, section: 'rateLimitGuide' })
        : pushed.value,
    tell: (problem) => say(connection, MessageType.Warning, problem),
  });
  const watched = watchDocuments({
    session,
    settings,
    documents,
    log: (message) => connection.console.warn(message),
    show: (uri, seen) => void connection.sendDiagnostics(shown(uri, seen)),
  });
  const list = async () => {
    await session.setFiles(projectFiles([...folders]));
    watched.restart();
  };
  let listing: ReturnType<typeof setTimeout> | undefined;
  const listLater = () => {
    clearTimeout(listing);
    listing = setTimeout(() => void list().catch((error) => connection.console.error(String(error))), listingPause);
  };

  connection.onInitialized(async () => {
    if (client.watching) await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    if (client.configuration) await connection.client.register(DidChangeConfigurationNotification.type);
    if (client.folders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) folders.delete(pathOf(uri));
        for (const { uri } of added) folders.add(pathOf(uri));
        listLater();
      });
    await list();
  });
  connection.onDidChangeConfiguration(({ settings: sent }) => {
    pushed.value = sent?.rateLimitGuide ?? pushed.value;
    settings.clear();
    watched.restart();
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.map(({ uri, type }) => ({ path: pathOf(uri), type }));
    const isConfig = paths.some(({ path }) => path.endsWith(`/${configName}`));
    if (isConfig) settings.clear();
    if (isConfig || paths.some(({ path }) => isManifest(path))) watched.restart();
    if (paths.some(({ type }) => type !== FileChangeType.Changed)) listLater();
    for (const { path } of paths) watched.changed(path);
  });
  connection.onHover(async ({ textDocument, position }) => {
    const seen = await watched.current(textDocument.uri);
    return seen && hoverAt(seen, { start: position, end: position });
  });
  const actionOptions = async (uri: string) => ({
    session,
    settings: (await settings.of(uri, pathOf(uri))).settings,
    skills: client.edits,
  });
  connection.onCodeAction(async ({ textDocument: { uri }, range, context }) => {
    if (context.only?.some(asksForAll)) {
      const seen = await watched.current(uri);
      return seen ? safeActions(seen, await actionOptions(uri)) : [];
    }
    const wanted = context.only?.some((kind) => kind === '' || kind.split('.')[0] === CodeActionKind.QuickFix) ?? true;
    const seen = wanted ? await watched.current(uri) : undefined;
    return seen ? codeActions(seen, range, await actionOptions(uri)) : [];
  });
  connection.onExecuteCommand(async ({ command, arguments: [uri, rule] = [] }) => {
    if (command !== fixFileCommand || typeof uri !== 'string' || typeof rule !== 'string') return;
    const seen = await watched.current(uri);
    const edit = seen && (await fixFile(seen, rule, await actionOptions(uri)));
    if (edit) await connection.workspace.applyEdit({ label: `Repair ${rule}`, edit });
    else say(connection, MessageType.Info, `No finding of ${rule} in this file has a repair that can be written.`);
  });
  connection.onShutdown(() => {
    clearTimeout(listing);
    watched.dispose();
    session.dispose();
  });
  documents.listen(connection);

  return {
    serverInfo: { name: 'Rate Limit Guide', version: manifest.version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
      executeCommandProvider: { commands: [fixFileCommand] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}

const watchers = [
  { globPattern: '**/*.{py,pyi,ts,tsx,mts,cts,js,jsx,mjs,cjs}' },
  {
    globPattern:
      '**/{package.json,tsconfig.json,tsconfig.*.json,jsconfig.json,pyproject.toml,requirements*.txt,*.lock}',
  },
  { globPattern: `**/${configName}` },
];

/** A message that asks for no answer. */
function say(connection: Connection, type: MessageType, message: string): void {
  void connection.sendNotification(ShowMessageNotification.type, { type, message: `Rate Limit Guide: ${message}` });
}

interface Skills {
  readonly configuration: boolean;
  readonly folders: boolean;
  readonly watching: boolean;
  readonly edits: EditSkills;
}

function skillsOf({ capabilities: { workspace } }: InitializeParams): Skills {
  const edit = workspace?.workspaceEdit;
  const versions = edit?.documentChanges === true;
  return {
    configuration: workspace?.configuration === true,
    folders: workspace?.workspaceFolders === true,
    watching: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    edits: { versions, newFiles: versions && edit?.resourceOperations?.includes('create') === true },
  };
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const uris = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
  return uris.map(pathOf);
}

function shown(uri: string, seen: Seen | undefined) {
  if (!seen) return { uri, diagnostics: [] };
  const diagnostics = seen.analysis.findings.map((finding) => toDiagnostic(finding, seen));
  return { uri, version: seen.document.version, diagnostics };
}

function hoverAt({ document, analysis }: Seen, range: Parameters<typeof toSpan>[0]) {
  const at = toSpan(range, analysis);
  const finding = analysis.findings.find((one) => contains(one.at, at));
  const rule = finding && rules.find(({ id }) => id === finding.rule);
  if (!rule) return undefined;
  const value = hover({
    finding,
    rule,
    lines: analysis.lines,
    fixes: analysis.fixes(finding),
    refusals: analysis.refusals(finding),
    tell: inEnglish,
    links: {
      evidence: ({ at, path, line }) =>
        path === undefined
          ? `${document.uri}#L${analysis.lines.position(at.start).line + 1}`
          : `${uriOf(path)}#L${(line ?? 0) + 1}`,
    },
  });
  // Other editors show the message apart from the hover, or not at all there.
  return {
    contents: { kind: MarkupKind.Markdown, value: `${inEnglish(finding.message)}\n\n${value}` },
    range: toRange(finding.at, analysis),
  };
}
