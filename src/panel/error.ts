/** Errors as the page tells them: what one says, whether sending again can help, what to do, and the way to the call. */
import { say } from '../core/words.ts';
import { durationInWords } from '../guide/durations.ts';
import { findErrors, type LimitError } from '../guide/error-text.ts';
import { kinds } from '../guide/kinds.ts';
import { type Child, element, sentence } from './dom.ts';
import type { ErrorShown } from './protocol.ts';
import type { Drawing } from './view.ts';

/** The error that the guide was opened from. */
export function thisError({ text, place }: ErrorShown, drawing: Drawing): Child[] {
  const { t, tell, send } = drawing;
  const told = findErrors(text).flatMap(({ at, error }) => [
    element('pre', { class: 'text' }, element('code', {}, outdented(text.slice(at.start, at.end)))),
    ...errorRead(error, drawing),
    element(
      'ul',
      {},
      ...kinds[error.kind].fixes.map((fix) => element('li', {}, ...sentence(tell(say(fix))).childNodes)),
    ),
  ]);
  if (place === undefined) return told;
  const button = element('button', { type: 'button', class: 'link', 'data-key': 'reveal-error' }, place);
  button.addEventListener('click', () => send({ k: 'revealError' }));
  return [...told, element('p', {}, t('Raised at'), ' ', button)];
}

/** What the error says, and whether sending again can help. */
export function errorRead(error: LimitError, { t, tell }: Pick<Drawing, 't' | 'tell'>): Child[] {
  const { kind: name, status, provider, model, limit, used, requested, waitSeconds, retryable } = error;
  const { title, cause } = kinds[name];
  const numbers = [
    limit !== undefined && t('limit {0}', limit),
    used !== undefined && t('used {0}', used),
    requested !== undefined && t('requested {0}', requested),
  ].filter((part) => part !== false);
  const after = waitSeconds === undefined ? '' : durationInWords(waitSeconds);
  const again = !retryable
    ? t('Sending it again cannot succeed.')
    : after === ''
      ? t('Sending it again can succeed.')
      : t('Sending it again can succeed after {0}.', after);
  const whose = [`${tell(say(title))} (HTTP ${status})`, provider, model]
    .filter((part) => part !== undefined)
    .join(', ');
  return [
    element('p', {}, element('strong', {}, whose), numbers.length > 0 ? `: ${numbers.join(', ')}` : ''),
    sentence(tell(say(cause))),
    element('p', {}, again),
  ];
}

/** A body’s lines stand as deep as they were printed. */
function outdented(text: string): string {
  const [indent = ''] = /^[ \t]*/.exec(text) ?? [];
  return text.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}
