/** TypeScript and JavaScript, as the engine uses them. */
import type { Language } from '../language.ts';
import { editTypescript } from './editor.ts';
import { readTypescript } from './facts.ts';

export const typescript: Language = {
  id: 'typescript',
  read: readTypescript,
  edit: (tree, facts, path) => editTypescript(tree, facts, dialectOf(path)),
};

/** A path that tells nothing (an untitled document) leaves it to the text. */
function dialectOf(path: string): 'typescript' | 'javascript' | undefined {
  if (/\.[cm]?tsx?$/.test(path)) return 'typescript';
  return /\.[cm]?jsx?$/.test(path) ? 'javascript' : undefined;
}
