/** Writes the repair `error-class`: the class that the SDK in use has in place of one of another version. */
import type { Written } from '../../core/editor.ts';
import type { OutdatedError } from '../../core/outdated-errors.ts';
import { say } from '../../core/words.ts';
import { type Node, spanOf, type Tree } from '../syntax.ts';
import { topStatement } from './write-import-list.ts';

export function writeErrorClass({ root }: Tree, { at, replaced, imported, instead }: OutdatedError): Written {
  const node = root.descendantForIndex(at.start, at.end);
  if (!node || root.type !== 'module' || topStatement(node).hasError)
    return { refused: say('The code here has a syntax error.') };
  if (replaced) return { edits: [{ span: replaced.at, text: replaced.text }] };
  if (imported) return writeImport(node, imported);
  return {
    refused: instead
      ? say`Import ${instead}, and name that.`
      : say('No class of this version stands for the same errors.'),
  };
}

/** `from openai.error import Timeout` → `from openai import APITimeoutError as Timeout` */
function writeImport(inside: Node, imported: ReadonlyMap<string, string | undefined>): Written {
  let statement: Node | null = inside;
  while (statement && statement.type !== 'import_from_statement') statement = statement.parent;
  const module = statement?.childForFieldName('module_name');
  if (!statement || !module) return { refused: say('The import can’t be found in the text.') };
  const names = statement.childrenForFieldName('name').filter((one) => one !== null);
  const edits = names.flatMap((one) => {
    const name = one.type === 'aliased_import' ? one.childForFieldName('name')! : one;
    const now = imported.get(name.text);
    if (now === undefined || now === name.text) return [];
    return [{ span: spanOf(name), text: one === name ? `${now} as ${name.text}` : now }];
  });
  const [top] = module.text.split('.');
  const gone = names.some((one) => {
    const { text } = one.type === 'aliased_import' ? one.childForFieldName('name')! : one;
    if (!imported.has(text)) return module.text !== top;
    const now = imported.get(text);
    return now === undefined || now.includes('.');
  });
  if (gone) return { refused: say('No class of this version stands for the same errors as one of these.') };
  return { edits: [{ span: spanOf(module), text: top! }, ...edits] };
}
