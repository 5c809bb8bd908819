/**
 * What one file says, in no language: statements and expressions that Python and TypeScript have in common, with names
 * resolved within the file and nothing resolved across files.
 *
 * A language's reader (`languages/<language>/facts.ts`) writes it; everything behind it (link, rules) reads it and knows
 * no syntax. What a language has and this file does not becomes `other`, which keeps its sub-expressions.
 * Invariant: every span lies inside the text, and a node's span contains its children's.
 */
import type { Span } from './span.ts';

export type LanguageId = 'python' | 'typescript';

export interface FileFacts {
  readonly language: LanguageId;
  /** Everything that a name can stand for, by index. */
  readonly vars: readonly Var[];
  /** All functions, lambdas included, by index; 0 is the file's top level. */
  readonly fns: readonly Fn[];
  readonly classes: readonly Class[];
  /** Modules that the file imports in any form, with the place of each import. */
  readonly imports: readonly Import[];
  /** Exported name → variable. Python: every name of the top level. */
  readonly exports: ReadonlyMap<string, number>;
  /** Stretches that the parser could not read. */
  readonly errors: readonly Span[];
}

export interface Import {
  readonly module: string;
  readonly at: Span;
  readonly typeOnly: boolean;
  /** Brings in all names of the module: Python's `from x import *`. */
  readonly all?: true;
}

/** A binding. One name in one scope is one variable, however often it is assigned. */
export interface Var {
  readonly name: string;
  /** The function (index) whose scope owns it. */
  readonly fn: number;
  readonly at: Span;
  readonly what:
    | { readonly k: 'local' }
    | { readonly k: 'param'; readonly index: number }
    /** `name` is the imported name; `*` for the module or namespace itself, `default` for a default import. */
    | { readonly k: 'import'; readonly module: string; readonly name: string; readonly typeOnly: boolean }
    | { readonly k: 'fn'; readonly fn: number }
    | { readonly k: 'class'; readonly cls: number };
  /** The annotation, where there is one. */
  readonly type?: Expr;
}

export interface Fn {
  /** `''` for a lambda or anonymous function. */
  readonly name: string;
  readonly at: Span;
  /** Index of the function around it; absent at the top level. */
  readonly parent?: number;
  /** Index of the class whose method it is. */
  readonly cls?: number;
  readonly async: boolean;
  readonly generator: boolean;
  /** Python's `@staticmethod`, `@classmethod`, `@property`; JavaScript's `static`, `get`, `set`, `constructor`. */
  readonly modifiers: readonly string[];
  readonly params: readonly Param[];
  readonly returnType?: Expr;
  /** TypeScript's types: `generic` with parameters of its own, `fixed` without; absent where nothing is typed. */
  readonly types?: 'generic' | 'fixed';
  readonly decorators: readonly Expr[];
  /** An arrow function or lambda with an expression body has one `return`. */
  readonly body: readonly Stmt[];
}

export interface Param {
  readonly name: string;
  /** The variable that holds it; absent for a destructured one, whose parts are assigned in the body's first statement. */
  readonly var?: number;
  readonly default?: Expr;
  /** May be left out though it has no default: TypeScript's `name?`. */
  readonly optional?: true;
  /** `*args`, `...rest`: list; `**kwargs`: dict. */
  readonly rest?: 'list' | 'dict';
}

export interface Class {
  readonly name: string;
  readonly at: Span;
  readonly bases: readonly Expr[];
  readonly decorators: readonly Expr[];
  /** Method name (`#x` with its sign) → index of its function. */
  readonly methods: ReadonlyMap<string, number>;
  /** Fields declared in the class body. Assignments to `self.x` stand where they are written. */
  readonly fields: readonly { readonly name: string; readonly at: Span; readonly value?: Expr; readonly type?: Expr }[];
}

export type Stmt = { readonly at: Span } & (
  | { readonly k: 'expr'; readonly value: Expr }
  /** `op` is the operator of an augmented one: `+` in `x += 1`. Without a value of its own (`i++`) the value is an `other` without parts. */
  | {
      readonly k: 'assign';
      readonly target: Target;
      readonly value: Expr;
      readonly augmented: boolean;
      readonly op?: string;
    }
  | { readonly k: 'if'; readonly test: Expr; readonly then: readonly Stmt[]; readonly else: readonly Stmt[] }
  | Loop
  | Try
  | { readonly k: 'with'; readonly items: readonly WithItem[]; readonly body: readonly Stmt[] }
  | { readonly k: 'switch'; readonly subject: Expr; readonly cases: readonly (readonly Stmt[])[] }
  /** A bare or labelled block. */
  | { readonly k: 'block'; readonly label?: string; readonly body: readonly Stmt[] }
  | { readonly k: 'return'; readonly value?: Expr }
  /** Python's `raise`, JavaScript's `throw`; without a value the error in hand goes on. */
  | { readonly k: 'raise'; readonly value?: Expr }
  | { readonly k: 'break'; readonly label?: string }
  | { readonly k: 'continue'; readonly label?: string }
  | { readonly k: 'def'; readonly fn: number }
  | { readonly k: 'class'; readonly cls: number }
);

