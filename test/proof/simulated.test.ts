/**
 * The simulator plays what really happens: means over several runs of a program with the real SDK lie within a tenth of
 * the played ones. `PROOF=full` takes thirty runs of every trial, and shows the means.
 */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { startFaultServer } from './server.ts';
import { type Measured, mean, measures, openRig, played, standardError, type Trial, trials } from './simulated.ts';

const isFull = process.env.PROOF === 'full';
const runs = isFull ? 30 : 2;
/** More at once than this would slow the programs down. */
const atOnce = 6;

/** The trials of the short run. */
const short = [
  'a loop without retries, token bucket',
  'a loop behind the SDK’s default, fixed window',
  'a loop behind the SDK’s default, retry-after',
  'eight workers behind raised retries, token bucket',
  'eight workers with backoff, retry-after',
];

const server = await startFaultServer();
const rig = await openRig(server);
after(async () => {
  await rig.remove();
  await server.close();
});

describe('the simulator plays what happens', { concurrency: isFull ? 1 : 3 }, () => {
  for (const trial of isFull ? trials : trials.filter(({ name }) => short.includes(name))) {
    test(trial.name, async () => {
      const simulated = played(trial, 2000);
      const real = await runMany(trial);
      if (isFull) console.log(tableOf(trial, real, simulated));
      for (const measure of measures) compare(measure, trial, real, simulated);
    });
  }
});

async function runMany(trial: Trial): Promise<readonly Measured[]> {
  const real: Measured[] = [];
  let left = runs;
  const work = async () => {
    while (left-- > 0) real.push(await rig.run(trial));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return real;
}

function compare(measure: keyof Measured, trial: Trial, real: readonly Measured[], simulated: readonly Measured[]) {
  const [is, should] = [real, simulated].map((all) => mean(all.map((one) => one[measure])));
  // What is left of a hundred is compared with the hundred.
  const whole = measure === 'completed' || measure === 'lost' ? trial.workload.requests : should!;
  // Few runs have a mean of their own by chance.
  const chance = isFull
    ? 0
    : 4 *
      standardError(
        simulated.map((one) => one[measure]),
        runs,
      );
  assert.ok(Math.abs(is! - should!) <= 0.1 * whole + chance, `${measure}: ${is} in reality, ${should} played`);
}

function tableOf({ name }: Trial, real: readonly Measured[], simulated: readonly Measured[]): string {
  const lines = measures.map((measure) => {
    const [is, should] = [real, simulated].map((all) => mean(all.map((one) => one[measure])));
    return `  ${measure.padEnd(10)} ${is!.toFixed(2).padStart(8)} real ${should!.toFixed(2).padStart(8)} played`;
  });
  return [name, ...lines].join('\n');
}
