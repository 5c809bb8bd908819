/** One file's facts, indexed: every call with what stands round it, every binding, every use of a name. */
import type { Call, Expr, FileFacts, Handler, Stmt, Target } from './facts.ts';
import type { LineMap } from './span.ts';

/**
 * What stands directly round a node; `outer` goes on outward, up to the function's edge.
 * A statement also says its block and its place there, so that what comes after it can be read.
 */
export type Around =
  | { readonly k: 'expr'; readonly node: Expr; readonly part: string; readonly index: number; readonly outer?: Around }
  | {
      readonly k: 'stmt';
      readonly node: Stmt;
      readonly part: StmtPart;
      readonly handler?: Handler;
      readonly block: readonly Stmt[];
      readonly index: number;
      readonly outer?: Around;
    }
  /** A default value, a decorator, a class field: outside any statement. */
  | { readonly k: 'edge'; readonly what: 'default' | 'decorator' | 'field'; readonly outer?: Around };

export type StmtPart =
  | 'value'
  | 'target'
  | 'test'
  | 'iter'
  | 'body'
  | 'orElse'
  | 'handler'
  | 'final'
  | 'item'
  | 'then'
  | 'else'
  | 'case'
  | 'update'
  | 'init';

/** Where a node stands: in which file and function, and what is round it. */
export interface Place {
  readonly program: Program;
  readonly fn: number;
  readonly around: Around | undefined;
}

export interface CallPlace extends Place {
  readonly call: Call;
}

export interface Use extends Place {
  readonly expr: Expr;
}

/** Something that a variable or an attribute can hold. */
export interface Binding extends Place {
  readonly at: number;
  /** Absent where the value can't be told (a loop variable, an error). */
  readonly value?: Expr;
  /** The way into the value by destructuring; `...` is the rest. */
  readonly path: readonly (string | number)[];
  readonly how: 'assign' | 'loop' | 'with' | 'error' | 'augmented';
}

/** Stands for the name of what is called out of a table: `handlers[mode]()`. */
export const tabled = '[]';

export interface Program {
  /** The file's path, as the project names it. */
  readonly path: string;
  readonly lines: LineMap;
  readonly facts: FileFacts;
  readonly calls: readonly CallPlace[];
  /** By the callee's last name. */
  readonly callsByName: ReadonlyMap<string, readonly CallPlace[]>;
  /** By variable. */
  readonly bindings: ReadonlyMap<number, readonly Binding[]>;
  /** By class, then by attribute: what `self.x = …` sets. */
  readonly fields: ReadonlyMap<number, ReadonlyMap<string, readonly Binding[]>>;
  /** Assignments to an attribute of anything else, by attribute. */
  readonly attributes: ReadonlyMap<string, readonly (Binding & { readonly of: Expr })[]>;
  /** Assignments to an entry of a variable by a constant key: `options["retries"] = 5`. */
  readonly entries: ReadonlyMap<number, readonly (Binding & { readonly key: string })[]>;
  /** Assignments to an entry by any other key, by the last name of what holds it: `clients[name] = …`. */
  readonly stored: ReadonlyMap<string, readonly (Binding & { readonly of: Expr })[]>;
  readonly returns: ReadonlyMap<number, readonly (Place & { readonly value: Expr })[]>;
  /** Where a variable is read. */
  readonly uses: ReadonlyMap<number, readonly Use[]>;
  /** Where an attribute is read, by its name. */
  readonly members: ReadonlyMap<string, readonly Use[]>;
  /** Where an entry is taken by an index that is no constant. */
  readonly indexes: readonly (Place & { readonly expr: Expr & { readonly k: 'index' } })[];
  /** Text that is written out, long enough to be a secret. */
  readonly texts: readonly Use[];
  /** Where a function expression stands. */
  readonly functions: ReadonlyMap<number, Use>;
  /** What imported names are called here, where that is another name. */
  readonly renamed: ReadonlyMap<string, readonly string[]>;
}

const shortestSecret = 20;

