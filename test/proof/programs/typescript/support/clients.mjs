import OpenAI from 'openai';

/** The one place where the program makes its client. */
export function makeClient() {
  return new OpenAI();
}
