/** The hover of a finding: what protects the call now, how to see a 429 coming, and what to do. */
import type { Fix } from '../core/edit.ts';
import type { Finding, Rule } from '../core/rule.ts';
import type { LineMap } from '../core/span.ts';
import type { Evidence, Verdict } from '../core/verdict.ts';
import { evidencePlace } from './places.ts';
import { protectionInWords } from './protection.ts';

export interface HoverOptions {
  readonly finding: Finding;
  readonly rule: Pick<Rule, 'why' | 'detect' | 'prevent'>;
  readonly lines: LineMap;
  readonly fixes: readonly Fix[];
  readonly refusals: readonly string[];
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
export function hover({ finding, rule, lines, fixes, refusals, links }: HoverOptions): string {
  // What this very code does says more than what is true of all; “Explain” has both.
  const here = finding.verdict ? protectionInWords(finding.verdict, lines) : (finding.here ?? rule.why);
  const actions = [
    ...fixes.slice(0, mostFixes).map((fix) => (links.fix ? link(fix.title, links.fix(fix)) : fix.title)),
    ...(links.explain === undefined ? [] : [link('Explain', links.explain)]),
  ];
  // Hard line breaks instead of paragraphs, and the links early: an editor's hover is low, and is not scrolled.
  return [
    `**Why here.** ${here}`,
    ...(actions.length > 0 ? [actions.join(' · ')] : []),
    ...refusals.slice(0, 1).map(refused),
    `**Detect.** ${rule.detect}`,
    `**Prevent.** ${rule.prevent}`,
    ...(finding.verdict ? [`**Seen.** ${evidence(finding.verdict, lines, links)}`] : []),
  ].join('  \n');
}

/** The chain of reasons in one line; “Explain” has the rest of a long one. */
function evidence({ evidence: chain }: Verdict, lines: LineMap, links: HoverLinks): string {
  const shown = chain.slice(0, mostEvidence).map((one) => {
    return `${one.text} (${link(evidencePlace(one, lines), links.evidence(one))})`;
  });
  return `${shown.join('; ')}${chain.length > mostEvidence ? '; …' : '.'}`;
}

const mostEvidence = 3;

/** The light bulb has all of them; a hover with more than these is no longer read. */
const mostFixes = 3;

function refused(reason: string): string {
  return `_${reason}_`;
}

function link(title: string, address: string): string {
  return `[${title.replace(/[[\]\\]/g, '\\$&')}](${address})`;
}
