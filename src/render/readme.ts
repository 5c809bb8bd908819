/** The tables of the README, from rules and settings. */
import type { Rule } from '../core/rule.ts';
import { type Field, type FieldKind, fields } from './fields.ts';

type RuleWords = Pick<Rule, 'id' | 'summary' | 'severity'>;

/** The generated sections by name. */
export function readmeSections(rules: readonly RuleWords[]): Readonly<Record<'rules' | 'settings', string>> {
  return { rules: rulesTable(rules), settings: settingsTable() };
}

/**
 * Puts the sections between their marks, `<!-- rules -->` and `<!-- /rules -->`. Text outside stays as it is. Throws
 * when marks are missing: a section that appears nowhere is a mistake.
 */
export function fillSections(readme: string, sections: Readonly<Record<string, string>>): string {
  let text = readme;
  for (const [name, body] of Object.entries(sections)) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(open);
    const to = text.indexOf(close);
    if (from < 0 || to < from) throw new Error(`No section between ${open} and ${close}`);
    text = `${text.slice(0, from + open.length)}\n\n${body}\n\n${text.slice(to)}`;
  }
  return text;
}

function rulesTable(rules: readonly RuleWords[]): string {
  return table(
    ['Rule', 'Severity', 'What it finds'],
    rules.map(({ id, severity, summary }) => [`\`${id}\``, severity, summary]),
  );
}

function settingsTable(): string {
  const name = ({ key, where }: Field) => `\`rateLimitGuide.${key}\`${where === 'editor' ? '' : ' ¹'}`;
  const rows = fields.map((field) => [name(field), `\`${JSON.stringify(field.kind.default)}\``, described(field)]);
  const note = '¹ Also in `.rate-limit-guide.json`, without the prefix; there it holds for the command line too.';
  return `${table(['Setting', 'Default', 'What it does'], rows)}\n\n${note}`;
}

function described({ kind, words }: Field): string {
  return kind.k === 'choice' ? `${words} ${choices(kind)}` : words;
}

function choices({ of, words }: FieldKind & { readonly k: 'choice' }): string {
  return of.map((choice, index) => `\`${choice}\`: ${words[index]}`).join(' ');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
