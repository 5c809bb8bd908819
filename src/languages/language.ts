/** What a language offers the engine: reading facts from a tree, and an editor that writes its syntax. */
import type { Editor, Surroundings } from '../core/editor.ts';
import type { FileFacts, LanguageId } from '../core/facts.ts';
import type { Tree } from './syntax.ts';

export interface Language {
  readonly id: LanguageId;
  /** Whole-file reading; total on any input. */
  read(tree: Tree): FileFacts;
  /** The path of the surroundings tells apart what one grammar reads: JavaScript from TypeScript. */
  edit(tree: Tree, surroundings: Surroundings): Editor;
}
