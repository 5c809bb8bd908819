/** The types that a value has inside a call and would lose in a constant of its own. */
import { say } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import { refuse } from './write-refusal.ts';
import { descendants, functionKinds, namedChildren } from './write-syntax.ts';

/** What is known of the types that a call takes; absent in JavaScript. */
export interface KnownTypes {
  readonly namespace: string | undefined;
  readonly path: string;
}

/** Whether a literal inside would get a wider type in a constant of its own: `'user'` → `string`. */
export function widens(node: Node): boolean {
  switch (node.type) {
    case 'object':
    case 'array':
      return true;
    case 'call_expression': {
      const callee = node.childForFieldName('function');
      const object = callee?.type === 'member_expression' ? callee.childForFieldName('object') : null;
      const args = node.childForFieldName('arguments');
      return (object !== null && widens(object)) || (args !== null && namedChildren(args).some(returnsLiteral));
    }
    case 'as_expression':
    case 'satisfies_expression':
      return false;
    case 'ternary_expression':
    case 'binary_expression':
    case 'parenthesized_expression':
    case 'await_expression':
    case 'non_null_expression':
      return namedChildren(node).some(widens);
    default:
      return false;
  }
}

/** Whether a function written here makes literals whose type depends on where they are used. */
function returnsLiteral(node: Node): boolean {
  if (!functionKinds.has(node.type) || node.childForFieldName('return_type')) return false;
  const literals = descendants(node, ['string', 'number', 'true', 'false']);
  return literals.some(({ parent }) =>
    /^(pair|array|arrow_function|return_statement|ternary_expression)$/.test(parent!.type),
  );
}

/** The type that the SDK gives the property, where it has a name of its own. */
export function annotation(node: Node, { namespace, path }: KnownTypes): string {
  const key = node.parent?.type === 'pair' ? node.parent.childForFieldName('key')?.text : undefined;
  const type =
    path.startsWith('chat.completions.') && key === 'messages' ? 'Chat.ChatCompletionMessageParam[]' : undefined;
  const input = path.startsWith('responses.') && key === 'input' ? 'Responses.ResponseInput' : undefined;
  if (!namespace || !(type ?? input))
    refuse(say('An argument with side effects would lose its literal types outside the call.'));
  return `: ${namespace}.${type ?? input}`;
}
