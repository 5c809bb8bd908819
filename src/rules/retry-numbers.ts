/** What a retry does in numbers: how often it sends, how long it waits, and how often the SDK sends beside it. */
import type { RetryUse, Waits } from '../core/retry-use.ts';

/** One or two sentences for the hover. */
export function retryInNumbers(use: RetryUse): string {
  const own = `${sentence(use.name)} ${sends(use)}${waitsBetween(use.waits)}.`;
  const beside = besideSdk(use);
  return beside ? `${own} ${beside}` : own;
}

function sends({ attempts }: RetryUse): string {
  if (attempts === 'unbounded') return 'sends a request again for as long as it is refused';
  if (attempts === 'unknown') return 'sends a refused request again, how often can’t be told from here';
  return attempts === 2 ? 'sends a refused request once more' : `sends a request ${attempts} times at most`;
}

function waitsBetween(waits: Waits): string {
  if (waits === 'unknown') return '';
  const all = waits.seconds === undefined ? '' : `, ${seconds(waits.seconds)} in all at most`;
  const random = waits.jitter ? ', at random' : '';
  switch (waits.growth) {
    case 'none':
      return ', without a wait in between';
    case 'fixed':
      return waits.jitter ? `, with random waits that do not grow${all}` : `, with equal waits in between${all}`;
    case 'growing':
      return `, with waits that grow${random}${all}`;
    case 'told':
      return `, with waits as the server says${all}`;
  }
}

/** The SDK's own retries, where all of the requests have equally many. */
function besideSdk({ attempts, requests }: RetryUse): string | undefined {
  const counts = requests.map(({ client, sdk, http }) => {
    if (http || client.retries.k === 'unknown') return undefined;
    return client.retries.k === 'set' ? Math.max(0, client.retries.count) : sdk.retry.default;
  });
  const [first] = counts;
  if (first === undefined || counts.some((one) => one !== first)) return undefined;
  const name = sentence(requests[0]!.sdk.name);
  if (first === 0) return `${name} sends nothing again by itself here.`;
  const all = typeof attempts === 'number' ? `, which makes ${attempts * (first + 1)} requests for one answer` : '';
  return `${name} sends each of these up to ${first + 1} times by itself${all}.`;
}

function seconds(count: number): string {
  return count < 1 ? `${Math.round(count * 1000)} ms` : `${Number(count.toFixed(1))} s`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
