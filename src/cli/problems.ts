/** What can go wrong with a file, in words. */

export const otherLanguage = 'not a Python, TypeScript or JavaScript file or notebook';
export const lacksLetters = 'the repair has letters that the file’s encoding lacks';

/** The system's code of an error (`EACCES`), or what it says. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
