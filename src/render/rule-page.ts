/** The page of a rule in Markdown; with a finding, of that finding first. */
import type { Finding, Rule } from '../core/rule.ts';
import type { LineMap } from '../core/span.ts';
import { inEnglish, opening, type Words } from '../core/words.ts';
import { causes } from '../guide/guide.ts';
import { evidencePlace } from './places.ts';
import { protectionInWords } from './protection.ts';

export interface Shown {
  readonly finding: Finding;
  readonly analysis: { readonly lines: LineMap; refusals(finding: Finding): readonly Words[] };
}

export function rulePage(rule: Rule, shown?: Shown): string {
  const examples = rule.examples.map(
    ({ language, bad, good }) =>
      `### ${language === 'python' ? 'Python' : 'TypeScript'}\n\nBroken:\n\n${fenced(language, bad)}\n\nRepaired:\n\n${fenced(language, good)}`,
  );
  const sections = [
    `# ${rule.id}\n\n${rule.summary}`,
    shown && here(shown),
    `## Why it happens\n\n${rule.why}`,
    `## Causes and fixes\n\n${causes.map(({ title, text, fix }) => `- **${title}.** ${text} ${fix}`).join('\n')}`,
    `## Detection\n\n${rule.detect}`,
    `## Prevention\n\n${rule.prevent}`,
    `## Broken and repaired\n\n${examples.join('\n\n')}`,
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function here({ finding, analysis }: Shown): string {
  const { verdict } = finding;
  const evidence =
    verdict?.evidence.map(
      (one) => `- ${inEnglish(opening(evidencePlace(one, analysis.lines)))}: ${inEnglish(one.text)}`,
    ) ?? [];
  const refused = analysis.refusals(finding).map((reason) => `- Not offered: ${inEnglish(reason)}`);
  return [
    `## Here\n\n${inEnglish(finding.message)}`,
    verdict && inEnglish(protectionInWords(verdict, analysis.lines)),
    evidence.join('\n'),
    refused.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
}
