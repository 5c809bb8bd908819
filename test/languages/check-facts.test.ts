/** The check of facts finds what is wrong with them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Expr, FileFacts, Stmt } from '../../src/core/facts.ts';
import { checkFacts } from './check-facts.ts';
import { factsOf } from './python-cases.ts';

const text = 'x = f(1)\ndef g(a): return a\nclass A:\n    def m(self): pass\n';

const breaches: readonly (readonly [title: string, spoil: (facts: FileFacts) => FileFacts, problem: RegExp])[] = [
  [
    'a statement beyond the text',
    (facts) => withValue(facts, { k: 'lit', at: { start: 4, end: 99 }, value: 1 }),
    /out of bounds/,
  ],
  [
    'a child outside its parent',
    (facts) => withValue(facts, { k: 'lit', at: { start: 9, end: 12 }, value: 1 }),
    /is not inside 0\.\.8/,
  ],
  [
    'a name of another variable',
    (facts) => withValue(facts, { k: 'name', at: { start: 4, end: 5 }, name: 'f', var: 0 }),
    /f is the variable of x/,
  ],
  [
    'a name of no variable',
    (facts) => withValue(facts, { k: 'name', at: { start: 4, end: 5 }, name: 'f', var: 99 }),
    /variable 99 does not exist/,
  ],
  ['a statement twice', (facts) => withBody(facts, [...facts.fns[0]!.body, facts.fns[0]!.body[0]!]), /stands twice/],
  ['a function nowhere', (facts) => withBody(facts, facts.fns[0]!.body.slice(0, 1)), /stands nowhere/],
  ['an export of nothing', (facts) => ({ ...facts, exports: new Map([['x', 99]]) }), /export x does not exist/],
];

test('sound facts have no problems', () => assert.deepEqual(checkFacts(text, factsOf(text)), []));

for (const [title, spoil, problem] of breaches) {
  test(title, () => assert.match(checkFacts(text, spoil(factsOf(text))).join('\n'), problem));
}

function withBody(facts: FileFacts, body: readonly Stmt[]): FileFacts {
  return { ...facts, fns: [{ ...facts.fns[0]!, body }, ...facts.fns.slice(1)] };
}

/** The facts with another value in their first assignment. */
function withValue(facts: FileFacts, value: Expr): FileFacts {
  const [first, ...rest] = facts.fns[0]!.body;
  return withBody(facts, first?.k === 'assign' ? [{ ...first, value }, ...rest] : []);
}
