/** What a program wrote to a terminal, as a reader sees it: without colours, titles and marks. */

const esc = String.raw`\x1b`;
const bell = String.raw`\x07`;
const escapes = new RegExp(
  [
    // A title or a mark of the shell, ended by a bell or an escape of its own.
    String.raw`${esc}\][^${bell}${esc}]*(?:${bell}|${esc}\\)?`,
    String.raw`${esc}\[[0-?]*[ -/]*[@-~]`,
    String.raw`${esc}[PX^_][^${esc}]*${esc}\\`,
    `${esc}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);
/** Bells, backspaces and the like show nothing. */
const silent = /(?![\t\r\n])\p{Cc}/gu;

export function withoutEscapes(written: string): string {
  return written.replace(escapes, '').replace(/\r+\n/g, '\n').replace(silent, '');
}
