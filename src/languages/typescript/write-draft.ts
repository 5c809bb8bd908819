/** What a writer hands back before its edits are put in order. */
import type { Edit, NewFile } from '../../core/edit.ts';
import type { Words } from '../../core/words.ts';

export interface Draft {
  readonly edits: readonly Edit[];
  readonly creates?: readonly NewFile[];
  readonly title?: Words;
}
