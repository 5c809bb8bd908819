/** What must hold for the facts of any text in any language: places, nesting, indices, and each node standing once. */
import type { Class, Expr, FileFacts, Fn, Stmt, Target } from '../../src/core/facts.ts';
import { contains, type Span } from '../../src/core/span.ts';

/** The deepest nesting that code behind the facts must be able to walk recursively. */
const deepest = 300;

/** Every breach, in a sentence; none for sound facts. */
export function checkFacts(text: string, facts: FileFacts): readonly string[] {
  const problems: string[] = [];
  const seen = new Set<object>();
  const entered = { fn: new Set<number>([0]), class: new Set<number>() };
  let depth = 0;

  const say = (problem: string, at: Span) =>
    problems.push(
      `${problem} at ${at.start}..${at.end}: ${JSON.stringify(text.slice(at.start, Math.min(at.end, at.start + 60)))}`,
    );

  const place = (what: string, at: Span, around: Span) => {
    if (!(at.start >= 0 && at.start <= at.end && at.end <= text.length)) say(`${what} is out of bounds`, at);
    else if (!contains(around, at)) say(`${what} is not inside ${around.start}..${around.end}`, at);
  };

  const once = (what: string, it: { readonly at: Span }, around: Span) => {
    place(what, it.at, around);
    if (seen.has(it)) say(`${what} stands twice`, it.at);
    seen.add(it);
  };

  const node = (what: string, it: { readonly at: Span }, around: Span, visit: () => void) => {
    once(what, it, around);
    if (++depth > deepest) say(`${what} is ${depth} deep`, it.at);
    visit();
    depth--;
  };

  const variable = (index: number, fn: number, at: Span, name?: string) => {
    const own = facts.vars[index];
    if (!own) return say(`variable ${index} does not exist`, at);
    if (name !== undefined && own.name !== name) say(`${name} is the variable of ${own.name}`, at);
    let owner: number | undefined = fn;
    while (owner !== undefined && owner !== own.fn) owner = facts.fns[owner]?.parent;
    if (owner === undefined) say(`${own.name} belongs to function ${own.fn}, which is not around function ${fn}`, at);
  };

  const all = (list: readonly (Expr | undefined)[], around: Span, fn: number) => {
    for (const it of list) if (it) expr(it, around, fn);
  };

  const expr = (it: Expr, around: Span, fn: number): void =>
    node(it.k, it, around, () => {
      const { at } = it;
      switch (it.k) {
        case 'lit':
        case 'module':
          return;
        case 'name':
          if (it.name === '') say('a name is empty', at);
          if (it.var !== undefined) variable(it.var, fn, at, it.name);
          return;
        case 'self':
        case 'super':
          if (it.cls !== undefined && !facts.classes[it.cls]) say(`class ${it.cls} does not exist`, at);
          return;
        case 'attr':
          return expr(it.of, at, fn);
        case 'index':
          return all([it.of, it.index], at, fn);
        case 'call':
          return all([it.callee, ...it.args.map(({ value }) => value)], at, fn);
        case 'await':
        case 'yield':
        case 'not':
        case 'spread':
          return all([it.value], at, fn);
        case 'fn':
          return enter(it.fn, at, fn);
        case 'class':
          return enterClass(it.cls, at, fn);
        case 'object':
          return all(
            it.entries.flatMap(({ computed, value }) => [computed, value]),
            at,
            fn,
          );
        case 'list':
          return all(it.items, at, fn);
        case 'either':
          if (it.of.length < 2) say('either has fewer than two', at);
          return all([it.test, ...it.of], at, fn);
        case 'and':
        case 'binary':
          return all([it.left, it.right], at, fn);
        case 'assign':
          target(it.target, at, fn);
          return expr(it.value, at, fn);
        case 'template':
        case 'other':
          return all(it.parts, at, fn);
        case 'comprehension':
          for (const loop of it.loops) {
            target(loop.target, at, fn);
            expr(loop.iter, at, fn);
          }
          return all([...it.tests, it.element], at, fn);
      }
    });

  const target = (it: Target, around: Span, fn: number): void =>
    node(`target ${it.k}`, it, around, () => {
      switch (it.k) {
        case 'var':
          return variable(it.var, fn, it.at);
        case 'attr':
          return expr(it.of, it.at, fn);
        case 'index':
          return all([it.of, it.index], it.at, fn);
        case 'pattern':
          for (const part of it.parts) {
            target(part.target, it.at, fn);
            all([part.default], it.at, fn);
          }
      }
    });

  const stmts = (list: readonly Stmt[], around: Span, fn: number) => {
    for (const it of list) stmt(it, around, fn);
  };

  const stmt = (it: Stmt, around: Span, fn: number): void =>
    node(`statement ${it.k}`, it, around, () => {
      const { at } = it;
      switch (it.k) {
        case 'expr':
          return expr(it.value, at, fn);
        case 'assign':
          target(it.target, at, fn);
          return expr(it.value, at, fn);
        case 'if':
          expr(it.test, at, fn);
          stmts(it.then, at, fn);
          return stmts(it.else, at, fn);
        case 'loop':
          if (it.target) target(it.target, at, fn);
          all([it.iter, it.test, it.update], at, fn);
          return stmts([...(it.init ?? []), ...it.body, ...it.orElse], at, fn);
        case 'try':
          stmts(it.body, at, fn);
          for (const handler of it.handlers)
            node('handler', handler, at, () => {
              all(handler.catches ?? [], handler.at, fn);
              if (handler.var !== undefined) variable(handler.var, fn, handler.at);
              stmts(handler.body, handler.at, fn);
            });
          return stmts([...it.orElse, ...it.final], at, fn);
        case 'with':
          for (const item of it.items) {
            expr(item.value, at, fn);
            if (item.target) target(item.target, at, fn);
          }
          return stmts(it.body, at, fn);
        case 'switch':
          expr(it.subject, at, fn);
          for (const list of it.cases) stmts(list, at, fn);
          return;
        case 'block':
          return stmts(it.body, at, fn);
        case 'return':
        case 'raise':
          return all([it.value], at, fn);
        case 'def':
          return enter(it.fn, at, fn);
        case 'class':
          return enterClass(it.cls, at, fn);
      }
    });

  const enter = (index: number, around: Span, parent: number) => {
    const fn: Fn | undefined = facts.fns[index];
    if (!fn) return say(`function ${index} does not exist`, around);
    if (entered.fn.has(index)) say(`function ${index} (${fn.name}) stands twice`, around);
    entered.fn.add(index);
    if (fn.parent !== parent) say(`function ${index} (${fn.name}) has parent ${fn.parent}, not ${parent}`, around);
    once(`function ${fn.name}`, fn, around);
    all([...fn.decorators, fn.returnType], fn.at, parent);
    // Python computes a default where the function is defined, JavaScript where it is called.
    const called = facts.language === 'python' ? parent : index;
    for (const param of fn.params) {
      all([param.default], fn.at, called);
      const type = param.var === undefined ? undefined : facts.vars[param.var]?.type;
      // Python can also annotate a parameter in the body.
      const inBody = type && fn.body[0] && type.at.start >= fn.body[0].at.start;
      all([type], fn.at, inBody ? index : called);
    }
    fn.params.forEach((param, position) => {
      if (param.var === undefined) return;
      const { what, fn: owner } = facts.vars[param.var]!;
      if (what.k !== 'param' || what.index !== position || owner !== index) say(`${param.name} is no parameter`, fn.at);
    });
    stmts(fn.body, fn.at, index);
  };

  /** The type of a field may stand in a method: `self.x: Local = …`. */
  const innermost = (at: Span) => facts.fns.findLastIndex((fn) => contains(fn.at, at));

  const enterClass = (index: number, around: Span, fn: number) => {
    const cls: Class | undefined = facts.classes[index];
    if (!cls) return say(`class ${index} does not exist`, around);
    if (entered.class.has(index)) say(`class ${index} (${cls.name}) stands twice`, around);
    entered.class.add(index);
    once(`class ${cls.name}`, cls, around);
    all([...cls.bases, ...cls.decorators], cls.at, fn);
    for (const field of cls.fields) {
      place(`field ${field.name}`, field.at, cls.at);
      all([field.value], cls.at, fn);
      if (field.type && !seen.has(field.type)) expr(field.type, cls.at, innermost(field.type.at));
    }
    for (const [name, method] of cls.methods) {
      if (facts.fns[method]?.cls !== index) say(`method ${name} is of another class`, cls.at);
      enter(method, cls.at, fn);
    }
  };

  const whole = { start: 0, end: text.length };
  for (const it of facts.vars) {
    place(`variable ${it.name}`, it.at, facts.fns[it.fn]?.at ?? whole);
    if (it.what.k === 'fn' && !facts.fns[it.what.fn]) say(`${it.name} is a function that does not exist`, it.at);
    if (it.what.k === 'class' && !facts.classes[it.what.cls]) say(`${it.name} is a class that does not exist`, it.at);
    if (it.type && it.what.k !== 'param') expr(it.type, whole, it.fn);
  }
  for (const it of facts.imports) place(`import ${it.module}`, it.at, whole);
  for (const at of facts.errors) place('an error', at, whole);
  for (const [name, index] of facts.exports) if (!facts.vars[index]) say(`export ${name} does not exist`, whole);
  stmts(facts.fns[0]!.body, whole, 0);
  // A method that a later one of its name replaces is entered from nowhere, as is a property's setter.
  facts.fns.forEach((fn, index) => {
    if (!entered.fn.has(index) && fn.cls !== undefined) enter(index, facts.classes[fn.cls]!.at, fn.parent ?? 0);
  });
  facts.fns.forEach((fn, index) => {
    if (!entered.fn.has(index)) say(`function ${index} (${fn.name}) stands nowhere`, fn.at);
  });
  facts.classes.forEach((cls, index) => {
    if (!entered.class.has(index)) say(`class ${index} (${cls.name}) stands nowhere`, cls.at);
  });
  return problems;
}
