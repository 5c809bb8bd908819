/** Whether a part of a statement can be evaluated before it, in a statement of its own. */
import type { Node, Tree } from '../syntax.ts';
import { lineEnd, lineStart } from './write-draft.ts';
import { contains } from './write-import-list.ts';
import type { Names } from './write-names.ts';
import { isPure } from './write-pure.ts';

/** Whether the value can be made right before the statement: it is evaluated always, and what comes before it is pure. */
export function canGoBefore(tree: Tree, statement: Node, value: Node, names: Names): boolean {
  if (hasMark(tree, statement, value)) return false;
  const isPart = (field: string) => {
    const part = statement.childForFieldName(field);
    return part !== null && contains(part, value);
  };
  switch (statement.type) {
    case 'expression_statement':
    case 'return_statement':
    case 'raise_statement':
    case 'delete_statement':
      break;
    case 'for_statement':
      if (!isPart('right')) return false;
      break;
    case 'if_statement':
      if (!isPart('condition')) return false;
      break;
    case 'match_statement':
      if (!isPart('subject')) return false;
      break;
    case 'with_statement': {
      const first = statement.namedChildren.find((child) => child?.type === 'with_clause')?.firstNamedChild;
      if (!first || !contains(first, value)) return false;
      break;
    }
    default:
      return false;
  }
  for (let node = value; node.id !== statement.id; node = node.parent!)
    if (!isEvaluatedFirst(node.parent!, node, names)) return false;
  return true;
}

/** Whether `parent` always evaluates `child`, after nothing that does something. */
function isEvaluatedFirst(parent: Node, child: Node, names: Names): boolean {
  const parts = parent.namedChildren.filter((part) => part !== null && part.type !== 'comment') as Node[];
  const index = parts.findIndex(({ id }) => id === child.id);
  switch (parent.type) {
    case 'boolean_operator':
      return index === 0;
    case 'conditional_expression':
      return index === 1;
    case 'comparison_operator':
      return index === 0 || (index === 1 && isPure(parts[0]!, names));
    case 'assignment':
      return parent.childForFieldName('right')?.id === child.id;
    case 'for_statement':
    case 'with_statement':
    case 'if_statement':
    case 'match_statement':
      return true;
    case 'lambda':
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
    case 'block':
      return false;
    default:
      return parts.slice(0, index).every((part) => isPure(part, names));
  }
}

/** A comment for a checker on a line of the statement's head may speak of the call: then the two stay together. */
export function hasMark({ text }: Tree, statement: Node, value: Node): boolean {
  const body = statement.childForFieldName('body') ?? statement.childForFieldName('consequence');
  const head = text.slice(lineStart(text, statement.startIndex), body?.startIndex ?? lineEnd(text, statement.endIndex));
  const inside = text.slice(value.startIndex, value.endIndex);
  const mark = /#.*\b(type:\s*ignore|pyright:|noqa|pylint:|mypy:)/g;
  return (head.match(mark)?.length ?? 0) > (inside.match(mark)?.length ?? 0);
}
