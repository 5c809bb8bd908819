/** Draws the guide's state into the page; knows nothing of the editor behind it. */
import { say, type Tell } from '../core/words.ts';
import { readErrors } from '../guide/error-text.ts';
import { causes, detection, prevention, sources, versions, whatItMeans, workaround } from '../guide/guide.ts';
import { kinds } from '../guide/kinds.ts';
import { type Sample, samples } from '../guide/samples.ts';
import { examples, repaired } from './code.ts';
import { contents } from './contents.ts';
import { type Child, element, sentence } from './dom.ts';
import { errorRead, thisError } from './error.ts';
import { measuredLimits } from './limits.ts';
import { markdown } from './markdown.ts';
import type { FromPage, GuideState, Here, RuleShown, SdkShown } from './protocol.ts';
import { type SectionId, sectionTitles } from './sections.ts';
import type { Translate } from './words.ts';

/** What the page is drawn with. */
export interface Drawing {
  readonly t: Translate;
  /** Says the guide's own words. */
  readonly tell: Tell;
  readonly send: (message: FromPage) => void;
  readonly simulator: HTMLElement;
}

/** Draws anew; what had the focus has it again, and what was typed or opened stays. */
export function draw(root: HTMLElement, state: GuideState, drawing: Drawing): void {
  const rule = state.rules.find(({ id }) => id === state.rule) ?? state.rules[0]!;
  const focused = document.activeElement?.getAttribute('data-key');
  const opened = [...root.querySelectorAll('details')].map((one) => [one.dataset.key, one.open] as const);
  const search = root.querySelector<HTMLInputElement>('input[type="search"]')?.value;
  const errorBefore = root.querySelector('#error pre')?.textContent;
  const isOther = root.querySelector('h1') !== null && root.querySelector('h1')?.textContent !== rule.id;
  root.replaceChildren(contents(state, rule, drawing, search), page(state, rule, drawing));
  for (const [key, open] of opened) {
    const one = root.querySelector<HTMLDetailsElement>(`details[data-key="${key}"]`);
    if (one) one.open = open;
  }
  const isOtherError = state.error !== undefined && root.querySelector('#error pre')?.textContent !== errorBefore;
  if (isOtherError) startAt(root.querySelector('#error h2')!);
  else if (isOther) startAt(root.querySelector('h1')!);
  else if (focused) {
    // What had the focus may be gone with the finding.
    const again = root.querySelector<HTMLElement>(`[data-key="${focused}"]`) ?? root.querySelector('h1');
    again?.focus({ preventScroll: true });
  }
}

/** Another rule's page begins at its title, another error's at that error, for eyes and screen reader alike. */
function startAt(title: HTMLElement): void {
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: 'start' });
}

function page(state: GuideState, rule: RuleShown, drawing: Drawing): HTMLElement {
  const { here, gone, notes, error } = state;
  const { t, tell } = drawing;
  const section = (id: SectionId, ...children: readonly Child[]) =>
    element(
      'section',
      { id, 'aria-labelledby': `${id}-title` },
      element('h2', { id: `${id}-title`, tabindex: -1 }, sectionTitles(t)[id]),
      ...children,
    );
  const code = here && here.repairs.length > 0 ? repaired(here, drawing) : examples(rule, t);
  return element(
    'main',
    {},
    element('h1', { tabindex: -1 }, rule.id),
    sentence(rule.summary),
    element(
      'div',
      { role: 'status' },
      gone && element('p', { class: 'note' }, t('The call that the guide was opened from is no finding any more.')),
      here?.how === 'nearest'
        ? element('p', { class: 'note' }, t('That call has changed or is gone: this is the nearest one like it.'))
        : undefined,
    ),
    error && section('error', ...thisError(error, drawing)),
    here && section('here', ...thisCall(here, drawing)),
    notes.length > 0
      ? section('team', ...notes.flatMap(({ title, text }) => [element('h3', {}, title), ...markdown(text)]))
      : undefined,
    section('meaning', sentence(tell(say(whatItMeans)))),
    section('text', ...errorTexts(here?.sdk, drawing)),
    section('why', sentence(rule.why)),
    section('causes', ...causesOf(state, rule, drawing)),
    section('code', ...code),
    section('limits', ...measuredLimits(state.limits, drawing)),
    section('simulator', drawing.simulator),
    section('detection', sentence(rule.detect), ...detection.flatMap((one) => advice(one, tell))),
    section('workaround', ...workaround.flatMap((one) => advice(one, tell))),
    section('prevention', sentence(rule.prevent), ...prevention.flatMap((one) => advice(one, tell))),
    section('kinds', ...Object.entries(kinds).map((one) => kind(one, tell))),
    section('versions', sentence(tell(say(versions)))),
    section('sources', element('ul', {}, ...sources.map(source))),
  );
}

