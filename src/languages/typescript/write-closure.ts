/** What a request loses when it moves into a function of its own: narrowed types, and values of variables that change later. */
import { say, type Words } from '../../core/words.ts';
import type { Node } from '../syntax.ts';
import { camelCase, type Part } from './write-hoist.ts';
import { declarationOf, isReassigned } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import type { Site } from './write-site.ts';
import type { Dialect } from './write-style.ts';
import { boundaryKinds, descendants, functionAround, within } from './write-syntax.ts';

/** The reads inside the call that need a constant of their own before the closure. */
export function partsToFreeze(site: Site, dialect: Dialect): readonly Part[] {
  const narrowed = dialect === 'typescript' ? narrowings(site) : new Set<string>();
  const parts: Part[] = [];
  for (const node of reads(site)) {
    if (narrowed.has(plain(node)) && !isConstant(node)) parts.push(part(node));
    else if (!site.awaited && isName(node) && changesLater(node, site)) parts.push(part(node));
  }
  if (!site.awaited) refuseMutations(site);
  return parts.filter(({ node }) => !parts.some((outer) => outer.node.id !== node.id && within(node, outer.node)));
}

/** The outermost names and member chains that the call reads, and the inner ones that may be narrowed. */
function reads({ call, callee, args }: Site): readonly Node[] {
  const kinds = ['identifier', 'shorthand_property_identifier', 'member_expression', 'subscript_expression'];
  const taken: Node[] = [];
  for (const node of [callee, args].flatMap((part) => descendants(part, kinds))) {
    if (node.id === callee.id || inNestedFunction(node, call)) continue;
    // A call's own function is no value to keep: `items.map` stays with its items.
    if (node.parent?.type === 'call_expression' && node.parent.childForFieldName('function')?.id === node.id) continue;
    taken.push(node);
  }
  return taken;
}

/** The references that a condition, an assignment or an assertion before the call may have narrowed, as plain text. */
function narrowings({ fn, promise }: Site): ReadonlySet<string> {
  const kinds = ['identifier', 'member_expression', 'subscript_expression'];
  const found = new Set<string>();
  for (const node of descendants(fn, kinds)) {
    if (node.startIndex >= promise.start || functionAround(node).id !== fn.id) continue;
    if (narrows(node)) found.add(plain(node));
  }
  return found;
}

function narrows(reference: Node): boolean {
  for (let node = reference; node.parent; node = node.parent) {
    const { parent } = node;
    const field = (name: string) => parent.childForFieldName(name)?.id === node.id;
    if (boundaryKinds.has(parent.type) || parent.type === 'statement_block') return false;
    switch (parent.type) {
      case 'if_statement':
      case 'while_statement':
      case 'do_statement':
      case 'for_statement':
      case 'ternary_expression':
        return field('condition');
      case 'switch_statement':
        return field('value');
      case 'binary_expression': {
        const operator = parent.childForFieldName('operator')?.text ?? '';
        if (field('left') && /^(&&|\|\||\?\?)$/.test(operator)) return true;
        // A comparison of sizes and a sum say nothing of types.
        if (!/^(&&|\|\||\?\?|[!=]==?|in|instanceof)$/.test(operator)) return false;
        break;
      }
      case 'assignment_expression':
      case 'augmented_assignment_expression':
        return field('left');
      case 'variable_declarator':
        return field('name') && parent.childForFieldName('type') !== null;
      case 'call_expression':
        if (/assert|invariant|ensure|require|check|ok$/i.test(parent.childForFieldName('function')?.text ?? ''))
          return true;
        break;
    }
  }
  return false;
}

/** Whether closures keep the type of what the name was narrowed to: constants, and parameters that nobody assigns to. */
function isConstant(node: Node): boolean {
  if (!isName(node)) return false;
  const known = declarationOf(node, node.text);
  if (known?.kind === 'param' || known?.kind === 'catch') return !isReassigned(known);
  return known?.kind !== 'let' && known?.kind !== 'var';
}

/** Whether a variable may hold another value by the time of a second attempt. */
function changesLater(node: Node, { fn, statement }: Site): boolean {
  const known = declarationOf(node, node.text);
  if (!known || known.kind === 'const' || !isReassigned(known)) return false;
  // Each pass of a `for` with `let` has a variable of its own, and a function that returns assigns nothing more.
  if (known.kind === 'let' && known.scope.type === 'for_statement') return false;
  return statement?.type !== 'return_statement' || !within(known.scope, fn);
}

/** A promise that is not awaited at once shares its arguments with the code that goes on. */
function refuseMutations({ args, promise }: Site): void {
  refuseChanges(
    args,
    (name) =>
      say`The request is not awaited where it is made, and \`${name}\` changes meanwhile; a second attempt would send something else.`,
    promise.end,
  );
}

/** Refuses an expression whose objects change after it was read: a later reading would see the change. */
export function refuseChanges(node: Node, why: (name: string) => Words, end = node.endIndex): void {
  const fn = functionAround(node);
  const shared = new Set(descendants(node, ['identifier', 'shorthand_property_identifier']).map(({ text }) => text));
  for (const member of descendants(fn, ['member_expression', 'subscript_expression'])) {
    const object = member.childForFieldName('object');
    if (object?.type !== 'identifier' || !shared.has(object.text) || functionAround(member).id !== fn.id) continue;
    if (isMutation(member) && (member.startIndex >= end || comesAgain(member, object, node))) refuse(why(object.text));
  }
}

function isMutation(member: Node): boolean {
  const { parent } = member;
  if (parent?.type === 'call_expression') return mutating.test(member.childForFieldName('property')?.text ?? '');
  const changed = parent?.childForFieldName(parent.type === 'update_expression' ? 'argument' : 'left');
  return /^(assignment|augmented_assignment|update)_expression$/.test(parent?.type ?? '') && changed?.id === member.id;
}

/** Whether a loop that holds both the request and the change goes round with the same object. */
function comesAgain(change: Node, object: Node, args: Node): boolean {
  const declared = declarationOf(object, object.text)?.scope;
  for (let loop = args.parent; loop && !boundaryKinds.has(loop.type); loop = loop.parent)
    if (
      /^(for|for_in|while|do)_statement$/.test(loop.type) &&
      within(change, loop) &&
      !(declared && within(declared, loop))
    )
      return true;
  return false;
}

const mutating = /^(push|pop|shift|unshift|splice|sort|reverse|fill|set|add|delete|clear)$/;

function part(node: Node): Part {
  const key = node.parent?.type === 'pair' ? node.parent.childForFieldName('key') : null;
  const property = node.type === 'member_expression' ? node.childForFieldName('property') : key;
  const name = isName(node) ? node.text : camelCase(property?.text ?? '');
  const current = `current${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return { node, wishes: isName(node) ? [current] : [name, current] };
}

function isName(node: Node): boolean {
  return node.type === 'identifier' || node.type === 'shorthand_property_identifier';
}

function inNestedFunction(node: Node, call: Node): boolean {
  for (let around: Node | null = node; around && around.id !== call.id; around = around.parent)
    if (boundaryKinds.has(around.type)) return true;
  return false;
}

function plain(node: Node): string {
  return node.text.replace(/\s+|!(?=[.[]|$)/g, '').replaceAll('?.', '.');
}
