/** What is said to a user: an English sentence and its values apart, so that it can be said in another language. */

export interface Words {
  /** With `{0}`, `{1}` where the values stand: the sentence's name in a language's translations. */
  readonly english: string;
  readonly values: readonly Value[];
  /** It begins a sentence, whatever value comes first. */
  readonly opens?: true;
}

/** A string is a name out of code, or a number written out, and is the same in every language. */
export type Value = string | number | Words;

/** A language's sentences by the English ones. */
export type Translations = Readonly<Record<string, string>>;

/** Says words in one language. */
export type Tell = (words: Words) => string;

/** ``say`${count} retries` ``, or `say('Await the call')`. */
export function say(english: string | TemplateStringsArray, ...values: readonly Value[]): Words {
  if (typeof english === 'string') return { english, values };
  const [first, ...others] = english;
  return { english: others.reduce((before, part, at) => `${before}{${at}}${part}`, first!), values };
}

/** The words at the beginning of a sentence: with a capital where the language has them. */
export function opening(words: Value): Words {
  return { ...(typeof words === 'object' ? words : say`${words}`), opens: true };
}

/** `a, b and c`. */
export function list(values: readonly Value[]): Words {
  const [first, ...others] = values;
  if (first === undefined) return say('');
  const last = others.at(-1);
  if (last === undefined) return typeof first === 'object' ? first : say`${first}`;
  return say`${joined([first, ...others.slice(0, -1)])} and ${last}`;
}

/** `a, b, c`. */
export function joined(values: readonly Value[], between: Value = ', '): Words {
  return values.slice(1).reduce<Words>((before, one) => say`${before}${between}${one}`, say`${values[0] ?? ''}`);
}

export const inEnglish: Tell = (words) => told(words, {}, String);

/** Says what has no translation in English; `language` writes the numbers. */
export function teller(translations: Translations, language: string): Tell {
  const numbers = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  return (words) => told(words, translations, (value) => numbers.format(value));
}

function told(words: Words, translations: Translations, number: (value: number) => string): string {
  const sentence = translations[words.english] ?? words.english;
  const text = sentence.replace(/\{(\d+)\}/g, (whole, index) => {
    const value = words.values[Number(index)];
    if (value === undefined) return whole;
    if (typeof value === 'number') return number(value);
    return typeof value === 'string' ? value : told(value, translations, number);
  });
  return words.opens ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
