/** The hover of a finding: what protects the call now, how to see a 429 coming, and what to do. */
import type { Fix } from '../core/edit.ts';
import type { Finding, Rule } from '../core/rule.ts';
import type { LineMap } from '../core/span.ts';
import type { Evidence, Verdict } from '../core/verdict.ts';
import { say, type Tell, type Words } from '../core/words.ts';
import { evidencePlace } from './places.ts';
import { protectionInWords } from './protection.ts';

export interface HoverOptions {
  readonly finding: Finding;
  readonly rule: Pick<Rule, 'why' | 'detect' | 'prevent'>;
  readonly lines: LineMap;
  readonly fixes: readonly Fix[];
  readonly refusals: readonly Words[];
  /** In the user's language. */
  readonly tell: Tell;
  /** Addresses of the links. */
  readonly links: HoverLinks;
}

/** An editor whose hovers can run nothing has repairs without addresses, and no explanation. */
export interface HoverLinks {
  fix?(fix: Fix): string;
  readonly explain?: string;
  /** The place that a piece of evidence stands at. */
  evidence(evidence: Evidence): string;
}

/** The message itself is left out: the editor shows it above, with the squiggle. */
export function hover({ finding, rule, lines, fixes, refusals, tell, links }: HoverOptions): string {
  // What this very code does says more than what is true of all; “Explain” has both.
  const here = finding.verdict ? protectionInWords(finding.verdict, lines) : (finding.here ?? say(rule.why));
  const titles = fixes.slice(0, mostFixes).map((fix) => {
    const title = tell(fix.title);
    return links.fix ? link(title, links.fix(fix)) : title;
  });
  const actions = [...titles, ...(links.explain === undefined ? [] : [link(tell(say('Explain')), links.explain)])];
  // Hard line breaks instead of paragraphs, and the links early: an editor's hover is low, and is not scrolled.
  return [
    tell(say`**Why here.** ${here}`),
    ...(actions.length > 0 ? [actions.join(' · ')] : []),
    ...refusals.slice(0, 1).map((reason) => `_${tell(reason)}_`),
    tell(say`**Detect.** ${say(rule.detect)}`),
    tell(say`**Prevent.** ${say(rule.prevent)}`),
    ...(finding.verdict ? [tell(say`**Seen.** ${evidence(finding.verdict, lines, tell, links)}`)] : []),
  ].join('  \n');
}

/** The chain of reasons in one line; “Explain” has the rest of a long one. */
function evidence({ evidence: chain }: Verdict, lines: LineMap, tell: Tell, links: HoverLinks): string {
  const shown = chain.slice(0, mostEvidence).map((one) => {
    return `${tell(one.text)} (${link(tell(evidencePlace(one, lines)), links.evidence(one))})`;
  });
  return `${shown.join('; ')}${chain.length > mostEvidence ? '; …' : '.'}`;
}

const mostEvidence = 3;

/** The light bulb has all of them; a hover with more than these is no longer read. */
const mostFixes = 3;

function link(title: string, address: string): string {
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${address})`;
}
