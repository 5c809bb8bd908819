/** Callers that ask again when a function comes back with nothing: `while answer is None: answer = ask()`. */
import type { CallerPlace } from './callers.ts';
import type { Expr, Loop, Stmt } from './facts.ts';
import { type Around, type Place, type Program, statements } from './program.ts';
import type { Layer } from './verdict.ts';
import type { Absorbed } from './way.ts';
import { say } from './words.ts';

/** Whether the handler leaves its function with nothing in hand. */
export function givesNothing({ exits }: Absorbed): boolean {
  return exits.every(({ k, value }) => k === 'fall' || (k === 'return' && (value === undefined || isEmpty(value))));
}

/** The loop of a caller that goes round until something comes back. */
export function asksAgain({ place }: CallerPlace): Layer | undefined {
  let holder: number | undefined;
  let rest: readonly Stmt[] = [];
  for (let { around } = place; around && around.k !== 'edge'; around = around.outer) {
    if (around.k === 'expr') {
      if (around.node.k !== 'await' && around.node.k !== 'not') return inTest(around);
      continue;
    }
    const { node, part } = around;
    if (node.k === 'loop' && part === 'test') return layer(node);
    if (node.k === 'loop' && part === 'body') {
      const until =
        holder !== undefined && ((node.test && asks(node.test, holder) === 'nothing') || leavesWith(rest, holder));
      return until ? layer(node) : undefined;
    }
    if (node.k === 'assign' && part === 'value' && node.target.k === 'var') holder = node.target.var;
    rest = [...rest, ...around.block.slice(around.index + 1)];
  }
  return undefined;
}

/** `while not ask():` has the call in its condition. */
function inTest(around: Around): Layer | undefined {
  for (let at: Around | undefined = around; at; at = at.outer) {
    if (at.k === 'stmt') return at.node.k === 'loop' && at.part === 'test' ? layer(at.node) : undefined;
  }
  return undefined;
}

/** Whether a condition asks if the variable holds something, or nothing. */
export function asks(test: Expr, variable: number): 'something' | 'nothing' | undefined {
  if (test.k === 'name') return test.var === variable ? 'something' : undefined;
  if (test.k === 'not') {
    const inner = asks(test.value, variable);
    return inner && (inner === 'something' ? 'nothing' : 'something');
  }
  if (test.k === 'and') return asks(test.left, variable) ?? asks(test.right, variable);
  if (test.k !== 'binary' || asks(test.left, variable) !== 'something') return undefined;
  // `status == "completed"` does not hold for nothing.
  if (!isEmpty(test.right))
    return test.right.k === 'lit' ? { '===': 'something' as const, '!==': 'nothing' as const }[test.op] : undefined;
  return { '===': 'nothing' as const, '!==': 'something' as const }[test.op];
}

/** Whether the loop is left where the variable holds something. */
function leavesWith(block: readonly Stmt[], variable: number): boolean {
  return block.some((stmt) => {
    if (stmt.k !== 'if') return false;
    const asked = asks(stmt.test, variable);
    const branch = asked === 'something' ? stmt.then : asked === 'nothing' ? stmt.else : [];
    return [...statements(branch)].some(({ k }) => k === 'return' || k === 'break');
  });
}

function isEmpty(value: Expr): boolean {
  if (value.k === 'lit') return value.value === null || value.value === '' || value.value === false;
  return (value.k === 'list' && value.items.length === 0) || (value.k === 'object' && value.entries.length === 0);
}

function layer(loop: Loop): Layer {
  return { k: 'loop', at: loop.at, name: say('a loop of the caller') };
}

/** Without the calls in a handler that ask a second time for what the `try` has asked: the first one's way goes there. */
export function firstTries(callers: readonly CallerPlace[]): readonly CallerPlace[] {
  const tries = callers.map(({ place }) => triesOf(place, 'body'));
  return callers.filter(({ place }) => {
    const handled = triesOf(place, 'handler');
    return !tries.some((other) => other.some((one) => handled.includes(one)));
  });
}

/** Without the calls by which a module tries itself when it is run, where the program has others. */
export function withoutSelfTests(callers: readonly CallerPlace[], own: Program): readonly CallerPlace[] {
  const others = callers.filter(({ place }) => place.program !== own || !isSelfTest(place));
  return others.some(({ place }) => place.program !== own) ? others : callers;
}

/** Whether a place stands under `if __name__ == "__main__"`. */
function isSelfTest({ fn, around: from }: Place): boolean {
  if (fn !== 0) return false;
  for (let around = from; around; around = around.outer) {
    if (around.k !== 'stmt' || around.node.k !== 'if' || around.part !== 'then') continue;
    const { test } = around.node;
    if (test.k === 'binary' && test.op === '===' && test.left.k === 'name' && test.left.name === '__name__')
      return true;
  }
  return false;
}

/** The `try` statements round a place, by the part of them in which it stands. */
function triesOf({ around: from }: Place, part: 'body' | 'handler'): readonly Stmt[] {
  const found: Stmt[] = [];
  for (let around = from; around && around.k !== 'edge'; around = around.outer)
    if (around.k === 'stmt' && around.node.k === 'try' && around.part === part) found.push(around.node);
  return found;
}
