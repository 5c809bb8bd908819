/** Writes the repair `sdk-retries`: the SDK's own retries raised, where the client is made or at the call. */
import type { Edit } from '../../core/edit.ts';
import type { Format } from '../../core/editor.ts';
import type { Request } from '../../core/verdict.ts';
import { opening, say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import { optionsIndex, propertyOf, setOption } from './write-options.ts';
import { refuse } from './write-refusal.ts';
import { optionEdits } from './write-retry.ts';
import { siteOf } from './write-site.ts';
import { styleOf } from './write-style.ts';
import { descendants, namedChildren } from './write-syntax.ts';

export function writeSdkRetries(tree: Tree, request: Request, count: number, format: Format): readonly Edit[] {
  const { option } = request.sdk.retry;
  if (option === undefined) refuse(say`${opening(say(request.sdk.name))} has no retries of its own to raise.`);
  if (option !== 'maxRetries') refuse(say`${opening(say(request.sdk.name))} takes no plain number of retries.`);
  const style = styleOf(tree, format);
  const site = siteOf(tree, request);
  const construction = request.client.construction && constructionAt(tree.root, request.client.construction.at);
  // What the call says itself counts more than what the client says.
  if (construction && !saysOwn(site.callee, site.args, option, request)) {
    if (construction.hasError) refuse(say('The code that makes the client has a syntax error.'));
    const args = construction.childForFieldName('arguments');
    if (!args)
      return [
        { span: { start: construction.endIndex, end: construction.endIndex }, text: `({ ${option}: ${count} })` },
      ];
    return setOption(args, 0, option, String(count), tree.text, style, 'fitted');
  }
  // Some take the option among the arguments themselves: `generateText({ …, maxRetries })`.
  const index = request.sdk.retry.perCall === 'argument' ? 0 : optionsIndex(request, site.args);
  return setOption(site.args, index, option, String(count), tree.text, style, 'fitted');
}

/** Switches the SDK's own retries off for each request, where it is sent. */
export function switchOff(tree: Tree, requests: readonly Request[]): readonly Edit[] {
  const style = styleOf(tree);
  const edits = requests.flatMap((request) => optionEdits(request, siteOf(tree, request), tree, style, 'flat'));
  return edits.length > 0 ? edits : refuse(say('The SDK’s own retries are set where this file doesn’t show it.'));
}

function constructionAt(
  root: Node,
  { start, end }: { readonly start: number; readonly end: number },
): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(end - 1, end); node; node = node.parent)
    if (
      node.type === 'new_expression' &&
      node.endIndex === end &&
      start - node.startIndex <= 'new '.length &&
      node.startIndex <= start
    )
      return node;
  return undefined;
}

function saysOwn(callee: Node, args: Node, option: string, { sdk, client }: Request): boolean {
  const { derive } = sdk;
  const given = namedChildren(args)[1];
  if (given?.type === 'object' && propertyOf(given, option)) return true;
  // Options out of a variable may be what sets the count.
  if (given && given.type !== 'object' && client.retries.k === 'set') return true;
  return descendants(callee, 'call_expression').some((call) => {
    const method = call.childForFieldName('function')?.childForFieldName('property')?.text ?? '';
    const options = call.childForFieldName('arguments')?.namedChild(0);
    return derive.includes(method) && options?.type === 'object' && propertyOf(options, option) !== undefined;
  });
}