export function index(facts: FileFacts, path: string, lines: LineMap): Program {
  const calls: CallPlace[] = [];
  const callsByName = new Map<string, CallPlace[]>();
  const bindings = new Map<number, Binding[]>();
  const fields = new Map<number, Map<string, Binding[]>>();
  const attributes = new Map<string, (Binding & { of: Expr })[]>();
  const entries = new Map<number, (Binding & { key: string })[]>();
  const stored = new Map<string, (Binding & { of: Expr })[]>();
  const returns = new Map<number, (Place & { value: Expr })[]>();
  const uses = new Map<number, Use[]>();
  const members = new Map<string, Use[]>();
  const texts: Use[] = [];
  const indexes: Program['indexes'][number][] = [];
  const functions = new Map<number, Use>();
  const renamed = new Map<string, string[]>();
  const program: Program = {
    path,
    lines,
    facts,
    calls,
    callsByName,
    bindings,
    fields,
    attributes,
    entries,
    stored,
    returns,
    uses,
    members,
    texts,
    indexes,
    functions,
    renamed,
  };

  const bind = (
    target: Target,
    value: Expr | undefined,
    how: Binding['how'],
    place: Place,
    path: readonly (string | number)[] = [],
  ): void => {
    const binding: Binding = { ...place, at: target.at.start, ...(value && { value }), path, how };
    if (target.k === 'var') push(bindings, target.var, binding);
    else if (target.k === 'attr') {
      expr(target.of, place.fn, {
        k: 'expr',
        node: target.of,
        part: 'target',
        index: 0,
        ...(place.around && { outer: place.around }),
      });
      if (target.of.k === 'self' && target.of.cls !== undefined) {
        const own = fields.get(target.of.cls) ?? new Map<string, Binding[]>();
        fields.set(target.of.cls, own);
        push(own, target.name, binding);
      } else push(attributes, target.name, { ...binding, of: target.of });
    } else if (target.k === 'index') {
      if (target.of.k === 'name' && target.of.var !== undefined && target.index.k === 'lit')
        push(entries, target.of.var, { ...binding, key: String(target.index.value) });
      else if (target.of.k === 'name' || target.of.k === 'attr')
        push(stored, target.of.name, { ...binding, of: target.of });
      expr(target.of, place.fn, place.around);
      expr(target.index, place.fn, place.around);
    } else if (target.k === 'pattern') {
      for (const part of target.parts) {
        bind(part.target, value, how, place, [...path, part.key]);
        if (part.default) {
          expr(part.default, place.fn, place.around);
          bind(part.target, part.default, how, place);
        }
      }
    }
  };

  const expr = (node: Expr, fn: number, around: Around | undefined): void => {
    const place: Place = { program, fn, around };
    if (node.k === 'call') {
      const found = { call: node, ...place };
      calls.push(found);
      const { callee } = node;
      if (callee.k === 'name' || callee.k === 'attr') push(callsByName, callee.name, found);
      // A class method makes an object of its own class: `cls(…)`.
      else if (callee.k === 'self') push(callsByName, 'cls', found);
      else if (callee.k === 'index') push(callsByName, tabled, found);
    }
    if (node.k === 'index' && node.index.k !== 'lit') indexes.push({ expr: node, ...place });
    if (node.k === 'lit' && typeof node.value === 'string' && node.value.length >= shortestSecret)
      texts.push({ expr: node, ...place });
    if (node.k === 'name' && node.var !== undefined) push(uses, node.var, { expr: node, ...place });
    else if (node.k === 'attr') push(members, node.name, { expr: node, ...place });
    else if (node.k === 'fn') functions.set(node.fn, { expr: node, ...place });
    else if (node.k === 'assign') bind(node.target, node.value, 'assign', place);
    else if (node.k === 'comprehension') for (const loop of node.loops) bind(loop.target, undefined, 'loop', place);
    for (const { part, index: at, child } of children(node))
      expr(child, fn, { k: 'expr', node, part, index: at, ...(around && { outer: around }) });
  };

  const block = (stmts: readonly Stmt[], fn: number, outer: Around | undefined): void => {
    for (const [at, node] of stmts.entries()) {
      const here = (part: StmtPart, handler?: Handler): Around => ({
        k: 'stmt',
        node,
        part,
        block: stmts,
        index: at,
        ...(handler && { handler }),
        ...(outer && { outer }),
      });
      statement(node, fn, here);
    }
  };

  const statement = (node: Stmt, fn: number, here: (part: StmtPart, handler?: Handler) => Around): unknown => {
    switch (node.k) {
      case 'expr':
        return expr(node.value, fn, here('value'));
      case 'assign':
        expr(node.value, fn, here('value'));
        return bind(node.target, node.value, node.augmented ? 'augmented' : 'assign', {
          program,
          fn,
          around: here('target'),
        });
      case 'if':
        expr(node.test, fn, here('test'));
        block(node.then, fn, here('then'));
        return block(node.else, fn, here('else'));
      case 'loop':
        if (node.init) block(node.init, fn, here('init'));
        if (node.iter) expr(node.iter, fn, here('iter'));
        if (node.test) expr(node.test, fn, here('test'));
        if (node.target) bind(node.target, undefined, 'loop', { program, fn, around: here('body') });
        block(node.body, fn, here('body'));
        if (node.update) expr(node.update, fn, here('update'));
        return block(node.orElse, fn, here('orElse'));
      case 'try':
        block(node.body, fn, here('body'));
        for (const handler of node.handlers) {
          const around = here('handler', handler);
          for (const type of handler.catches ?? []) expr(type, fn, around);
          if (handler.var !== undefined)
            push(bindings, handler.var, { program, fn, around, at: handler.at.start, path: [], how: 'error' });
          block(handler.body, fn, around);
        }
        block(node.orElse, fn, here('orElse'));
        return block(node.final, fn, here('final'));
      case 'with':
        for (const item of node.items) {
          expr(item.value, fn, here('item'));
          if (item.target) bind(item.target, item.value, 'with', { program, fn, around: here('item') });
        }
        return block(node.body, fn, here('body'));
      case 'switch':
        expr(node.subject, fn, here('test'));
        for (const one of node.cases) block(one, fn, here('case'));
        return;
      case 'block':
        return block(node.body, fn, here('body'));
      case 'return':
        if (node.value) {
          push(returns, fn, { program, fn, around: here('value'), value: node.value });
          expr(node.value, fn, here('value'));
        }
        return;
      case 'raise':
        if (node.value) expr(node.value, fn, here('value'));
        return;
      default:
        return;
    }
  };

  for (const { what, name } of facts.vars)
    if (what.k === 'import' && what.name !== name) push(renamed, what.name, name);
  for (const [id, fn] of facts.fns.entries()) {
    const parent = fn.parent ?? 0;
    for (const decorator of fn.decorators) expr(decorator, parent, { k: 'edge', what: 'decorator' });
    // Python evaluates defaults where the function is defined, JavaScript inside it.
    const inside = facts.language === 'python' ? parent : id;
    for (const param of fn.params) if (param.default) expr(param.default, inside, { k: 'edge', what: 'default' });
    block(fn.body, id, undefined);
  }
  for (const cls of facts.classes) {
    for (const one of [...cls.bases, ...cls.decorators]) expr(one, 0, { k: 'edge', what: 'decorator' });
    for (const field of cls.fields) if (field.value) expr(field.value, 0, { k: 'edge', what: 'field' });
  }
  return program;
}

