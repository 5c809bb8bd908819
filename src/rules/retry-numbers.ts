/** What a retry does in numbers: how often it sends, how long it waits, and how often the SDK sends beside it. */
import type { RetryUse, Stack, StackedLayer, Waits } from '../core/retry-use.ts';
import { joined, opening, say, type Words } from '../core/words.ts';

/** One or two sentences for the hover. */
export function retryInNumbers(use: RetryUse): Words {
  const own = say`${opening(use.name)} ${sends(use)}${waitsBetween(use.waits)}.`;
  const beside = besideSdk(use);
  return beside ? say`${own} ${beside}` : own;
}

/** What layers of retries do together. */
export function stackInNumbers({ layers, seconds: longest }: Stack): Words {
  const own = joined(layers.map(layerInNumbers), ' ');
  const counts = layers.map(({ attempts }) => attempts);
  const all = counts.reduce<number>((product, one) => product * (typeof one === 'number' ? one : Number.NaN), 1);
  if (Number.isNaN(all)) return say`${own} Their attempts multiply while the limit is full.`;
  return longest === undefined
    ? say`${own} One call sends up to ${all} requests.`
    : say`${own} One call sends up to ${all} requests over up to ${seconds(Math.ceil(longest))}.`;
}

function layerInNumbers({ name, attempts }: StackedLayer): Words {
  if (attempts === 'unbounded') return say`${opening(name)} sends a refused request again without end.`;
  if (attempts === 'unknown') return say`How often ${name} sends can’t be told from here.`;
  return say`${opening(name)} sends up to ${attempts} times.`;
}

function sends({ attempts }: RetryUse): Words {
  if (attempts === 'unbounded') return say('sends a request again for as long as it is refused');
  if (attempts === 'unknown') return say('sends a refused request again, how often can’t be told from here');
  return attempts === 2 ? say('sends a refused request once more') : say`sends a request ${attempts} times at most`;
}

function waitsBetween(waits: Waits): Words | string {
  if (waits === 'unknown') return '';
  if (waits.growth === 'none') return say(', without a wait in between');
  const between = waitShapes[waits.growth][waits.jitter ? 'random' : 'regular'];
  return waits.seconds === undefined ? between : say`${between}, ${seconds(waits.seconds)} in all at most`;
}

const waitShapes = {
  fixed: { random: say(', with random waits that do not grow'), regular: say(', with equal waits in between') },
  growing: { random: say(', with waits that grow, at random'), regular: say(', with waits that grow') },
  told: { random: say(', with waits as the server says'), regular: say(', with waits as the server says') },
} as const;

/** The SDK's own retries, where all of the requests have equally many. */
function besideSdk({ attempts, requests }: RetryUse): Words | undefined {
  const counts = requests.map(({ client, sdk, http }) => {
    if (http || client.retries.k === 'unknown') return undefined;
    return client.retries.k === 'set' ? Math.max(0, client.retries.count) : sdk.retry.default;
  });
  const [first] = counts;
  if (first === undefined || counts.some((one) => one !== first)) return undefined;
  const name = opening(say(requests[0]!.sdk.name));
  if (first === 0) return say`${name} sends nothing again by itself here.`;
  return typeof attempts === 'number'
    ? say`${name} sends each of these up to ${first + 1} times by itself, which makes ${attempts * (first + 1)} requests for one answer.`
    : say`${name} sends each of these up to ${first + 1} times by itself.`;
}

function seconds(count: number): Words {
  return count < 1 ? say`${Math.round(count * 1000)} ms` : say`${Number(count.toFixed(1))} s`;
}
