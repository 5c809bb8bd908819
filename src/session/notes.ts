/** A team's own notes: `.rate-limit-guide.md`, with a heading for each rule or model that they speak of. */
import type { Host } from './host.ts';

export const notesName = '.rate-limit-guide.md';

export interface Note {
  /** The heading: `gpt-4o`, `unprotected-call, dropped-request`. */
  readonly title: string;
  /** Markdown. */
  readonly text: string;
}

/** What a note may be about. */
export interface Topic {
  readonly rule: string;
  readonly model?: string;
}

/** Each heading with what stands under it, deeper headings included. */
export function readNotes(text: string): readonly Note[] {
  const open: { readonly level: number; readonly title: string; readonly lines: string[] }[] = [];
  const notes: (typeof open)[number][] = [];
  let fence: string | undefined;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && fence === undefined) fence = mark;
    else if (mark && fence !== undefined && mark.startsWith(fence)) fence = undefined;
    const heading = fence === undefined ? /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/.exec(line) : null;
    if (heading) while (open.length > 0 && open.at(-1)!.level >= heading[1]!.length) open.pop();
    for (const { lines } of open) lines.push(line);
    if (!heading) continue;
    const note = { level: heading[1]!.length, title: heading[2]!.replaceAll('`', ''), lines: [] };
    open.push(note);
    notes.push(note);
  }
  return notes.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() })).filter((note) => note.text !== '');
}

/** The notes whose heading names the rule or the model; `gpt-4o*` names all that begin so. */
export function notesOn(notes: readonly Note[], { rule, model }: Topic): readonly Note[] {
  const wanted = [rule, ...(model === undefined ? [] : [model])].map((one) => one.toLowerCase());
  return notes.filter(({ title }) =>
    title
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .some((name) =>
        wanted.some((one) =>
          name.length > 1 && name.endsWith('*') ? one.startsWith(name.slice(0, -1)) : one === name,
        ),
      ),
  );
}

/** The notes of the nearest file at or above a folder. */
export async function findNotes(host: Host, folder: string): Promise<readonly Note[]> {
  for (let at = folder.replace(/\/+$/, ''); ; at = at.slice(0, at.lastIndexOf('/'))) {
    const bytes = await host.readFile(`${at}/${notesName}`);
    if (bytes) return readNotes(new TextDecoder().decode(bytes));
    if (!at.includes('/')) return [];
  }
}
