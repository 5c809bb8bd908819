/** The page's entry: joins the view to the extension behind the webview. */
import type { FromPage, Origin, ToPage } from './protocol.ts';
import { draw } from './view.ts';

declare function acquireVsCodeApi(): { postMessage(message: FromPage): void; setState(state: Origin): void };

const editor = acquireVsCodeApi();
const root = document.getElementById('guide')!;
let shown = '';
const send = (message: FromPage) => editor.postMessage(message);

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.k !== 'state') return;
  // Each keystroke in the file gives a state; sliders and place on the page stay where nothing has changed.
  const now = JSON.stringify(data.state);
  if (now === shown) return;
  shown = now;
  editor.setState(data.state.origin);
  draw(root, data.state, send);
});
send({ k: 'ready' });
