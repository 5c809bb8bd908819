/** A layer with the code that it is made of, for whoever reads how it retries. */
import type { RetryExport, RetryLibrary } from './catalogue.ts';
import type { Call, Expr, Handler, Loop, Stmt } from './facts.ts';
import type { ErrorInHand } from './handler.ts';
import type { Place } from './program.ts';
import type { Span } from './span.ts';
import type { Layer } from './verdict.ts';

export type LayerSource =
  /** A loop that goes round until the request has succeeded; `handler` is what takes the 429 in it. */
  | {
      readonly k: 'loop';
      readonly loop: Loop;
      readonly place: Place;
      readonly handler: { readonly at: Span; readonly body: readonly Stmt[] };
      readonly error: ErrorInHand;
      /** The `try` that the handler belongs to. */
      readonly clauses: readonly Handler[];
    }
  /** A handler that calls its own function again. */
  | {
      readonly k: 'recursion';
      readonly call: Call;
      readonly place: Place;
      readonly handler: { readonly at: Span; readonly body: readonly Stmt[] };
      readonly error: ErrorInHand;
      readonly clauses: readonly Handler[];
    }
  | {
      readonly k: 'library';
      /** The decorator, the call that is given a function, what is entered or run over. */
      readonly by: Expr;
      readonly place: Place;
      readonly library: RetryLibrary;
      readonly found: RetryExport;
      /** The call with the options; absent where the name stands alone. */
      readonly call?: Call;
    };

export interface FoundLayer extends Layer {
  readonly source?: LayerSource;
  /** The file that `at` lies in. */
  readonly path?: string;
  /** Where the request is handed to the function that holds the layer. */
  readonly through?: { readonly at: Span; readonly path: string };
}

/** The layer as others may know it. */
export function plainLayer({ k, at, name }: FoundLayer): Layer {
  return { k, at, name };
}
