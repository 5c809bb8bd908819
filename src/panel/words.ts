/** The page's own words in the user's language. */
import type { Translations } from '../core/words.ts';

/** Gives the translation of an English sentence, with `{0}`, `{1}` filled in. */
export type Translate = (english: string, ...values: readonly (string | number)[]) => string;

export function translator(words: Translations): Translate {
  return (english, ...values) =>
    (words[english] ?? english).replace(/\{(\d+)\}/g, (whole, index) => String(values[Number(index)] ?? whole));
}
