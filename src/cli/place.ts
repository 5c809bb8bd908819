/** Places that the command line names, and the requests there. */
import { existsSync, statSync } from 'node:fs';
import type { Settings } from '../core/settings.ts';
import type { Verdict } from '../core/verdict.ts';
import { inEnglish } from '../core/words.ts';
import { isNotebookPath } from '../languages/syntax.ts';
import { lineInWords } from '../render/places.ts';
import type { Analysis } from '../session/session.ts';
import { startEngine } from './engine.ts';
import { absolute, folderOf } from './paths.ts';
import { programOf, readSource } from './source.ts';

export interface Place {
  readonly file: string;
  readonly cell?: number;
  readonly line: number;
}

/** `file:line`, of a notebook `file:cell:line`, also as reports show it; a column may follow. */
export function placeIn(text: string): Place | undefined {
  const inCell = /^(.+?\.ipynb):(?:cell )?(\d+):(\d+)(?::\d+)?$/i.exec(text);
  if (inCell) return { file: inCell[1]!, cell: Number(inCell[2]), line: Number(inCell[3]) };
  const inFile = /^(.+?):(\d+)(?::\d+)?$/.exec(text);
  return inFile ? { file: inFile[1]!, line: Number(inFile[2]) } : undefined;
}

export function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

export interface Found {
  readonly analysis: Analysis;
  readonly settings: Settings;
  /** The requests in the line. */
  readonly verdicts: readonly Verdict[];
}

/** Analyses the file; in words why it can't be. */
export async function requestsAt(place: Place): Promise<Found | { readonly problem: string }> {
  const { file, cell } = place;
  if (cell === undefined && isNotebookPath(file)) {
    return {
      problem: `${file}: which cell? In a notebook a line is named by ${file}:CELL:LINE; cells count from 0.`,
    };
  }
  const path = absolute(file);
  const source = readSource(path);
  if ('problem' in source) return { problem: `${file}: not analysed: ${source.problem}` };
  const engine = await startEngine([path]);
  const { settings } = await engine.scope(folderOf(path));
  const analysis = await engine.analyze(programOf(source), settings);
  if ('problem' in analysis) return { problem: `${file}: ${analysis.problem}` };
  return { analysis, settings, verdicts: analysis.verdicts.filter((verdict) => standsIn(verdict, place, analysis)) };
}

/** Says that there is no request in the line, and where there are some. */
export function noRequest(place: Place, { verdicts, lines }: Analysis): string {
  const places = verdicts.map(({ request }) => inEnglish(lineInWords(lines.position(request.at.start))));
  const list = [...new Set(places)].join(', ').replaceAll(/, line (?=\d+(?:,|$))/g, ', ');
  const elsewhere = places.length === 0 ? 'The file has none.' : `Requests stand in ${list}.`;
  return `No request in ${inEnglish(lineInWords({ ...place, line: place.line - 1 }))}. ${elsewhere}`;
}

function standsIn({ request }: Verdict, { cell, line }: Place, { lines }: Analysis): boolean {
  const { start, end } = lines.range(request.call.at);
  return start.cell === cell && start.line + 1 <= line && line <= end.line + 1;
}
