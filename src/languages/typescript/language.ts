/** TypeScript and JavaScript, as the engine uses them. */
import type { Language } from '../language.ts';
import { editTypescript } from './editor.ts';
import { readTypescript } from './facts.ts';

export const typescript: Language = { id: 'typescript', read: readTypescript, edit: editTypescript };
