/** What protects a request now, in words and true numbers. */
import { waits } from '../core/schedule.ts';
import type { LineMap, Span } from '../core/span.ts';
import type { Verdict } from '../core/verdict.ts';
import { list, opening, say, type Words } from '../core/words.ts';
import { lineInWords } from './places.ts';

/** One or two sentences in Markdown: what happens to a 429 here. */
export function protectionInWords(verdict: Verdict, lines: LineMap): Words {
  const { limiters } = verdict;
  const own = fate(verdict, lines);
  if (limiters.length === 0) return own;
  return say`${own} ${opening(list(limiters.map(({ name }) => name)))} makes 429s rarer, but handles none.`;
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

function fate({ request, protection }: Verdict, lines: LineMap): Words {
  const { sdk, http } = request;
  switch (protection.k) {
    case 'resent': {
      const { layers, exhausted } = protection;
      const again = say`A refused request is sent again by ${list(layers.map(({ name }) => name))}.`;
      return exhausted ? say`${again} When its attempts are used up nobody is told.` : again;
    }
    case 'handled':
      return say`${where(protection, lines)} names the 429 and decides what follows.`;
    case 'lost':
      return protection.settled
        ? say`The call in ${line(lines, protection.at.start)} keeps the error among its results, where nothing looks at it.`
        : say`${where(protection, lines)} takes the 429, and the request is lost.`;
    case 'dropped':
      return say`${where(protection, lines)} waits after the 429 and goes on: the request is not sent again.`;
    case 'sdk': {
      const { retries } = protection;
      const name = say(sdk.name);
      const error = `\`${sdk.errors.rateLimit}\``;
      if (protection.returns === 'unchecked')
        return say`Nothing sends a refused request again: ${name} gives the 429 back as a response, and nothing looks at its status.`;
      if (protection.returns)
        return say`Nothing sends a refused request again: ${name} gives the 429 back as a response.`;
      if (http) return say`Nothing sends a refused request again: ${name} does not after a POST.`;
      if (retries === 0) return say`Nothing sends a refused request again: the first 429 raises ${error}.`;
      const { least, most } = waits(sdk.retry, retries);
      const times = retries === 1 ? say('once') : say`${retries} times`;
      return most > 0
        ? say`${opening(name)} sends a refused request again ${times} within ${secondsInWords(least, most)}, then raises ${error}.`
        : say`${opening(name)} sends a refused request again ${times}, then raises ${error}.`;
    }
  }
}

/** What a response becomes that is no error yet is decided by the code behind it. */
function where({ at, response }: { readonly at: Span; readonly response?: true }, lines: LineMap): Words {
  return response ? say`The code behind ${line(lines, at.start)}` : say`The handler in ${line(lines, at.start)}`;
}

export function secondsInWords(least: number, most: number): Words {
  const [low, high] = [least, most].map((value) => Math.round(value * 10) / 10) as [number, number];
  return low === high ? say`${high} s` : say`${low}–${high} s`;
}

function line(lines: LineMap, offset: number): Words {
  return lineInWords(lines.position(offset));
}
