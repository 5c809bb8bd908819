/** The page's entry: joins the view to the extension behind the webview, and keeps what a reload needs. */
import { teller } from '../core/words.ts';
import { fitContents } from './contents.ts';
import type { FromPage, GuideState, Kept, KeptSimulator, ToPage } from './protocol.ts';
import { type Simulator, simulator } from './simulator.ts';
import { draw } from './view.ts';
import { translator } from './words.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Kept | undefined;
  setState(state: Kept): void;
};

const editor = acquireVsCodeApi();
const root = document.getElementById('guide')!;
const before = editor.getState();
let shown: GuideState | undefined;
let simulation: { readonly start: string; readonly view: Simulator } | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  // Each keystroke in the file gives a state; place and focus stay where nothing has changed.
  if (data.k === 'state' && JSON.stringify(data.state) !== JSON.stringify(shown)) show(data.state);
});
let timer: ReturnType<typeof setTimeout> | undefined;
window.addEventListener('scroll', () => {
  clearTimeout(timer);
  timer = setTimeout(keep, 200);
});
fitContents(root);
editor.postMessage({ k: 'ready' });

function show(state: GuideState): void {
  const t = translator(state.words);
  const start = JSON.stringify(state.simulator);
  if (simulation?.start !== start || shown?.language !== state.language) {
    const kept = before?.simulator?.start === start ? before.simulator.choices : undefined;
    simulation = { start, view: simulator({ start: state.simulator, kept, changed: keep, t }) };
  }
  const isFirst = shown === undefined;
  shown = state;
  document.documentElement.lang = state.language;
  draw(root, state, {
    t,
    tell: teller(state.words, state.language),
    send: (message) => editor.postMessage(message),
    simulator: simulation.view.element,
  });
  if (isFirst && before && JSON.stringify(before.origin) === JSON.stringify(state.origin))
    window.scrollTo({ top: before.scroll, behavior: 'instant' });
  keep();
}

function keep(): void {
  if (!shown) return;
  const kept: KeptSimulator | undefined = simulation && {
    start: simulation.start,
    choices: simulation.view.choices(),
  };
  editor.setState({ origin: shown.origin, scroll: window.scrollY, ...(kept && { simulator: kept }) });
}
