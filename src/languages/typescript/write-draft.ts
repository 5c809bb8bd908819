/** What a writer hands back before its edits are put in order. */
import type { Edit, NewFile } from '../../core/edit.ts';

export interface Draft {
  readonly edits: readonly Edit[];
  readonly creates?: readonly NewFile[];
  readonly title?: string;
}
