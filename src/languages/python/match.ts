/** Python's `match`: its patterns capture names and compare with values. */
import type { Expr, Stmt } from '../../core/facts.ts';
import { readExpression, readOne } from './expressions.ts';
import { type Place, textOf } from './place.ts';
import { readSuite } from './statements.ts';
import { child, firstNamed, named, type SyntaxNode, spanOf } from './tree.ts';

/** A case begins with the values that its pattern names, as an expression; a guard is an `if` around its body. */
export function readMatch(place: Place, node: SyntaxNode): Stmt[] {
  const subject = readOne(
    place,
    node.children.filter((it) => it.field === 'subject' && it.named),
  );
  const clauses = child(node, 'body')?.children ?? [];
  const cases = clauses.flatMap((it) => (it.type === 'case_clause' ? [readCase(place, it)] : []));
  return [{ k: 'switch', at: spanOf(node), subject, cases }];
}

function readCase(place: Place, node: SyntaxNode): Stmt[] {
  const patterns = node.children.filter((it) => it.type === 'case_pattern');
  const parts = patterns.flatMap((it) => readCasePattern(place, it));
  const at = { start: patterns[0]?.start ?? node.start, end: patterns.at(-1)?.end ?? node.start };
  const values: Stmt[] = parts.length > 0 ? [{ k: 'expr', at, value: { k: 'other', at, parts } }] : [];
  const guard = child(node, 'guard');
  const condition = guard && firstNamed(guard);
  const test = condition && readExpression(place, condition);
  const then = readSuite(place, node);
  if (!guard || !test) return [...values, ...then];
  return [...values, { k: 'if', at: { start: guard.start, end: node.end }, test, then, else: [] }];
}

/** Declares the names that the pattern captures and gives the values that it compares with, in order. */
function readCasePattern(place: Place, pattern: SyntaxNode): Expr[] {
  const values: Expr[] = [];
  const open = [pattern];
  const later = (nodes: readonly SyntaxNode[]) => open.push(...nodes.toReversed());
  for (let it = open.pop(); it; it = open.pop()) {
    switch (it.type) {
      case 'dotted_name':
        if (textOf(place, it).includes('.')) values.push(readDotted(place, it));
        else capture(place, it);
        break;
      case 'identifier':
        capture(place, it);
        break;
      case 'class_pattern': {
        const [name, ...parts] = named(it);
        if (name) values.push(readDotted(place, name));
        later(parts);
        break;
      }
      case 'keyword_pattern':
        later(named(it).slice(1));
        break;
      case 'integer':
      case 'float':
      case 'string':
      case 'concatenated_string':
      case 'true':
      case 'false':
      case 'none':
        values.push(readExpression(place, it));
        break;
      default:
        later(named(it));
    }
  }
  return values;
}

function capture(place: Place, node: SyntaxNode): void {
  const name = textOf(place, node);
  if (name !== '' && name !== '_') place.owner.declare(name, spanOf(node));
}

/** `a.b.C`, which the grammar gives as one word. */
function readDotted(place: Place, node: SyntaxNode): Expr {
  let expr: Expr | undefined;
  for (const match of textOf(place, node).matchAll(/[^\s.\\]+/g)) {
    const end = node.start + match.index + match[0].length;
    if (expr) expr = { k: 'attr', at: { start: node.start, end }, of: expr, name: match[0] };
    else expr = place.scope.use(match[0], { start: node.start, end });
  }
  return expr ?? { k: 'other', at: spanOf(node), parts: [] };
}
