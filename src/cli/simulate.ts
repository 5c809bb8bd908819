/** `simulate`: plays requests against a provider's limit in virtual time. */
import process from 'node:process';
import { defaultSettings } from '../core/settings.ts';
import { type Compared, simulationText } from '../render/simulation-text.ts';
import { openaiPython } from '../sdks/openai.ts';
import type { Limit } from '../simulate/limit.ts';
import { type PolicyName, type PolicyOptions, policyNames, policyOf } from '../simulate/policy.ts';
import { simulate as play, type Simulation, type Workload } from '../simulate/simulate.ts';
import { usualConcurrency, usualLimit, usualWorkload } from '../simulate/usual.ts';
import { paintFor, print } from './terminal.ts';

/** What the command line says; the rest is as usual. */
export interface SimulateOptions {
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

/** Resolves to the exit code: 0 played. */
export async function simulate(options: SimulateOptions): Promise<number> {
  const policies: PolicyOptions = {
    sdk: openaiPython.retry,
    ...(options.retries !== undefined && { retries: options.retries }),
    backoff: defaultSettings.retry,
    concurrency: options.concurrency ?? usualConcurrency,
  };
  const limit = limitOf(options);
  const workload = workloadOf(options);
  const name = options.policy ?? 'sdk';
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
  print(simulationText(chosen, outcome, others, paintFor(process.stdout)));
  return 0;
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

function workloadOf({ requests, tokens, workers, answerSeconds, onError }: SimulateOptions): Workload {
  return {
    ...usualWorkload,
    ...(requests !== undefined && { requests }),
    ...(tokens !== undefined && { tokens }),
    ...(workers !== undefined && { workers }),
    ...(answerSeconds !== undefined && { answerSeconds }),
    ...(onError && { onError }),
  };
}
