/** Where a handler lets its loop go round once more. */
import { exits } from './exits.ts';
import type { Stmt } from './facts.ts';
import { blocks } from './program.ts';
import type { Span } from './span.ts';

/** At one `continue`, at its own end, or in more than one place. */
export type Again = { readonly k: 'continue'; readonly at: Span } | { readonly k: 'end' } | { readonly k: 'several' };

export function againFrom(body: readonly Stmt[]): Again {
  const found = [...continues(body)];
  const falls = exits(body).exits.some(({ k }) => k === 'fall');
  const [only, ...others] = found;
  if (!only) return falls ? { k: 'end' } : { k: 'several' };
  return others.length > 0 || falls ? { k: 'several' } : { k: 'continue', at: only.at };
}

/** The `continue`s of a block that are not those of a loop inside. */
function* continues(block: readonly Stmt[]): Generator<Stmt> {
  for (const stmt of block) {
    if (stmt.k === 'continue') yield stmt;
    if (stmt.k !== 'loop') for (const inner of blocks(stmt)) yield* continues(inner);
  }
}