/** Whether an expression is one of the values that are bound. */
export function holds(bindings: readonly Binding[], expr: Expr): boolean {
  return bindings.some((binding) => binding.value === expr);
}

/** A dotted name, as far as there is one. */
export function nameOf(expr: Expr): string {
  if (expr.k === 'name') return expr.name;
  if (expr.k === 'self') return 'self';
  if (expr.k === 'attr') {
    const of = nameOf(expr.of);
    return of ? `${of}.${expr.name}` : expr.name;
  }
  return expr.k === 'call' ? nameOf(expr.callee) : '';
}

/** A node's sub-expressions with the part each plays. */
export function children(node: Expr): { part: string; index: number; child: Expr }[] {
  const list = (part: string, items: readonly Expr[]) => items.map((child, at) => ({ part, index: at, child }));
  switch (node.k) {
    case 'attr':
    case 'spread':
    case 'await':
    case 'not':
      return list(node.k === 'attr' ? 'of' : 'value', [node.k === 'attr' ? node.of : node.value]);
    case 'yield':
      return node.value ? list('value', [node.value]) : [];
    case 'index':
      return [...list('of', [node.of]), ...list('index', [node.index])];
    case 'call':
      return [
        ...list('callee', [node.callee]),
        ...list(
          'arg',
          node.args.map((arg) => arg.value),
        ),
      ];
    case 'object':
      return node.entries.flatMap((entry, index) => [
        ...(entry.computed ? [{ part: 'key', index, child: entry.computed }] : []),
        { part: 'entry', index, child: entry.value },
      ]);
    case 'list':
      return list('item', node.items);
    case 'either':
      return [...(node.test ? list('test', [node.test]) : []), ...list('branch', node.of)];
    case 'and':
    case 'binary':
      return list('operand', [node.left, node.right]);
    case 'assign':
      return list('value', [node.value]);
    case 'template':
    case 'other':
      return list('part', node.parts);
    case 'comprehension':
      return [
        ...list(
          'iter',
          node.loops.map((loop) => loop.iter),
        ),
        ...list('test', node.tests),
        ...list('element', [node.element]),
      ];
    default:
      return [];
  }
}

/** Every expression in `node`, itself included, functions inside left out, and whatever `without` says. */
export function* within(node: Expr, without?: (expr: Expr) => boolean): Generator<Expr> {
  if (without?.(node)) return;
  yield node;
  for (const { child } of children(node)) yield* within(child, without);
}

/** The statements of a block and of the blocks in it, functions inside left out. */
export function* statements(block: readonly Stmt[]): Generator<Stmt> {
  for (const stmt of block) {
    yield stmt;
    for (const inner of blocks(stmt)) yield* statements(inner);
  }
}

/** The blocks that a statement holds. */
export function blocks(stmt: Stmt): readonly (readonly Stmt[])[] {
  switch (stmt.k) {
    case 'if':
      return [stmt.then, stmt.else];
    case 'loop':
      return [stmt.body, stmt.orElse];
    case 'try':
      return [stmt.body, ...stmt.handlers.map((handler) => handler.body), stmt.orElse, stmt.final];
    case 'with':
    case 'block':
      return [stmt.body];
    case 'switch':
      return stmt.cases;
    default:
      return [];
  }
}

/** The expressions that a statement itself evaluates, those of its blocks left out. */
export function expressions(stmt: Stmt): readonly Expr[] {
  switch (stmt.k) {
    case 'expr':
    case 'assign':
      return [stmt.value];
    case 'if':
      return [stmt.test];
    case 'loop':
      return [stmt.iter, stmt.test, stmt.update].filter((one) => one !== undefined);
    case 'with':
      return stmt.items.map((item) => item.value);
    case 'switch':
      return [stmt.subject];
    case 'return':
    case 'raise':
      return stmt.value ? [stmt.value] : [];
    default:
      return [];
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
