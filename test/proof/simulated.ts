/** The simulator's model against reality: one program with the real SDK, run against the fault server and played out. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apply } from '../../src/core/edit.ts';
import { defaultSettings, type RetryPolicy } from '../../src/core/settings.ts';
import { openaiNode } from '../../src/sdks/openai.ts';
import type { Limit } from '../../src/simulate/limit.ts';
import { type PolicyName, policyOf } from '../../src/simulate/policy.ts';
import { type Figures, type Simulation, simulate, type Workload } from '../../src/simulate/simulate.ts';
import { analyze } from '../engine.ts';
import { type Machine, runProgram } from './run.ts';
import { ok, type Scenario } from './scenario.ts';
import type { FaultServer, Received } from './server.ts';

export interface Trial {
  readonly name: string;
  readonly workload: Workload;
  readonly limit: Limit;
  readonly policy: PolicyName;
}

/** What the real run and the played one have in common. */
export type Measured = Pick<Figures, 'completed' | 'lost' | 'sent' | 'refused' | 'seconds'>;
export const measures = ['completed', 'lost', 'sent', 'refused', 'seconds'] as const satisfies (keyof Measured)[];

/** Short waits and windows, so that a run takes seconds. */
const retry: RetryPolicy = { maxAttempts: 8, baseSeconds: 0.5, maxWaitSeconds: 4, maxTotalSeconds: 30 };
const concurrency = 3;

const loop: Workload = {
  requests: 40,
  tokens: 0,
  workers: 1,
  answerSeconds: 0.2,
  refusalSeconds: 0,
  onError: 'ends',
};
const bucket: Limit = { shape: 'bucket', requestsPerMinute: 150, windowSeconds: 4, toldWait: 'none' };
const slowBucket: Limit = { ...bucket, requestsPerMinute: 60, windowSeconds: 10 };
const window: Limit = { ...bucket, shape: 'window', requestsPerMinute: 144, windowSeconds: 5 };

export const trials: readonly Trial[] = [
  { name: 'a loop without retries, token bucket', workload: loop, limit: slowBucket, policy: 'none' },
  { name: 'a loop behind the SDK’s default, token bucket', workload: loop, limit: bucket, policy: 'sdk' },
  { name: 'a loop behind the SDK’s default, fixed window', workload: loop, limit: window, policy: 'sdk' },
  {
    name: 'a loop behind the SDK’s default, retry-after',
    workload: loop,
    limit: { ...window, toldWait: 'header' },
    policy: 'sdk',
  },
  {
    name: 'eight workers behind the SDK’s default, token bucket',
    workload: { ...loop, workers: 8 },
    limit: bucket,
    policy: 'sdk',
  },
  {
    name: 'eight workers behind raised retries, token bucket',
    workload: { ...loop, workers: 8 },
    limit: bucket,
    policy: 'sdk-retries',
  },
  { name: 'a loop with backoff, fixed window', workload: loop, limit: window, policy: 'backoff' },
  {
    name: 'eight workers with backoff, retry-after',
    workload: { ...loop, workers: 8 },
    limit: { ...window, toldWait: 'header' },
    policy: 'backoff',
  },
  {
    name: 'eight workers with backoff, token bucket',
    workload: { ...loop, workers: 8 },
    limit: bucket,
    policy: 'backoff',
  },
  {
    name: 'eight workers throttled to three, with backoff, token bucket',
    workload: { ...loop, workers: 8 },
    limit: bucket,
    policy: 'both',
  },
];

/** One played run for each seed. */
export function played({ workload, limit, policy }: Trial, runs: number): readonly Measured[] {
  const options = { sdk: openaiNode.retry, backoff: retry, concurrency };
  const simulation: Omit<Simulation, 'seed'> = { workload, limit, policy: policyOf(policy, options) };
  return Array.from({ length: runs }, (_, seed) => simulate({ ...simulation, seed }).figures);
}

