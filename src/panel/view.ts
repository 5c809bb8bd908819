/** Draws the guide's state into the page; knows nothing of the editor behind it. */
import { readErrors } from '../guide/error-text.ts';
import {
  causes,
  detection,
  prevention,
  sampleError,
  sources,
  versions,
  whatItMeans,
  workaround,
} from '../guide/guide.ts';
import { kinds } from '../guide/kinds.ts';
import { noPaint } from '../render/paint.ts';
import { errorText } from '../render/words.ts';
import { type Child, element, sentence } from './dom.ts';
import type { FromPage, GuideState, Here, RuleShown } from './protocol.ts';
import { simulator } from './simulator.ts';

export type Send = (message: FromPage) => void;

export function draw(root: HTMLElement, state: GuideState, send: Send): void {
  const rule = state.rules.find(({ id }) => id === state.rule) ?? state.rules[0]!;
  root.replaceChildren(contents(state, rule, send), page(state, rule, send));
}

const sections = [
  ['here', 'This call'],
  ['meaning', 'What the error means'],
  ['text', 'The error’s text'],
  ['why', 'Why it happens'],
  ['causes', 'Causes and fixes'],
  ['code', 'Broken and fixed'],
  ['simulator', 'Simulator'],
  ['detection', 'Detection'],
  ['workaround', 'Workaround'],
  ['prevention', 'Prevention'],
  ['kinds', 'Kinds of limits'],
  ['versions', 'Versions and sources'],
] as const;
type SectionId = (typeof sections)[number][0];

/** The contents list: sections of this page and all rules, with a search over both. */
function contents({ rules, here }: GuideState, shown: RuleShown, send: Send): HTMLElement {
  const search = element('input', {
    type: 'search',
    placeholder: 'Search the guide',
    'aria-label': 'Search the guide',
  });
  const links = sections
    .filter(([id]) => id !== 'here' || here)
    .map(([id, title]) => element('li', {}, element('a', { href: `#${id}` }, title)));
  const entries = rules.map((rule) => {
    const button = element('button', { type: 'button', 'aria-current': rule.id === shown.id && 'true' }, rule.id);
    button.addEventListener('click', () => send({ k: 'rule', rule: rule.id }));
    return {
      item: element('li', {}, button),
      words: `${rule.id} ${rule.summary} ${rule.why} ${rule.detect} ${rule.prevent}`,
    };
  });
  const status = element('p', { role: 'status' });
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    for (const [item, words] of [
      ...links.map((item): [HTMLElement, string] => [item, wordsOf(item)]),
      ...entries.map(({ item, words }): [HTMLElement, string] => [item, words]),
    ]) {
      item.hidden = !words.toLowerCase().includes(wanted);
      if (!item.hidden) found++;
    }
    status.textContent = wanted === '' ? '' : `${found} found`;
  });
  return element(
    'nav',
    { 'aria-label': 'Contents' },
    search,
    status,
    element('h2', {}, 'On this page'),
    element('ul', {}, ...links),
    element('h2', {}, 'Rules'),
    element('ul', {}, ...entries.map(({ item }) => item)),
  );
}

/** A section is found by its words, too. */
function wordsOf(item: HTMLElement): string {
  const id = item.querySelector('a')?.getAttribute('href')?.slice(1);
  return `${item.textContent} ${(id && document.getElementById(id)?.textContent) ?? ''}`;
}

function page({ here, origin, simulator: start }: GuideState, rule: RuleShown, send: Send): HTMLElement {
  return element(
    'main',
    {},
    element('h1', {}, rule.id),
    sentence(rule.summary),
    here && section('here', thisCall(here, send)),
    !here && origin.offset !== undefined
      ? element('p', { role: 'status' }, 'No such finding stands there any more.')
      : undefined,
    section('meaning', sentence(whatItMeans)),
    section(
      'text',
      code(sampleError),
      ...readErrors(sampleError).map((error) => code(errorText(error, noPaint).trimEnd())),
    ),
    section('why', sentence(rule.why)),
    section(
      'causes',
      ...causes.flatMap(({ title, text, fix }) => [element('h3', {}, title), sentence(text), sentence(`Fix: ${fix}`)]),
    ),
    section('code', ...(here && here.repairs.length > 0 ? repaired(here, send) : examples(rule))),
    section('simulator', simulator(start)),
    section('detection', sentence(rule.detect), ...detection.flatMap(advice)),
    section('workaround', ...workaround.flatMap(advice)),
    section('prevention', sentence(rule.prevent), ...prevention.flatMap(advice)),
    section('kinds', ...Object.values(kinds).map(kind)),
    section('versions', sentence(versions), element('ul', {}, ...sources.map(source))),
  );
}

function section(id: SectionId, ...children: readonly Child[]): HTMLElement {
  const title = sections.find(([one]) => one === id)![1];
  return element(
    'section',
    { id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    ...children,
  );
}

function thisCall({ place, request, message, protection, evidence, refusals }: Here, send: Send): HTMLElement {
  const button = element('button', { type: 'button', class: 'link' }, place);
  button.addEventListener('click', () => send({ k: 'reveal' }));
  const reasons = [...evidence, ...refusals.map((reason) => `Not offered: ${reason}`)];
  return element(
    'div',
    {},
    element('p', {}, button, ': ', element('code', {}, request)),
    sentence(message),
    sentence(protection),
    reasons.length > 0 ? element('ul', {}, ...reasons.map((reason) => element('li', {}, sentence(reason)))) : undefined,
  );
}

function repaired({ repairs }: Here, send: Send): readonly Child[] {
  return repairs.flatMap(({ name, title, before, after }, index) => {
    const button = element(
      'button',
      { type: 'button', class: index === 0 ? 'primary' : 'secondary', 'data-repair': name },
      `Apply: ${title}`,
    );
    button.addEventListener('click', () => send({ k: 'apply', repair: name }));
    return [element('h3', {}, title), sideBySide(before, after), button];
  });
}

function examples({ examples: all }: RuleShown): readonly Child[] {
  return all.flatMap(({ language, bad, good }) => [
    element('h3', {}, language === 'python' ? 'Python' : 'TypeScript'),
    sideBySide(bad, good),
  ]);
}

function sideBySide(before: string, after: string): HTMLElement {
  const side = (title: string, code: string) =>
    element(
      'div',
      {},
      element('h4', {}, title),
      element('pre', { tabindex: 0, role: 'group', 'aria-label': title }, element('code', {}, code)),
    );
  return element('div', { class: 'sides' }, side('Broken', before), side('Fixed', after));
}

function source({ title, url }: (typeof sources)[number]): HTMLElement {
  return element('li', {}, element('a', { href: url }, title));
}

/** Text that may be wrapped. */
function code(text: string): HTMLElement {
  return element('pre', { class: 'text' }, element('code', {}, text));
}

function advice({ title, text }: { readonly title: string; readonly text: string }): readonly Child[] {
  return [element('h3', {}, title), sentence(text)];
}

function kind({ title, cause, fixes }: (typeof kinds)[keyof typeof kinds]): HTMLElement {
  return element(
    'details',
    {},
    element('summary', {}, title),
    sentence(cause),
    element('ul', {}, ...fixes.map((fix) => element('li', {}, sentence(fix)))),
  );
}
