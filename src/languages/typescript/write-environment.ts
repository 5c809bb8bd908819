/** Writes the repair `environment`: a key that stands in the source is read from an environment variable. */
import type { Edit } from '../../core/edit.ts';
import type { WrittenKey } from '../../core/keys.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { globalName } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { isBroken } from './write-site.ts';
import type { Dialect } from './write-style.ts';
import { functionAround } from './write-syntax.ts';

export function writeEnvironment(
  { root, text }: Tree,
  { at, before, after, variable }: WrittenKey,
  dialect: Dialect,
): readonly Edit[] {
  if (/dangerouslyAllowBrowser|import\.meta\.env|^\s*['"]use client['"]/m.test(text))
    refuse(say('This code runs in a browser, where no key stays secret: send the request from a server.'));
  const literal = stringAt(root, at.start, at.end);
  if (!literal) refuse(say('The key is part of a longer text.'));
  if (isBroken(functionAround(literal), literal)) refuse(say('The code around the key has a syntax error.'));
  const read = `${globalName('process', literal)}.env.${variable}`;
  if (before || after) {
    const part = (value: string) => value.replace(/[\\`]|\$\{/g, '\\$&');
    return [{ span: at, text: `\`${part(before)}\${${read}}${part(after)}\`` }];
  }
  // Clients take a missing key as they take a missing option; elsewhere a type says that there is a text.
  const sure = dialect === 'javascript' || isOptionOfClient(literal) ? '' : '!';
  return [{ span: at, text: read + sure }];
}

function isOptionOfClient(literal: Node): boolean {
  const pair = literal.parent;
  return pair?.type === 'pair' && pair.parent?.parent?.parent?.type === 'new_expression';
}

function stringAt(root: Node, start: number, end: number): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(start, end); node; node = node.parent) {
    if (node.startIndex !== start || node.endIndex !== end) continue;
    if (node.type === 'string' || node.type === 'template_string')
      return node.parent?.type.startsWith('jsx_') ? undefined : node;
  }
  return undefined;
}
