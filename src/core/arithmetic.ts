/** What an expression of numbers comes to, as far as all its parts are known. */
import type { Expr } from './facts.ts';
import { nameOf, type Place } from './program.ts';
import type { Resolver } from './resolve.ts';

/** A random part counts as the most that it can be; `values` are those of variables. */
export function numberOf(
  expr: Expr,
  place: Place,
  resolver: Resolver,
  values: ReadonlyMap<number, number> = new Map(),
): number | undefined {
  const value = (one: Expr | undefined) => one && numberOf(one, place, resolver, values);
  switch (expr.k) {
    case 'lit':
      return typeof expr.value === 'number' ? expr.value : undefined;
    case 'name': {
      const known = expr.var === undefined ? undefined : values.get(expr.var);
      return known ?? constant(expr, place, resolver);
    }
    case 'binary':
      return combine(expr.op, value(expr.left), value(expr.right));
    case 'call':
      return called(
        nameOf(expr.callee),
        expr.args.map((arg) => value(arg.value)),
      );
    case 'attr':
      return constant(expr, place, resolver);
    default:
      return undefined;
  }
}

function constant(expr: Expr, place: Place, resolver: Resolver): number | undefined {
  const found = resolver.constant(expr, place);
  return typeof found === 'number' ? found : undefined;
}

function combine(op: string, left: number | undefined, right: number | undefined): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    case '//':
      return right === 0 ? undefined : Math.floor(left / right);
    case '**':
      return left ** right;
    case '<<':
      return left * 2 ** right;
    default:
      return undefined;
  }
}

function called(name: string, given: readonly (number | undefined)[]): number | undefined {
  const last = name.split('.').at(-1)!;
  if (/^random\.random$|^Math\.random$/.test(name) || (last === 'random' && given.length === 0)) return 1;
  if (last === 'uniform' || last === 'randint') return given[1];
  if (given.length === 0 || given.some((one) => one === undefined)) return undefined;
  const values = given as readonly number[];
  switch (last) {
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'pow':
      return values.length === 2 ? values[0]! ** values[1]! : undefined;
    case 'float':
    case 'int':
    case 'abs':
    case 'round':
    case 'floor':
    case 'ceil':
    case 'Number':
      return values[0];
    default:
      return undefined;
  }
}
