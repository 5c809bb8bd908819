/** The contents list: sections of this page and all rules, with a search over both. */
import { element } from './dom.ts';
import type { GuideState, RuleShown } from './protocol.ts';
import { sectionIds, sectionTitles } from './sections.ts';
import type { Drawing } from './view.ts';

/** Columns narrower than this have the list above the page, folded. */
const narrow = matchMedia('(max-width: 44rem)');

/** Folds and opens the list as the column becomes narrow and wide. */
export function fitContents(root: HTMLElement): void {
  narrow.addEventListener('change', () => {
    const list = root.querySelector<HTMLDetailsElement>('nav details');
    if (list) list.open = !narrow.matches;
  });
}

interface Entry {
  readonly item: HTMLElement;
  words(): string;
}

export function contents(
  { rules, here, notes, error }: GuideState,
  shown: RuleShown,
  { t, send }: Drawing,
  searched = '',
): HTMLElement {
  const title = t('Search the guide');
  const search = element('input', {
    type: 'search',
    placeholder: title,
    'aria-label': title,
    'data-key': 'search',
    value: searched,
  });
  const titles = sectionTitles(t);
  const sections = sectionIds
    .filter((id) => (id !== 'here' || here) && (id !== 'error' || error) && (id !== 'team' || notes.length > 0))
    .map((id): Entry => {
      const item = element('li', {}, element('a', { href: `#${id}`, 'data-key': `to-${id}` }, titles[id]));
      // A section is found by its words, too.
      return { item, words: () => `${titles[id]} ${document.getElementById(id)?.textContent ?? ''}` };
    });
  const pages = rules.map(({ id, summary, why, detect, prevent }): Entry => {
    const button = element(
      'button',
      { type: 'button', 'data-key': `rule-${id}`, 'aria-current': id === shown.id && 'page', title: summary },
      id,
    );
    button.addEventListener('click', () => send({ k: 'rule', rule: id }));
    return { item: element('li', {}, button), words: () => `${id} ${summary} ${why} ${detect} ${prevent}` };
  });
  const status = element('p', { role: 'status' });
  const list = element(
    'details',
    { open: !narrow.matches, 'data-key': 'contents' },
    element('summary', {}, t('Contents')),
    element('h2', {}, t('On this page')),
    element('ul', {}, ...sections.map(({ item }) => item)),
    element('h2', {}, t('Rules')),
    element('ul', {}, ...pages.map(({ item }) => item)),
  );
  const find = () => {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    for (const { item, words } of [...sections, ...pages]) {
      item.hidden = !words().toLowerCase().includes(wanted);
      if (!item.hidden) found++;
    }
    status.textContent = wanted === '' ? '' : t('{0} found', found);
    if (wanted !== '') list.open = true;
  };
  search.addEventListener('input', find);
  if (searched !== '') queueMicrotask(find);
  return element('nav', { 'aria-label': t('Contents') }, search, status, list);
}