export interface Rig {
  run(trial: Trial): Promise<Measured>;
  remove(): Promise<void>;
}

/** Programs in a folder of their own, inside the project, so that they find its packages. */
export async function openRig(server: FaultServer): Promise<Rig> {
  const cache = fileURLToPath(new URL('../../.cache', import.meta.url));
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'simulated-'));
  const machine: Machine = { server, python: undefined };
  const pathOf = (trial: Trial) => join(folder, `program-${trials.indexOf(trial)}.ts`);
  for (const trial of trials) await writeFile(pathOf(trial), await programOf(pathOf(trial), trial));
  return {
    async run(trial) {
      const { answers, requests, errorText, exitCode } = await runProgram(machine, pathOf(trial), scenarioOf(trial));
      if (requests.length === 0) throw new Error(errorText);
      return {
        completed: answers.length,
        lost: trial.workload.requests - answers.length,
        sent: requests.length,
        refused: requests.filter(({ status }) => status === 429).length,
        // The start and the end of the process are no part of the model.
        seconds:
          (exitCode === 0 ? lastAnswer(requests) + trial.workload.answerSeconds : givenUp(requests)) - requests[0]!.at,
      };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function lastAnswer(requests: readonly Received[]): number {
  return Math.max(...requests.filter(({ status }) => status === 200).map(({ at }) => at));
}

/** When the first item had been refused as often as any was: then the client gave up, and the process began to end. */
function givenUp(requests: readonly Received[]): number {
  const refused = requests.filter(({ status }) => status === 429);
  const before = (index: number) => refused.slice(0, index).filter(({ item }) => item === refused[index]!.item).length;
  const counts = refused.map((_, index) => before(index) + 1);
  return refused[counts.indexOf(Math.max(...counts))]!.at;
}

function scenarioOf({ workload, limit }: Trial): Scenario {
  const { requestsPerMinute = 0, windowSeconds, shape, toldWait } = limit;
  const requests = Math.floor((requestsPerMinute * windowSeconds) / 60);
  return {
    ...ok,
    answerSeconds: workload.answerSeconds,
    ...(toldWait === 'header' && { tellsWait: true as const }),
    ...(shape === 'bucket'
      ? { bucket: { requests, perSecond: requestsPerMinute / 60 } }
      : { window: { requests, seconds: windowSeconds, spentFor: 0 } }),
  };
}

/** The program, repaired where the policy is the repair's. */
async function programOf(path: string, { workload, policy }: Trial): Promise<string> {
  const workers = policy === 'both' || policy === 'throttle' ? concurrency : workload.workers;
  const retries = { none: '{ maxRetries: 0 }', 'sdk-retries': '{ maxRetries: 14 }' }[policy as string] ?? '';
  const text = `import OpenAI from 'openai';

const client = new OpenAI(${retries});
// The first use of the SDK takes a while, which is no part of what is measured.
await Promise.all(Array.from({ length: 8 }, () => client.get('/warm-up').catch(() => undefined)));
let taken = 0;

async function work() {
  while (taken < ${workload.requests}) {
    const number = taken++;
    const reply = await client.responses.create({ model: 'gpt-4o-mini', input: \`item \${number}\` });
    console.log(JSON.stringify({ item: number, answer: reply.output_text }));
  }
}

await Promise.all(Array.from({ length: ${workers} }, () => work()));
`;
  if (policy !== 'backoff' && policy !== 'both') return text;
  const analysis = await analyze(path, text, { ...defaultSettings, retry });
  const finding = analysis.findings.find(({ verdict }) => verdict?.request.path === 'responses.create');
  const fix = finding && analysis.fixes(finding).find(({ name }) => name === 'backoff');
  if (!fix) throw new Error('The program was not repaired.');
  return apply(text, fix.edits);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard error of the mean of `runs` runs that spread as `values` do. */
export function standardError(values: readonly number[], runs: number): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)) / runs);
}
