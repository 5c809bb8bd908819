/** A handler names an error class that the SDK in use does not have. */
import type { OutdatedError } from '../core/outdated-errors.ts';
import { defineRule, type Report } from '../core/rule.ts';
import { opening, say, type Words } from '../core/words.ts';
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
      const fault = noError
        ? say`In ${say(sdk.name)} that this file uses \`${name}\` is no error`
        : say`${opening(say(sdk.name))} that this file uses has no \`${name}\``;
      const why = say`${fault}: ${consequence(error, language)}.`;
      const now = noError ? say`The error is \`${instead ?? ''}\`.` : say`Its name now is \`${instead ?? ''}\`.`;
      yield {
        at,
        severity: 'warning',
        message: instead === undefined ? why : say`${why} ${now}`,
        repairs: [repair('error-class', title(error), () => edit.errorClass(error))],
      };
    }
  },
});

function consequence({ imported, noError }: OutdatedError, language: 'python' | 'typescript'): Words {
  if (imported) return language === 'python' ? say('the import fails') : say('it is undefined');
  return language === 'python' && !noError
    ? say('when an error has to be matched, an AttributeError comes out in its place')
    : say('when an error has to be matched, a TypeError comes out in its place');
}

function title({ imported, instead }: OutdatedError): Words {
  return imported || instead === undefined ? say('Import the classes of this version') : say`Name ${instead}`;
}
