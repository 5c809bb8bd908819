/** A rule, and what is true of every 429, as text for a terminal. */
import type { Rule } from '../core/rule.ts';
import { inEnglish } from '../core/words.ts';
import { durationInWords } from '../guide/durations.ts';
import type { LimitError } from '../guide/error-text.ts';
import { type Advice, type Cause, causes, detection, prevention, whatItMeans } from '../guide/guide.ts';
import { kinds } from '../guide/kinds.ts';
import { errorNumbers } from './error-words.ts';
import type { Paint } from './paint.ts';

/** A rule's words, its first example, and the part of the guide that belongs to it. */
export function ruleText(rule: Rule, paint: Paint): string {
  const cause = causes.find(({ rules }) => rules.includes(rule.id));
  const [example] = rule.examples;
  return lines(
    `${paint(rule.id, 'bold')} (${rule.severity})`,
    wrap(rule.summary),
    heading('Why', paint) + wrap(rule.why),
    heading('Detection', paint) + wrap(rule.detect),
    heading('Prevention', paint) + wrap(rule.prevent),
    `${paint('Broken', 'red')} (${languageName(example.language)})\n${indent(example.bad)}`,
    `${paint(rule.byHand ? 'Instead' : 'Repaired', 'green')}\n${indent(example.good)}`,
    cause && heading('The cause behind it', paint) + wrap(`${cause.title}. ${cause.text} ${cause.fix}`),
    `Switch it off or change its severity in .rate-limit-guide.json: { "rules": { "${rule.id}": "off" } }`,
  );
}

/** All rules in a table, and the guide. */
export function guideText(rules: readonly Rule[], paint: Paint): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const table = rules.map(({ id, summary }) => `  ${paint(id.padEnd(width), 'bold')}  ${plain(summary)}`).join('\n');
  return lines(
    wrap(whatItMeans),
    heading('Causes', paint) + causes.map(causeText).join('\n'),
    heading('Detection', paint) + detection.map(adviceText).join('\n'),
    heading('Prevention', paint) + prevention.map(adviceText).join('\n'),
    `${paint('Rules', 'bold')}\n${table}`,
    'rate-limit-guide explain RULE tells more of one.',
  );
}

/** What an error says, what it means, and what to do. */
export function errorText(error: LimitError, paint: Paint): string {
  const { title, cause, fixes } = kinds[error.kind];
  const subject = [error.provider, error.model].filter((part) => part !== undefined).join(', ');
  return lines(
    `${paint(`${title} (HTTP ${error.status})`, 'bold')}${subject === '' ? '' : `: ${subject}`}`,
    numbers(error),
    wrap(cause),
    `${error.retryable ? paint('Sending it again can succeed', 'green') : paint('Sending it again cannot succeed', 'red')}${waiting(error)}.`,
    fixes.map((fix) => wrap(`- ${fix}`)).join('\n'),
  );
}

function numbers(error: LimitError): string | undefined {
  const words = errorNumbers(error);
  return words && `  ${inEnglish(words)}`;
}

function waiting({ waitSeconds, retryable }: LimitError): string {
  return waitSeconds === undefined || !retryable ? '' : ` after ${durationInWords(waitSeconds)}`;
}

function causeText({ title, text, fix }: Cause): string {
  return wrap(`- ${title}. ${text} Fix: ${fix}`);
}

function adviceText({ title, text }: Advice): string {
  return wrap(`- ${title}. ${text}`);
}

function heading(title: string, paint: Paint): string {
  return `${paint(title, 'bold')}\n`;
}

function lines(...parts: readonly (string | undefined)[]): string {
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function languageName(language: string): string {
  return language === 'python' ? 'Python' : 'TypeScript';
}

function indent(code: string): string {
  return code
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `    ${line}`))
    .join('\n');
}

/** Fills lines of 80 characters, two spaces in; a `- ` at the start hangs. */
function wrap(markdown: string): string {
  const out: string[] = [];
  let line = '';
  for (const word of plain(markdown).split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > 78) {
      out.push(line);
      line = `${markdown.startsWith('- ') ? '  ' : ''}${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...out, line].map((each) => `  ${each}`).join('\n');
}

/** Markdown's code marks and emphasis are noise in a terminal. */
function plain(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, '$1').replace(/\*\*([^*]*)\*\*/g, '$1');
}
