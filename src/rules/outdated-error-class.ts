/** A handler names an error class that the SDK in use does not have. */
import type { OutdatedError } from '../core/outdated-errors.ts';
import { defineRule, type Report } from '../core/rule.ts';
import { examples } from './outdated-error-class.examples.ts';
import { repair } from './repairs.ts';

export const outdatedErrorClass = defineRule({
  id: 'outdated-error-class',
  summary: 'The handler names a class that this version of the SDK does not have.',
  why: 'A handler’s class is looked up when an error has to be matched. Until then all is well; on the first 429 the look-up itself fails, the handler does not run, and what comes out speaks of a missing attribute and not of a limit.',
  detect: 'Raise the error in a test, or run a type checker over the handlers: it knows which classes a package has.',
  prevent:
    'Name the classes that the version in use exports: `openai.RateLimitError` in Python from 1.0 on, `OpenAI.RateLimitError` in Node. Move the handlers along when the SDK is upgraded.',
  severity: 'warning',
  examples,

  *survey({ language, outdatedErrors }, { edit }): Generator<Report> {
    for (const error of outdatedErrors) {
      const { at, name, sdk, instead, noError } = error;
      const sentence = `${sdk.name[0]!.toUpperCase()}${sdk.name.slice(1)} that this file uses has no \`${name}\``;
      const fault = noError ? `In ${sdk.name} that this file uses \`${name}\` is no error` : sentence;
      const now = instead === undefined ? '' : ` ${noError ? 'The error is' : 'Its name now is'} \`${instead}\`.`;
      yield {
        at,
        severity: 'warning',
        message: `${fault}: ${consequence(error, language)}.${now}`,
        repairs: [repair('error-class', title(error), () => edit.errorClass(error))],
      };
    }
  },
});

function consequence({ imported, noError }: OutdatedError, language: 'python' | 'typescript'): string {
  if (imported) return language === 'python' ? 'the import fails' : 'it is undefined';
  return language === 'python' && !noError
    ? 'when an error has to be matched, an AttributeError comes out in its place'
    : 'when an error has to be matched, a TypeError comes out in its place';
}

function title({ imported, instead }: OutdatedError): string {
  return imported || instead === undefined ? 'Import the classes of this version' : `Name ${instead}`;
}
