/** Text edits and fixes as plain data. Offsets are UTF-16 units into the text that was analysed. */
import type { Span } from './span.ts';
import { inEnglish, type Words } from './words.ts';

/** Replaces `span` by `text`: an empty span inserts, an empty text deletes. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
  /** Stretches of `text` (offsets into it) that are the user's to choose: an editor makes them tab stops. */
  readonly stops?: readonly Span[];
  /** Names that `text` gives to the whole file, and what each stands for: two fixes at once may not differ there. */
  readonly binds?: Readonly<Record<string, string>>;
}

/** A file that a fix adds to the project. Its path is spelled as the analysed file's is. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** How sure we are, weakest first: has a placeholder to fill in, changes behaviour, keeps it. */
const applicabilities = ['manual', 'unsafe', 'safe'] as const;
export type Applicability = (typeof applicabilities)[number];

/** One atomic change. Invariant: `edits` are sorted, disjoint and not empty. */
export interface Fix {
  /** The repair's name: what `fix --fix` and `fixes` in the JSON say. */
  readonly name: string;
  /** What it does, in the imperative. */
  readonly title: Words;
  readonly applicability: Applicability;
  readonly edits: readonly Edit[];
  /** Files that come with it: a module that the edits import from. */
  readonly creates?: readonly NewFile[];
  /** It makes the fault rarer, or seen, and the finding stays: nobody gets it unless by its name. */
  readonly partial?: true;
}

/** The repair that is made where none is named: the first that ends the finding. */
export function preferredFix(fixes: readonly Fix[]): Fix | undefined {
  return fixes.find(({ partial }) => !partial);
}

/** Makes a fix. Throws on overlapping edits, and on none: both are faults of the repair, not of the user's code. */
export function fix(
  name: string,
  title: Words,
  applicability: Applicability,
  edits: readonly Edit[],
  creates: readonly NewFile[] = [],
): Fix {
  if (edits.length === 0) throw new Error(`No edits in fix “${inEnglish(title)}”`);
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  sorted.slice(1).forEach((edit, index) => {
    if (edit.span.start < sorted[index]!.span.end) throw new Error(`Overlapping edits in fix “${inEnglish(title)}”`);
  });
  return { name, title, applicability, edits: sorted, ...(creates.length > 0 && { creates }) };
}

export interface Merged {
  readonly edits: readonly Edit[];
  readonly creates: readonly NewFile[];
  /** How many of the fixes went in. */
  readonly taken: number;
}

/**
 * Merges the fixes that can be applied together, first come first served.
 *
 * A fix goes in whole or not at all. An edit that an earlier fix already makes (two findings adding one import) counts
 * as done; an edit that touches an earlier one drops its fix, and the next pass over the changed text offers it again.
 */
export function merge(fixes: readonly Fix[]): Merged {
  const merged: Edit[] = [];
  const created = new Map<string, NewFile>();
  const bound = new Map<string, string>();
  let taken = 0;
  for (const { edits, creates = [] } of fixes) {
    const fresh = edits.filter((edit) => !merged.some((done) => same(done, edit)));
    if (fresh.some((edit) => merged.some((done) => touches(done.span, edit.span)))) continue;
    const binds = fresh.flatMap((edit) => Object.entries(edit.binds ?? {}));
    if (binds.some(([name, meaning]) => (bound.get(name) ?? meaning) !== meaning)) continue;
    // One new module for all: what the first puts there, the others import.
    if (creates.some(({ path, text }) => (created.get(path)?.text ?? text) !== text)) continue;
    merged.push(...fresh);
    for (const file of creates) created.set(file.path, file);
    for (const [name, meaning] of binds) bound.set(name, meaning);
    taken++;
  }
  return { edits: merged.sort((a, b) => a.span.start - b.span.start), creates: [...created.values()], taken };
}

/** Applies sorted, disjoint edits. */
export function apply(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { span, text: insert } of edits) {
    parts.push(text.slice(done, span.start), insert);
    done = span.end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

function same(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}
