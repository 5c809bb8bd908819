/** A run over time, as small charts one below the other (sent, refused, waiting, done, lost), with its figures beside them. */
import { durationInWords } from '../guide/durations.ts';
import type { Figures, Outcome } from '../simulate/simulate.ts';
import { timeline } from '../simulate/timeline.ts';
import { element, svg } from './dom.ts';
import type { Translate } from './words.ts';

const columns = 120;
const height = 28;

export function timelineChart({ events, figures }: Outcome, t: Translate): HTMLElement {
  const counts = timeline(events, columns);
  const rows = [
    ['sent', t('sent')],
    ['refused', t('refused')],
    ['waiting', t('waiting')],
    ['done', t('done')],
    ['lost', t('lost')],
  ] as const;
  const lines = rows.map(([row, name]) => {
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
    const most = peak === 0 ? '' : t('at most {0}', Math.round(peak * 10) / 10);
    return element(
      'div',
      { class: 'row' },
      element('span', { class: 'name' }, name),
      picture,
      element('span', { class: 'peak' }, most),
    );
  });
  const { requested, completed, refused, seconds } = figures;
  const words = t(
    'Over {0}: {1} of {2} completed, {3} refused.',
    durationInWords(seconds),
    completed,
    requested,
    refused,
  );
  return element(
    'figure',
    { class: 'run' },
    element(
      'div',
      { role: 'img', 'aria-label': words, class: 'chart' },
      ...lines,
      element('div', { class: 'row axis' }, element('span', {}), axis(seconds)),
    ),
    figuresOf(figures, t),
  );
}

function axis(seconds: number): HTMLElement {
  const ticks = [0, seconds / 2, seconds].map((at) => element('span', {}, at === 0 ? '0' : durationInWords(at)));
  return element('div', { class: 'ticks' }, ...ticks);
}

function figuresOf({ requested, completed, lost, refused, wasted, seconds }: Figures, t: Translate): HTMLElement {
  const pairs = [
    [t('Completed'), t('{0} of {1}', completed, requested)],
    [t('Lost'), String(lost)],
    [t('429s'), String(refused)],
    [t('Wasted requests'), String(wasted)],
    [t('Total time'), durationInWords(seconds)],
  ];
  return element(
    'dl',
    {},
    ...pairs.flatMap(([name = '', value = '']) => [
      element('div', {}, element('dt', {}, name), element('dd', {}, value)),
    ]),
  );
}
