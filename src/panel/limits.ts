/** The account's limits as they were measured, with their age, and the way to measure them. */
import { durationInWords } from '../guide/durations.ts';
import type { LimitMeter, Measurement } from '../guide/limits.ts';
import { ageInWords, measuredInWords } from '../render/limits-words.ts';
import { type Child, element, sentence } from './dom.ts';
import type { Drawing } from './view.ts';
import type { Translate } from './words.ts';

export function measuredLimits(measurements: readonly Measurement[], { t, send }: Drawing): Child[] {
  const button = element('button', { type: 'button', class: 'secondary', 'data-key': 'measure' }, t('Measure limits…'));
  button.addEventListener('click', () => send({ k: 'measure' }));
  const told =
    measurements.length === 0
      ? t('No limits were measured yet. One small request tells them: it is shown with its cost before it is sent.')
      : t('From the headers of an answer. Requests that others send meanwhile count against the same limits.');
  return [sentence(told), ...(measurements.length === 0 ? [] : [table(measurements, t)]), button];
}

function table(measurements: readonly Measurement[], t: Translate): HTMLElement {
  const head = [t('Model'), t('Requests'), t('Tokens'), t('Measured')].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  const rows = measurements.map((one) => {
    const { requests, tokens } = one.limits;
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, measuredInWords(one)),
      element('td', {}, inWords(requests, t)),
      element('td', {}, inWords(tokens, t)),
      element('td', {}, ageInWords(one, Date.now())),
    );
  });
  return element(
    'div',
    { class: 'wide words', tabindex: 0, role: 'group', 'aria-label': t('Measured limits') },
    element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows)),
  );
}

function inWords(meter: LimitMeter | undefined, t: Translate): string {
  if (!meter) return t('not told');
  const { limit, window, remaining, resetSeconds } = meter;
  const most = limit.toLocaleString('en-US');
  return [
    window === 'minute' ? t('{0} a minute', most) : t('{0} a day', most),
    remaining !== undefined && t('{0} left', remaining.toLocaleString('en-US')),
    resetSeconds !== undefined && t('whole again in {0}', durationInWords(resetSeconds)),
  ]
    .filter((part) => part !== false)
    .join(', ');
}