/** `for`: over a collection; `count`: JavaScript's three-part loop; `while`; `doWhile`. */
export interface Loop {
  readonly k: 'loop';
  readonly at: Span;
  readonly form: 'for' | 'forAwait' | 'count' | 'while' | 'doWhile';
  readonly label?: string;
  readonly target?: Target;
  /** What a `for` runs over. */
  readonly iter?: Expr;
  /** The condition of `while`, `doWhile` and `count`; absent where there is none. */
  readonly test?: Expr;
  /** The three-part loop's first and last part. */
  readonly init?: readonly Stmt[];
  readonly update?: Expr;
  readonly body: readonly Stmt[];
  /** Python's `else` of a loop: runs when no `break` left it. */
  readonly orElse: readonly Stmt[];
}

export interface Try {
  readonly k: 'try';
  readonly at: Span;
  readonly body: readonly Stmt[];
  readonly handlers: readonly Handler[];
  readonly orElse: readonly Stmt[];
  readonly final: readonly Stmt[];
}

export interface Handler {
  readonly at: Span;
  /** The classes named, one entry each (a tuple is split); absent: everything is caught. */
  readonly catches?: readonly Expr[];
  /** The variable that holds the error. */
  readonly var?: number;
  readonly body: readonly Stmt[];
}

export interface WithItem {
  readonly value: Expr;
  readonly target?: Target;
  readonly async: boolean;
}

export type Target = { readonly at: Span } & (
  | { readonly k: 'var'; readonly var: number }
  | { readonly k: 'attr'; readonly of: Expr; readonly name: string }
  | { readonly k: 'index'; readonly of: Expr; readonly index: Expr }
  /** Destructuring. `key` is a position, a property's name, or `...` for the rest. */
  | {
      readonly k: 'pattern';
      readonly parts: readonly { readonly key: number | string; readonly target: Target; readonly default?: Expr }[];
    }
  | { readonly k: 'other' }
);

export type Expr =
  | { readonly k: 'lit'; readonly at: Span; readonly value: string | number | boolean | null }
  /** A name; `var` is absent where nothing in the file binds it (a global or built-in). */
  | { readonly k: 'name'; readonly at: Span; readonly name: string; readonly var?: number }
  /** This instance: Python's first parameter of a method, JavaScript's `this`. `cls` is absent outside a class. */
  | { readonly k: 'self'; readonly at: Span; readonly cls?: number }
  | { readonly k: 'super'; readonly at: Span; readonly cls?: number }
  | { readonly k: 'attr'; readonly at: Span; readonly of: Expr; readonly name: string }
  | { readonly k: 'index'; readonly at: Span; readonly of: Expr; readonly index: Expr }
  | Call
  | { readonly k: 'await'; readonly at: Span; readonly value: Expr }
  | { readonly k: 'yield'; readonly at: Span; readonly value?: Expr }
  /** A function used as a value: lambda, arrow function, function expression. */
  | { readonly k: 'fn'; readonly at: Span; readonly fn: number }
  | { readonly k: 'class'; readonly at: Span; readonly cls: number }
  /** A dict or object literal. An entry without `key` is a spread (or has a computed key: then `computed`). */
  | {
      readonly k: 'object';
      readonly at: Span;
      readonly entries: readonly { readonly key?: string; readonly computed?: Expr; readonly value: Expr }[];
    }
  | { readonly k: 'list'; readonly at: Span; readonly items: readonly Expr[] }
  | { readonly k: 'spread'; readonly at: Span; readonly value: Expr }
  /** One or the other: conditional expression, `or`, `||`, `??`. `test` is absent for the operators. */
  | { readonly k: 'either'; readonly at: Span; readonly test?: Expr; readonly of: readonly Expr[] }
  /** `a and b`, `a && b`. */
  | { readonly k: 'and'; readonly at: Span; readonly left: Expr; readonly right: Expr }
  | { readonly k: 'not'; readonly at: Span; readonly value: Expr }
  /** Comparisons and arithmetic; `op` as JavaScript writes it (`===` for Python's `==` and `is`, `!==`, `in`, `instanceof`, `+`, …). */
  | { readonly k: 'binary'; readonly at: Span; readonly op: string; readonly left: Expr; readonly right: Expr }
  /** An assignment inside an expression: walrus, `(x = y)`, `x ??= y` (then `op` is `??`). */
  | { readonly k: 'assign'; readonly at: Span; readonly target: Target; readonly value: Expr; readonly op?: string }
  /** A template or f-string with its interpolations. */
  | { readonly k: 'template'; readonly at: Span; readonly text: string; readonly parts: readonly Expr[] }
  /** A comprehension or generator expression: its loops, outer → inner, its conditions, and what it makes. */
  | {
      readonly k: 'comprehension';
      readonly at: Span;
      readonly lazy: boolean;
      readonly loops: readonly { readonly target: Target; readonly iter: Expr; readonly async: boolean }[];
      readonly tests: readonly Expr[];
      readonly element: Expr;
    }
  /** `import('x')`, `require('x')`, `importlib.import_module('x')`. */
  | { readonly k: 'module'; readonly at: Span; readonly module: string }
  /** Anything else, with its sub-expressions. */
  | { readonly k: 'other'; readonly at: Span; readonly parts: readonly Expr[] };

export interface Call {
  readonly k: 'call';
  /** From the callee's first letter to the closing bracket. */
  readonly at: Span;
  readonly callee: Expr;
  readonly args: readonly Arg[];
  /** JavaScript's `new`. */
  readonly isNew: boolean;
}

export interface Arg {
  /** A Python keyword argument's name. */
  readonly name?: string;
  /** `*x`, `...x`: list; `**x`: dict. */
  readonly spread?: 'list' | 'dict';
  readonly value: Expr;
}