function thisCall({ place, request, message, protection, evidence, refusals }: Here, drawing: Drawing): Child[] {
  const { t, send } = drawing;
  const button = element('button', { type: 'button', class: 'link', 'data-key': 'reveal' }, place);
  button.addEventListener('click', () => send({ k: 'reveal' }));
  const reasons = [...evidence, ...refusals.map((reason) => t('Not offered: {0}', reason))];
  const list = reasons.map((reason) => element('li', {}, ...sentence(reason).childNodes));
  return [
    element('p', {}, button, ': ', element('code', {}, request)),
    sentence(message),
    protection === '' ? undefined : sentence(protection),
    list.length > 0 ? element('ul', {}, ...list) : undefined,
  ];
}

/** The text that this call's SDK prints comes first; each is read as `explain` reads it. */
function errorTexts(sdk: SdkShown | undefined, drawing: Drawing): Child[] {
  const { t, tell } = drawing;
  const own = samples.find(
    ({ language, packageName }) => language === sdk?.language && packageName === sdk.packageName,
  );
  const first = own ?? samples.find(({ language }) => language === (sdk?.language ?? 'python'))!;
  const raised = sdk && [t('A 429 raises this error here:'), ' ', element('code', {}, sdk.error)];
  return [
    raised && element('p', {}, ...raised),
    ...sampleRead(first, drawing),
    ...samples
      .filter((one) => one !== first)
      .map((one) =>
        element(
          'details',
          { 'data-key': one.title },
          element('summary', {}, tell(say(one.title))),
          ...sampleRead(one, drawing),
        ),
      ),
  ];
}

function sampleRead({ text }: Sample, drawing: Drawing): Child[] {
  return [
    element('pre', { class: 'text' }, element('code', {}, text)),
    ...readErrors(text).flatMap((error) => errorRead(error, drawing)),
  ];
}

/** The causes, the one behind this rule first; each names the rules that find it in code. */
function causesOf({ rules }: GuideState, rule: RuleShown, { t, tell, send }: Drawing): Child[] {
  const isOwn = (cause: (typeof causes)[number]) => Number(cause.rules.includes(rule.id));
  return [...causes]
    .sort((one, other) => isOwn(other) - isOwn(one))
    .flatMap((cause) => {
      const found = cause.rules.filter((id) => rules.some((one) => one.id === id));
      const links = found.flatMap((id) => {
        const button = element('button', { type: 'button', class: 'link' }, id);
        button.addEventListener('click', () => send({ k: 'rule', rule: id }));
        return [' ', button];
      });
      return [
        element('h3', {}, tell(say(cause.title))),
        sentence(tell(say(cause.text))),
        element('p', {}, element('strong', {}, t('Fix:')), ' ', ...sentence(tell(say(cause.fix))).childNodes),
        links.length > 0 ? element('p', {}, t('Rules that find it:'), ...links) : undefined,
      ];
    });
}

function source({ title, url }: (typeof sources)[number]): HTMLElement {
  return element('li', {}, element('a', { href: url }, title));
}

function advice({ title, text }: { readonly title: string; readonly text: string }, tell: Tell): Child[] {
  return [element('h3', {}, tell(say(title))), sentence(tell(say(text)))];
}

function kind([name, { title, cause, fixes }]: [string, (typeof kinds)[keyof typeof kinds]], tell: Tell): HTMLElement {
  const list = fixes.map((fix) => element('li', {}, ...sentence(tell(say(fix))).childNodes));
  return element(
    'details',
    { 'data-key': `kind-${name}` },
    element('summary', {}, tell(say(title))),
    sentence(tell(say(cause))),
    element('ul', {}, ...list),
  );
}
