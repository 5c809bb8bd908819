/** A run over time, as small charts one below the other: sent, refused, waiting, done. */
import { durationInWords } from '../guide/durations.ts';
import type { Outcome } from '../simulate/simulate.ts';
import { timeline } from '../simulate/timeline.ts';
import { element, svg } from './dom.ts';

const rows = ['sent', 'refused', 'waiting', 'done', 'lost'] as const;
const columns = 120;
const height = 28;

export function timelineChart({ events, figures }: Outcome): HTMLElement {
  const counts = timeline(events, columns);
  const lines = rows.map((row) => {
    const peak = Math.max(...counts.map((column) => column[row]));
    const bars = counts.map((column, index) => {
      const size = peak === 0 ? 0 : (column[row] / peak) * height;
      return svg('rect', { x: index, y: height - size, width: 1, height: size });
    });
    const picture = svg(
      'svg',
      { viewBox: `0 0 ${columns} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true', class: row },
      ...bars,
    );
    const most = peak === 0 ? '' : `at most ${Math.round(peak * 10) / 10}`;
    return element(
      'div',
      { class: 'row' },
      element('span', { class: 'name' }, row),
      picture,
      element('span', { class: 'peak' }, most),
    );
  });
  const { requested, completed, refused, seconds } = figures;
  const words = `Over ${durationInWords(seconds)}: ${completed} of ${requested} completed, ${refused} refused.`;
  return element(
    'figure',
    {},
    element('div', { role: 'img', 'aria-label': words, class: 'chart' }, ...lines),
    element('figcaption', {}, `Time runs from left to right, ${durationInWords(seconds)} in all.`),
  );
}
