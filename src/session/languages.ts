/** The languages there are, by the parser's grammar. */
import type { Language } from '../languages/language.ts';
import { python } from '../languages/python/language.ts';
import type { Grammar } from '../languages/syntax.ts';
import { typescript } from '../languages/typescript/language.ts';

export function languageOf(grammar: Grammar): Language {
  return grammar === 'python' ? python : typescript;
}
