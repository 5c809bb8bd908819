/** Writes the repair `throttle`: one limiter for all requests of a fan-out, made before it, and each start handed to it. */
import type { Edit } from '../../core/edit.ts';
import type { Surroundings } from '../../core/editor.ts';
import type { Repetition, Request } from '../../core/verdict.ts';
import { say } from '../../core/words.ts';
import type { Node, Tree } from '../syntax.ts';
import type { Draft } from './write-draft.ts';
import { placeHelpers } from './write-helper.ts';
import { limiterFor } from './write-limiter.ts';
import { declarationOf, freeName } from './write-names.ts';
import { refuse } from './write-refusal.ts';
import { isListed } from './write-spot.ts';
import { startsOf } from './write-starts.ts';
import { type Dialect, indentAt, type Style, startsLine, styleOf } from './write-style.ts';
import { boundaryKinds, descendants, functionAround, functionKinds, namesIn } from './write-syntax.ts';
import { rendered } from './write-text.ts';

export function writeThrottle(
  tree: Tree,
  request: Request,
  repetition: Repetition,
  concurrency: number,
  dialect: Dialect,
  surroundings: Surroundings,
): Draft {
  if (repetition.k === 'recursion')
    refuse(say('The function calls itself: what holds a place while it waits for its own calls would wait for ever.'));
  // Where the parser gives up on the whole file, its root is no program.
  if (tree.root.type !== 'program') refuse(say('The code here has a syntax error.'));
  const node = nodeAt(tree.root, repetition);
  if (!node) refuse(say('The requests are started in another file.'));
  const style = styleOf(tree, surroundings.format);
  const spot = spotFor(node);
  refuseRecursion(node);
  const limiter = limiterFor(tree, dialect, surroundings, style, node);
  const name = freeName(limiter.wishes, node, namesIn(functionAround(node)));
  const run = limiter.method === undefined ? name : `${name}.${limiter.method}`;
  const starts = startsOf(node, request, {
    open: `${run}(`,
    close: `${limiter.options ?? ''})`,
    text: tree.text,
    style,
  });
  const [before, after] = limiter.make;
  const start = `const ${name} = ${before}`;
  const made: Made = { text: `${start}${concurrency}${after}`, stop: start.length, length: String(concurrency).length };
  return {
    title: limiter.name
      ? say`Limit to ${concurrency} at once with ${limiter.name}`
      : say`Limit to ${concurrency} at once`,
    edits: [
      ...limiter.edits,
      ...placed(spot, made, starts, tree, style),
      ...placeHelpers(tree, style, node, limiter.helpers),
    ],
  };
}

/** Where the limiter is made: before a statement of a list, or in the body of an arrow function that gets braces. */
type Spot = { readonly statement: Node } | { readonly body: Node; readonly arrow: Node };

/** Outside of every loop and callback that repeats the fan-out: a limiter made there anew would limit nothing. */
function spotFor(repeated: Node): Spot {
  let spot: Spot | undefined;
  for (let node = repeated; node.parent; node = node.parent) {
    const { parent } = node;
    if (isListed(node) && (!spot || /^(for|for_in|while|do|labeled)_statement$/.test(node.type)))
      spot = { statement: node };
    if (!boundaryKinds.has(parent.type)) continue;
    if (isIterated(parent)) spot = undefined;
    else if (spot) break;
    else if (parent.type === 'arrow_function') spot = { body: node, arrow: parent };
    else break;
  }
  return spot ?? refuse(say('There is no place for a limiter that all the requests would share.'));
}

/** A function that a list's method runs for each item. */
function isIterated(fn: Node): boolean {
  const call = functionKinds.has(fn.type) && fn.parent?.type === 'arguments' ? fn.parent.parent : null;
  return /^(map|flatMap|forEach|reduce|from|fromAsync)$/.test(
    call?.childForFieldName('function')?.childForFieldName('property')?.text ?? '',
  );
}

/** A limiter inside the function would not bound what the function's own calls of itself start. */
function refuseRecursion(node: Node): void {
  for (let fn = functionAround(node); fn.parent; fn = functionAround(fn)) {
    const name = (
      fn.childForFieldName('name') ??
      (fn.parent?.type === 'variable_declarator' ? fn.parent.childForFieldName('name') : null)
    )?.text;
    if (name === undefined) continue;
    const calls = descendants(node, 'call_expression').some((call) => {
      const callee = call.childForFieldName('function');
      return callee?.text === name ? declarationOf(callee, name)?.scope.id !== fn.id : callee?.text === `this.${name}`;
    });
    if (calls) refuse(say`\`${name}\` calls itself for each item: each of its calls would have a limiter of its own.`);
  }
}

/** The declaration of the limiter, and where its number stands in it. */
interface Made {
  readonly text: string;
  readonly stop: number;
  readonly length: number;
}

function placed(spot: Spot, made: Made, starts: readonly Edit[], { root, text }: Tree, style: Style): readonly Edit[] {
  const end = style.semicolons ? ';' : '';
  const stopsAt = (offset: number) => [{ start: offset + made.stop, end: offset + made.stop + made.length }];
  if ('statement' in spot) {
    const first = commentsAbove(spot.statement);
    const start = first.startIndex;
    const gap = startsLine(text, start) ? style.lineEnd + indentAt(text, start) : ' ';
    return [
      { span: { start, end: start }, text: made.text + (end || (gap === ' ' ? ';' : '')) + gap, stops: stopsAt(0) },
      ...starts,
    ];
  }
  const { body, arrow } = spot;
  const previous = body.previousSibling!;
  if (previous.type === 'comment') refuse(say('A comment stands where the limiter would be made.'));
  const outer = indentAt(text, arrow.startIndex);
  const inner = outer + style.unit;
  const ownLine = startsLine(text, body.startIndex);
  const deeper = ownLine ? '' : style.unit;
  const value = rendered(root, text, { start: body.startIndex, end: body.endIndex }, starts, deeper);
  const before = ` {${style.lineEnd}${inner}`;
  return [
    {
      span: { start: previous.endIndex, end: body.endIndex },
      text: `${before}${made.text}${end}${style.lineEnd}${inner}return ${value}${end}${style.lineEnd}${outer}}`,
      stops: stopsAt(before.length),
    },
  ];
}

/** The first of the comments directly above the statement, or the statement. */
function commentsAbove(statement: Node): Node {
  let first = statement;
  for (let node = statement.previousSibling; node?.type === 'comment'; node = node.previousSibling) {
    if (first.startPosition.row - node.endPosition.row > 1) break;
    // A comment at the end of another statement's line belongs there.
    if (node.previousSibling?.endPosition.row === node.startPosition.row) break;
    first = node;
  }
  return first;
}

function nodeAt(root: Node, { at }: Repetition): Node | undefined {
  for (let node: Node | null = root.descendantForIndex(at.start, at.end); node; node = node.parent) {
    if (node.startIndex === at.start && node.endIndex === at.end && node.type !== 'expression_statement') return node;
    if (node.startIndex < at.start) return undefined;
  }
  return undefined;
}
