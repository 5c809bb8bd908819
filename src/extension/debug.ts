/** Tells of rate-limit errors while debugging: in the program’s output, and where one stops the debugger. */
import * as vscode from 'vscode';
import { findErrors } from '../guide/error-text.ts';
import { framesAt, type StackFrame } from '../guide/stack.ts';
import { errorTitle } from '../render/error-words.ts';
import type { ErrorExplainer, MetError } from './explainError.ts';
import { tell } from './language.ts';

/** As much of the Debug Adapter Protocol as is looked at. */
interface Message {
  readonly type?: string;
  readonly event?: string;
  readonly body?: {
    readonly category?: string;
    readonly output?: string;
    readonly reason?: string;
    readonly text?: string;
    readonly description?: string;
    readonly threadId?: number;
  };
}

/** A debugger sends a traceback line by line. */
const pause = 300;
const mostCharacters = 100_000;

export function debugHints(explainer: ErrorExplainer): vscode.Disposable {
  return vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => track(session, explainer),
  });
}

function track(session: vscode.DebugSession, explainer: ErrorExplainer): vscode.DebugAdapterTracker {
  let output = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** A kind of error is told once a session: a loop meets hundreds. */
  const told = new Set<string>();
  const inform = async (message: (title: string) => string, met: MetError): Promise<void> => {
    const [found] = findErrors(met.text);
    if (!found || told.has(found.error.kind)) return;
    told.add(found.error.kind);
    const explain = vscode.l10n.t('Explain');
    const answer = await vscode.window.showInformationMessage(message(tell(errorTitle(found.error))), explain);
    if (answer === explain) await explainer.explain(met);
  };
  const readOutput = () => {
    const [found] = findErrors(output);
    if (!found) return;
    const met = { text: output.slice(found.at.start, found.at.end), frames: framesAt(output, found.at.start) };
    output = '';
    void inform((title) => vscode.l10n.t('The program met a rate-limit error: {0}.', title), met);
  };
  const stopped = async (body: NonNullable<Message['body']>): Promise<void> => {
    const info = await exceptionInfo(session, body.threadId);
    const text = [info.id, info.description ?? body.text ?? body.description].filter(Boolean).join(': ');
    // A debugger’s own stack may end where a promise was waited for; the error’s goes on.
    const frames = [...framesAt(info.stack, 0), ...(await callStack(session, body.threadId))];
    await inform((title) => vscode.l10n.t('The debugger stopped at a rate-limit error: {0}.', title), { text, frames });
  };
  return {
    onDidSendMessage({ type, event, body }: Message) {
      if (type !== 'event' || !body) return;
      if (event === 'stopped' && body.reason === 'exception') void stopped(body);
      if (event !== 'output' || body.category === 'telemetry' || !body.output) return;
      output = (output + body.output).slice(-mostCharacters);
      clearTimeout(timer);
      timer = setTimeout(readOutput, pause);
    },
    onWillStopSession() {
      clearTimeout(timer);
      readOutput();
    },
  };
}

interface ExceptionInfo {
  readonly id: string;
  readonly description: string | undefined;
  readonly stack: string;
}

/** Not every debugger answers; then what its event says has to do. */
async function exceptionInfo(session: vscode.DebugSession, threadId: number | undefined): Promise<ExceptionInfo> {
  const answer = await ask(session, 'exceptionInfo', { threadId });
  return {
    id: answer?.exceptionId ?? '',
    description: answer?.description,
    stack: answer?.details?.stackTrace ?? '',
  };
}

async function callStack(session: vscode.DebugSession, threadId: number | undefined): Promise<readonly StackFrame[]> {
  const answer = await ask(session, 'stackTrace', { threadId, levels: 50 });
  const frames: readonly { readonly line: number; readonly source?: { readonly path?: string } }[] =
    answer?.stackFrames ?? [];
  return frames.flatMap(({ line, source }) => (source?.path ? [{ path: source.path, line }] : []));
}

async function ask(session: vscode.DebugSession, request: string, args: object) {
  return session.customRequest(request, args).then(
    (answer) => answer,
    () => undefined,
  );
}
