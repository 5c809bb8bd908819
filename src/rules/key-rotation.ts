/** Several keys, accounts or proxies taken in turn. */
import type { KeyChoice } from '../core/key-choices.ts';
import { defineRule, type Report } from '../core/rule.ts';
import { say, type Words } from '../core/words.ts';
import { examples } from './key-rotation.examples.ts';

export const keyRotation = defineRule({
  id: 'key-rotation',
  summary: 'Keys, accounts or proxies are taken in turn to get round a limit.',
  why: 'Limits count for the organisation and the project, not for a key, and not for the address that a request comes from: keys of one organisation share one limit. Accounts that are made to get round it are against the providers’ terms and can be closed, with everything that runs on them.',
  detect:
    'Compare the `x-ratelimit-limit-*` headers of two keys: where they belong to one organisation, `x-ratelimit-remaining-*` falls for both.',
  prevent:
    'Use one key, and ask the provider for a higher limit. Until then put requests in a queue that keeps within the limit, send what can wait as a batch, and back off after a 429.',
  severity: 'information',
  examples,
  byHand: true,

  *survey({ keyChoices }): Generator<Report> {
    for (const { at, of, how } of keyChoices)
      yield { at, severity: 'information', message: say`${chosen[of]} ${ways[how]}: ${instead[of]}.`, repairs: [] };
  },
});

const chosen: Readonly<Record<KeyChoice['of'], Words>> = {
  key: say('The key is taken'),
  client: say('One of several clients that differ in their keys is taken'),
  proxy: say('The proxy is taken'),
  address: say('The address is taken'),
};

const ways: Readonly<Record<KeyChoice['how'], Words>> = {
  'at random': say('at random'),
  'in turn': say('in turn'),
  'after a refusal': say('as the next one after a failure'),
};

const ofKeys = say(
  'limits count for the organisation, not for a key, so more keys of one organisation allow no more requests',
);

const instead: Readonly<Record<KeyChoice['of'], Words>> = {
  key: ofKeys,
  client: ofKeys,
  proxy: say('limits count for the organisation, wherever a request comes from'),
  address: say('limits count for the organisation, by whatever address it is reached'),
};
