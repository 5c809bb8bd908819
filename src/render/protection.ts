/** What protects a request now, in words and true numbers. */
import { waits } from '../core/schedule.ts';
import type { LineMap } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';
import { lineInWords } from './places.ts';

/** One or two sentences in Markdown: what happens to a 429 here. */
export function protectionInWords(verdict: Verdict, lines: LineMap): string {
  const { limiters } = verdict;
  const rarer =
    limiters.length === 0
      ? ''
      : ` ${sentence(list(limiters.map(({ name }) => name)))} makes 429s rarer, but handles none.`;
  return fate(verdict, lines) + rarer;
}

/** One word or two for a list: `sent again`, `handled`, `lost`, `the SDK only`, `nothing`. */
export function protectionLabel({ protection }: Verdict): string {
  switch (protection.k) {
    case 'resent':
      return 'sent again';
    case 'handled':
      return 'handled';
    case 'lost':
      return 'lost';
    case 'dropped':
      return 'dropped';
    case 'sdk':
      return protection.retries === 0 ? 'unprotected' : 'the SDK’s own retries only';
  }
}

function fate({ request, protection }: Verdict, lines: LineMap): string {
  const { sdk, http } = request;
  // What a response becomes that is no error yet is decided by the code behind it.
  const where = 'response' in protection && protection.response ? 'The code behind' : 'The handler in';
  switch (protection.k) {
    case 'resent': {
      const { layers, exhausted } = protection;
      const after = exhausted ? ' When its attempts are used up nobody is told.' : '';
      return `A refused request is sent again by ${list(layers.map(({ name }) => name))}.${after}`;
    }
    case 'handled':
      return `${where} ${line(lines, protection.at.start)} names the 429 and decides what follows.`;
    case 'lost':
      if (protection.settled)
        return `The call in ${line(lines, protection.at.start)} keeps the error among its results, where nothing looks at it.`;
      if (protection.settled)
        return `The call in ${line(lines, protection.at.start)} keeps the error among its results, where nothing looks at it.`;
      return `${where} ${line(lines, protection.at.start)} takes the 429, and the request is lost.`;
    case 'dropped':
      return `${where} ${line(lines, protection.at.start)} waits after the 429 and goes on: the request is not sent again.`;
    case 'sdk': {
      const { retries } = protection;
      const error = `\`${sdk.errors.rateLimit}\``;
      if (protection.returns) {
        const looked = protection.returns === 'unchecked' ? ', and nothing looks at its status' : '';
        return `Nothing sends a refused request again: ${sdk.name} gives the 429 back as a response${looked}.`;
      }
      if (http) return `Nothing sends a refused request again: ${sdk.name} does not after a POST.`;
      if (retries === 0) return `Nothing sends a refused request again: the first 429 raises ${error}.`;
      const { least, most } = waits(sdk.retry, retries);
      const times = retries === 1 ? 'once' : `${retries} times`;
      return `${sentence(sdk.name)} sends a refused request again ${times}${most > 0 ? ` within ${secondsInWords(least, most)}` : ''}, then raises ${error}.`;
    }
  }
}

export function secondsInWords(least: number, most: number): string {
  const [low, high] = [least, most].map((value) => String(Math.round(value * 10) / 10));
  return low === high ? `${high} s` : `${low}–${high} s`;
}

function list(names: readonly string[]): string {
  if (names.length <= 1) return names.join('');
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function line(lines: LineMap, offset: number): string {
  return lineInWords(lines.position(offset));
}
