/** What an expression can stand for. */
import type { ClientClass, Sdk } from './catalogue.ts';
import type { Call, Expr } from './facts.ts';
import type { Program } from './program.ts';

export type Meaning =
  | ClientMeaning
  /** Something that a module outside the project exports, whatever it is. */
  | ExportMeaning
  /** A file of the project, as `import * as` and `import a` give it. */
  | { readonly k: 'module'; readonly program: Program }
  | FnMeaning
  | { readonly k: 'class'; readonly program: Program; readonly cls: number }
  | { readonly k: 'instance'; readonly program: Program; readonly cls: number }
  /** What calling something exported gives. */
  | { readonly k: 'result'; readonly of: ExportMeaning; readonly call: Call; readonly names: readonly string[] }
  | { readonly k: 'literal'; readonly program: Program; readonly expr: Expr }
  | { readonly k: 'builtin'; readonly name: string }
  /** A parameter that nothing visible says more about. */
  | { readonly k: 'param'; readonly program: Program; readonly fn: number; readonly index: number }
  | { readonly k: 'unknown' };

/** A client of a known SDK, and the way already gone into it: `client.chat` is `names: ['chat']`. */
export interface ClientMeaning {
  readonly k: 'client';
  readonly sdk: Sdk;
  readonly cls: ClientClass;
  /** The call that makes it, and the file that call stands in. */
  readonly made?: { readonly call: Call; readonly program: Program };
  /** Calls on the way that give the client other options. */
  readonly derived: readonly { readonly call: Call; readonly program: Program }[];
  readonly names: readonly string[];
}

export interface ExportMeaning {
  readonly k: 'export';
  readonly module: string;
  readonly path: readonly string[];
}

export interface FnMeaning {
  readonly k: 'fn';
  readonly program: Program;
  readonly fn: number;
}

export const unknown: readonly Meaning[] = [{ k: 'unknown' }];

/** Each meaning once; never empty. */
export function distinct(found: readonly Meaning[]): readonly Meaning[] {
  if (found.length === 0) return unknown;
  if (found.length === 1) return found;
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = keyOf(one);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function keyOf(one: Meaning): string {
  switch (one.k) {
    case 'client':
      return `client ${one.sdk.id} ${one.made?.program.path} ${one.made?.call.at.start} ${one.derived.map(({ call }) => call.at.start)} ${one.names}`;
    case 'export':
      return `export ${one.module} ${one.path}`;
    case 'result':
      return `result ${one.of.module} ${one.call.at.start} ${one.names}`;
    case 'literal':
      return `literal ${one.program.path} ${one.expr.at.start} ${one.expr.at.end}`;
    case 'module':
      return `module ${one.program.path}`;
    case 'fn':
      return `fn ${one.program.path} ${one.fn}`;
    case 'class':
    case 'instance':
      return `${one.k} ${one.program.path} ${one.cls}`;
    case 'param':
      return `param ${one.program.path} ${one.fn} ${one.index}`;
    case 'builtin':
      return `builtin ${one.name}`;
    default:
      return 'unknown';
  }
}
