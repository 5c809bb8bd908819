/** `simulate`: plays requests against a provider's limit in virtual time. */
import process from 'node:process';
import type { Settings } from '../core/settings.ts';
import { inEnglish } from '../core/words.ts';
import { placeInWords } from '../render/places.ts';
import { protectionInWords } from '../render/protection.ts';
import { type Compared, simulationText, wrapped } from '../render/simulation-text.ts';
import { openaiPython } from '../sdks/openai.ts';
import type { Limit } from '../simulate/limit.ts';
import { type PolicyName, type PolicyOptions, policyNames, policyOf } from '../simulate/policy.ts';
import { simulate as play, type Simulation, type Workload } from '../simulate/simulate.ts';
import { type Situation, situationOf } from '../simulate/situation.ts';
import { usualLimit, usualWorkload } from '../simulate/usual.ts';
import { startEngine } from './engine.ts';
import { shown } from './paths.ts';
import { isFile, noRequest, placeIn, requestsAt } from './place.ts';
import { paintFor, print, tell } from './terminal.ts';

/** What the command line says; the rest is as usual. */
export interface SimulateOptions {
  /** The call whose situation is taken: `file:line`. */
  readonly place?: string;
  readonly requests?: number;
  readonly rpm?: number;
  readonly tpm?: number;
  readonly tokens?: number;
  readonly workers?: number;
  readonly policy?: PolicyName;
  readonly retries?: number;
  readonly concurrency?: number;
  readonly limit?: Limit['shape'];
  readonly window?: number;
  readonly retryAfter?: Limit['toldWait'];
  readonly answerSeconds?: number;
  readonly onError?: Workload['onError'];
  readonly seed: number;
  readonly format: 'text' | 'json';
}

/** Resolves to the exit code: 0 played, 1 no request at the place, 2 can't be done. */
export async function simulate(options: SimulateOptions): Promise<number> {
  const scene = options.place === undefined ? await plainScene() : await sceneAt(options.place);
  if ('problem' in scene) {
    tell(scene.problem);
    return scene.code;
  }
  const { situation, settings, head } = scene;
  const name = options.policy ?? situation.policy;
  if (name === undefined) {
    tell(`${head.join('\n')}\nHow long its waits are is not known here: name a policy with --policy.`);
    return 2;
  }
  const policies: PolicyOptions = {
    sdk: situation.sdk,
    retries: options.retries ?? situation.retries,
    backoff: settings.retry,
    concurrency: options.concurrency ?? settings.throttle.concurrency,
  };
  const limit = limitOf(options);
  const workload = workloadOf(options, situation);
  const simulation = (policy: PolicyName): Simulation => ({
    workload,
    limit,
    policy: policyOf(policy, policies),
    seed: options.seed,
  });
  const chosen = simulation(name);
  const outcome = play(chosen);
  if (options.format === 'json') {
    print(`${JSON.stringify({ version: 1, ...chosen, ...outcome }, undefined, 2)}\n`);
    return 0;
  }
  const others = policyNames.map(
    (each): Compared => ({ name: each, figures: each === name ? outcome.figures : play(simulation(each)).figures }),
  );
  const text = simulationText(chosen, outcome, others, paintFor(process.stdout));
  print(head.length === 0 ? text : `${head.join('\n')}\n\n${text}`);
  return 0;
}

interface Scene {
  readonly situation: Situation;
  readonly settings: Settings;
  /** What is said of the call before the simulation. */
  readonly head: readonly string[];
}

/** No call in particular: a loop behind the OpenAI SDK as it comes. */
async function plainScene(): Promise<Scene> {
  const { settings } = await (await startEngine([])).scope(process.cwd());
  const sdk = openaiPython.retry;
  const situation: Situation = { sdk, policy: 'sdk', retries: sdk.default, start: 'one by one', onError: 'ends' };
  return { situation, settings, head: [] };
}

async function sceneAt(text: string): Promise<Scene | { readonly problem: string; readonly code: number }> {
  const place = placeIn(text);
  if (!place || !isFile(place.file)) return { problem: `${text}: there is no such file and line.`, code: 2 };
  const found = await requestsAt(place);
  if ('problem' in found) return { ...found, code: 2 };
  const { analysis, settings, verdicts } = found;
  const [verdict] = verdicts;
  if (!verdict) return { problem: noRequest(place, analysis), code: 1 };
  const at = placeInWords(shown(analysis.path), analysis.lines.position(verdict.request.at.start));
  const protection = inEnglish(protectionInWords(verdict, analysis.lines)).replaceAll('`', '');
  return {
    situation: situationOf(verdict),
    settings,
    head: [`${at}: ${verdict.request.text}`, ...wrapped(protection)],
  };
}

/** Who names one of the limits means this one alone. */
function limitOf({ rpm, tpm, limit, window, retryAfter }: SimulateOptions): Limit {
  const { requestsPerMinute, tokensPerMinute, ...usual } = usualLimit;
  const amounts =
    rpm === undefined && tpm === undefined
      ? { requestsPerMinute, tokensPerMinute }
      : { requestsPerMinute: rpm, tokensPerMinute: tpm };
  return {
    ...usual,
    ...(amounts.requestsPerMinute !== undefined && { requestsPerMinute: amounts.requestsPerMinute }),
    ...(amounts.tokensPerMinute !== undefined && { tokensPerMinute: amounts.tokensPerMinute }),
    ...(limit && { shape: limit }),
    ...(window !== undefined && { windowSeconds: window }),
    ...(retryAfter && { toldWait: retryAfter }),
  };
}

function workloadOf(options: SimulateOptions, situation: Situation): Workload {
  const { tokens, answerSeconds, onError = situation.onError } = options;
  const requests = options.requests ?? situation.requests ?? usualWorkload.requests;
  const workers = options.workers ?? (situation.start === 'all at once' ? requests : usualWorkload.workers);
  return {
    ...usualWorkload,
    requests,
    workers,
    onError,
    ...(tokens !== undefined && { tokens }),
    ...(answerSeconds !== undefined && { answerSeconds }),
  };
}
