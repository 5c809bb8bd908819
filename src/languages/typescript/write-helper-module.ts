/** Writes a module of its own for the retry helper, which the files of a project share. */
import type { NewFile } from '../../core/edit.ts';
import { delayHelper } from './write-delay.ts';
import { type HelperSource, newFile, pauseHelper, wrapHelper } from './write-helper.ts';
import type { ModuleSystem } from './write-module-import.ts';
import { errorsOf, type Retry } from './write-retry.ts';
import { layOut } from './write-style.ts';

export function helperModule(
  { source, style, request }: Retry,
  path: string,
  system: ModuleSystem,
): { readonly file: NewFile; readonly name: string } {
  const { names, shape } = errorsOf(request.sdk);
  const dialect = /\.[cm]?tsx?$/.test(path) ? 'typescript' : 'javascript';
  const own: HelperSource = { ...newFile(dialect), policy: source.policy };
  const delay = delayHelper(own, shape(names));
  const pause = pauseHelper(own);
  const wrap = wrapHelper(own, delay, pause, ['withBackoff']);
  const list = names.join(', ');
  const load = system === 'es' ? `import { ${list} } from '%';` : `const { ${list} } = require('%');`;
  const lines = [
    ...(names.length > 0 ? [load.replace('%', request.sdk.errors.module), ''] : []),
    ...wrap.lines.map((line) => (system === 'es' && line.startsWith('async function') ? `export ${line}` : line)),
    '',
    ...delay.lines,
    '',
    ...pause.lines,
    ...(system === 'es' ? [] : ['', `module.exports = { ${wrap.name} };`]),
  ];
  return { file: { path, text: layOut(lines, style, '') + style.lineEnd }, name: wrap.name };
}
