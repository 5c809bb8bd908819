/** Broken and fixed code side by side: a repair of the user's file, or a rule's examples. */
import type { Side } from '../render/sides.ts';
import { sides } from '../render/sides.ts';
import { type Child, element } from './dom.ts';
import type { Here, RepairShown, RuleShown } from './protocol.ts';
import type { Drawing } from './view.ts';
import type { Translate } from './words.ts';

/** Each repair of the call with a button that applies it; only the preferred one is open. */
export function repaired({ repairs }: Here, { t, send }: Drawing): readonly Child[] {
  return repairs.map((repair, index) => {
    const { name, title } = repair;
    const button = element(
      'button',
      { type: 'button', class: index === 0 ? 'primary' : 'secondary', 'data-key': `apply-${name}` },
      t('Apply: {0}', title),
    );
    button.addEventListener('click', () => send({ k: 'apply', repair: name }));
    return element(
      'details',
      { open: index === 0, 'data-key': `repair-${name}` },
      element('summary', {}, title),
      ...changes(repair, t),
      button,
    );
  });
}

export function examples({ examples: all }: RuleShown, t: Translate): readonly Child[] {
  return all.flatMap(({ language, bad, good }) => [
    element('h3', {}, language === 'python' ? 'Python' : 'TypeScript'),
    ...sides(bad, good).map(({ before, after }) => sideBySide(before, after, t)),
  ]);
}

function changes({ stretches, creates }: RepairShown, t: Translate): readonly Child[] {
  return [
    ...stretches.flatMap(({ line, before, after }) => [
      element('p', { class: 'where' }, t('Line {0}', line)),
      sideBySide(before, after, t),
    ]),
    ...creates.flatMap(({ name, text }) => [
      element('p', { class: 'where' }, t('New file {0}', name)),
      element('pre', { tabindex: 0, role: 'group', 'aria-label': name }, element('code', {}, text)),
    ]),
  ];
}

function sideBySide(before: readonly Side[], after: readonly Side[], t: Translate): HTMLElement {
  const side = (kind: 'broken' | 'fixed', title: string, lines: readonly Side[]) =>
    element(
      'div',
      {},
      element('p', { class: 'side' }, title),
      element(
        'pre',
        { tabindex: 0, role: 'group', 'aria-label': title, class: kind },
        element('code', {}, ...lines.map(lineOf)),
      ),
    );
  return element('div', { class: 'sides' }, side('broken', t('Broken'), before), side('fixed', t('Fixed'), after));
}

function lineOf({ text, changed }: Side): HTMLElement {
  return element('span', { class: changed ? 'line changed' : 'line' }, `${text}\n`);
}
