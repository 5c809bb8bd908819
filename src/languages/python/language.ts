/** Python, as the engine uses it. */
import type { Language } from '../language.ts';
import { editPython } from './editor.ts';
import { readPython } from './facts.ts';

export const python: Language = { id: 'python', read: readPython, edit: editPython };
