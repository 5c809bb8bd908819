/** The limits meter: asks a provider once, when told to, and reads the account's limits from the answer's headers. */
import * as vscode from 'vscode';
import { durationInWords } from '../../guide/durations.ts';
import { readErrors } from '../../guide/error-text.ts';
import { concurrencyWithin, type Measurement } from '../../guide/limits.ts';
import { hostOf, limitsInWords, measuredInWords } from '../../render/limits-words.ts';
import { usualWorkload } from '../../simulate/usual.ts';
import { explainErrorCommand } from '../explainError.ts';
import { section } from '../settings.ts';
import type { MeterAnswer } from './ask.ts';
import { chooseKey, type Environment } from './keys.ts';
import { isBaseUrl, type MeterRequest, meterRequest, tokensAtMost } from './request.ts';
import type { LimitsStore } from './store.ts';
import { untilTold } from './until-told.ts';

export const measureCommand = 'rateLimitGuide.measureLimits';
const lastAsked = 'limits.lastAsked';

/** What the user was asked the last time; it is proposed again. */
interface Asked {
  readonly baseUrl: string;
  readonly model: string;
}

export function limitsMeter(context: vscode.ExtensionContext, store: LimitsStore): vscode.Disposable {
  return vscode.commands.registerCommand(measureCommand, async (model?: string) => {
    const environment = nodeEnvironment();
    if (!environment) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t(
          'A browser hides the headers that tell limits. Measure them in VS Code on the desktop, or connected to a remote machine.',
        ),
      );
      return;
    }
    const asked = await askWhat(context.globalState, environment, model);
    if (!asked) return;
    const key = await chooseKey(context.secrets, environment, asked.baseUrl);
    if (key === undefined) return;
    const request = meterRequest(asked.baseUrl, asked.model);
    if (!(await confirm(request))) return;
    await context.globalState.update(lastAsked, asked);
    await send(request, key, asked, store);
  });
}

/** The environment of Node, which a browser has none of. */
function nodeEnvironment(): Environment | undefined {
  const { process } = globalThis as { process?: { versions?: { node?: string }; env?: Environment } };
  return process?.versions?.node === undefined ? undefined : process.env;
}

async function askWhat(
  memory: vscode.Memento,
  environment: Environment,
  named: string | undefined,
): Promise<Asked | undefined> {
  const last = memory.get<Asked>(lastAsked);
  const title = vscode.l10n.t('Measure an account’s limits');
  const baseUrl = await vscode.window.showInputBox({
    title: `${title} (1/3)`,
    prompt: vscode.l10n.t('The address of an API that speaks as OpenAI’s does.'),
    value: last?.baseUrl ?? environment.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    ignoreFocusOut: true,
    validateInput: (text) =>
      isBaseUrl(text) ? undefined : vscode.l10n.t('An address begins with https://, or is one of this machine.'),
  });
  if (baseUrl === undefined) return undefined;
  const model = await vscode.window.showInputBox({
    title: `${title} (2/3)`,
    prompt: vscode.l10n.t('The model: each has limits of its own.'),
    value: named ?? last?.model ?? 'gpt-4o-mini',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('A model is needed.') : undefined),
  });
  return model === undefined ? undefined : { baseUrl: baseUrl.replace(/\/+$/, ''), model: model.trim() };
}

/** The request and its cost are seen before it is sent. */
async function confirm(request: MeterRequest): Promise<boolean> {
  const { baseUrl, path, body } = request;
  const tokens = tokensAtMost(request);
  const yes = vscode.l10n.t('Send Request');
  const detail = [
    `POST ${baseUrl}${path}\n${JSON.stringify(body)}`,
    vscode.l10n.t(
      'The key goes to {0} alone. At most about {1} tokens are paid for: at 10 dollars for a million of them, {2} cents.',
      hostOf(baseUrl),
      tokens,
      (tokens * 1000) / 1_000_000,
    ),
  ].join('\n\n');
  const title = vscode.l10n.t('Send this request to measure the limits?');
  return (await vscode.window.showInformationMessage(title, { modal: true, detail }, yes)) === yes;
}

async function send(request: MeterRequest, key: string, asked: Asked, store: LimitsStore): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Measuring the limits of {0}', measuredInWords(asked)),
    cancellable: true,
  };
  const sent = await vscode.window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    // The package comes with the first request, and is loaded with it.
    const { ask } = await import('./ask.ts');
    const waiting = (seconds: number) => {
      progress.report({ message: vscode.l10n.t('refused with a 429; once more in {0}', durationInWords(seconds)) });
      return pause(seconds, abort.signal);
    };
    try {
      return await untilTold(asked.baseUrl, {
        ask: () => ask(request, key, abort.signal),
        random: Math.random,
        waiting,
      });
    } catch (error) {
      return abort.signal.aborted ? undefined : String(error).replaceAll(key, '…');
    }
  });
  if (!sent) return;
  if (typeof sent === 'string') {
    const message = vscode.l10n.t('{0} gave no answer: {1}', hostOf(asked.baseUrl), sent);
    return void vscode.window.showErrorMessage(message);
  }
  if (sent.k === 'refused') return tellRefusal(asked, sent.answer);
  if (sent.k === 'silent') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} answered, and told no limits in its headers.', hostOf(asked.baseUrl)),
    );
    return;
  }
  const { limits, answer } = sent;
  const measurement: Measurement = { ...asked, at: Date.now(), answerSeconds: answer.seconds, limits };
  await store.add(measurement);
  await tellLimits(measurement);
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function tellRefusal({ baseUrl }: Asked, { status, error = '' }: MeterAnswer): Promise<void> {
  const explain = vscode.l10n.t('Explain');
  const canExplain = readErrors(error).length > 0;
  const message = vscode.l10n.t('{0} refused the request with {1}: {2}', hostOf(baseUrl), status, shortened(error));
  const answer = await vscode.window.showWarningMessage(message, ...(canExplain ? [explain] : []));
  if (answer === explain) await vscode.commands.executeCommand(explainErrorCommand, error);
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

async function tellLimits(measurement: Measurement): Promise<void> {
  const { limits, answerSeconds } = measurement;
  const atOnce = concurrencyWithin(limits, {
    tokens: usualWorkload.tokens,
    answerSeconds: Math.max(answerSeconds, 0.5),
  });
  const configuration = vscode.workspace.getConfiguration(section);
  const throttle =
    atOnce === undefined || atOnce === configuration.get('throttle.concurrency')
      ? undefined
      : vscode.l10n.t('Throttle to {0} at Once', atOnce);
  const guide = vscode.l10n.t('Open Guide');
  const message = `${measuredInWords(measurement)}: ${limitsInWords(limits)}.`;
  const answer = await vscode.window.showInformationMessage(message, guide, ...(throttle ? [throttle] : []));
  if (answer === guide) await vscode.commands.executeCommand('rateLimitGuide.openGuide');
  if (answer === throttle && throttle) {
    const target = vscode.workspace.workspaceFolders
      ? vscode.ConfigurationTarget.Workspace
      : vscode.ConfigurationTarget.Global;
    await configuration.update('throttle.concurrency', atOnce, target);
  }
}
