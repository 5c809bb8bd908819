/** The matrix of the proofs: which repair is run against which fault, for which programs, and what must come of it. */
import assert from 'node:assert/strict';
import {
  expectAllAnswered,
  expectBroken,
  expectError,
  expectGivesUpAfter,
  expectNoSdkRetries,
  expectRequestsPerItem,
  expectUnblocked,
  expectWaits,
} from './expect.ts';
import type { Program, Repair } from './programs.ts';
import type { Ended } from './run.ts';
import * as faults from './scenario.ts';
import { quickPolicy } from './workshop.ts';

export interface Case {
  /** A column of the table of results. */
  readonly title: string;
  readonly repair: Repair;
  readonly scenario: faults.Scenario;
  /** Which programs it makes sense for. */
  applies(program: Program): boolean;
  expect(program: Program, ended: Ended): void;
  /** What comes of the program as it stands, where the repair must not lose anything. */
  expectBefore?(program: Program, ended: Ended): void;
  /** The programs that the short run proves it with; the full one takes all. */
  readonly sample: readonly string[] | 'all';
}

/** Statements in place and helpers, synchronous and asynchronous, one after another and at once, in both languages. */
const sample = [
  'for_loop.py',
  'list_comprehension.py',
  'async_gather.py',
  'async_heartbeat.py',
  'streaming_loop.py',
  'for-of.ts',
  'arrow-body.ts',
  'promise-all-map.ts',
  'heartbeat.ts',
  'for-await-stream.ts',
];

/** The programs that faults beside a rate limit are shown with: each form of the retry, and each way to import its errors. */
const otherFaults = [
  'for_loop.py',
  'list_comprehension.py',
  'async_gather.py',
  'lazy_import.py',
  'alias_import.py',
  'for-of.ts',
  'arrow-body.ts',
  'promise-all-map.ts',
];

const fewer = ['for_loop.py', 'async_gather.py', 'list_comprehension.py', 'for-of.ts', 'arrow-body.ts'];

/** The programs that have a timer of their own. */
const heartbeats = ['async_heartbeat.py', 'heartbeat.ts'];

const isQuick = (program: Program) => program.policy === 'quick';

/** The retries that `sdk-retries` sets: enough for a one-minute window on the SDK's own schedule. */
const sdkRetries = 14;

export const cases: readonly Case[] = [
  { ...answeredInTheEnd('refused, then answered', faults.refused), sample: 'all' },
  { ...thousand('backoff'), sample: 'all' },
  {
    title: 'never refused',
    repair: 'backoff',
    scenario: faults.ok,
    applies: isQuick,
    sample,
    expect(program, ended) {
      expectAllAnswered(program, ended);
      expectRequestsPerItem(ended, 1);
    },
  },
  waited('told to wait 1 s', 1, faults.serverWait(1), sample),
  waited('told to wait 2 s', 2, faults.serverWait(2), [...heartbeats, 'async_gather.py']),
  waited('told in words to wait 1 s', 1, faults.waitInWords(1), heartbeats),
  refusedForEver('backoff', sample),
  answeredInTheEnd('told waits that mean nothing', faults.uselessWaits),
  answeredInTheEnd('refused in plain text', faults.blocked),
  asBefore('two server errors, then answered', faults.serverErrors, otherFaults),
  asBefore('hung up twice, then answered', faults.hungUp, fewer),
  asBefore('server errors for ever', faults.serverErrorsForever, fewer, 'InternalServerError'),
  asBefore('hung up for ever', faults.hungUpForever, fewer, 'APIConnectionError'),
  raisedAtOnce('no quota left', faults.quota),
  raisedAtOnce('no credit left', faults.credit),
  raisedAtOnce('request too large', faults.tooLarge),
  raisedAtOnce('told to wait an hour', faults.hopelessWait),
  {
    title: 'refused inside the stream',
    repair: 'backoff',
    scenario: faults.insideStream,
    applies: (program) => program.streams,
    sample: 'all',
    expect(program, ended) {
      expectError(ended, 'APIError');
      expectGivesUpAfter(program, ended, 1);
    },
  },
  {
    title: 'refused, then answered',
    repair: 'sdk-retries',
    scenario: faults.refusedBriefly,
    applies: isQuick,
    sample,
    expect(program, ended) {
      expectAllAnswered(program, ended);
      expectRequestsPerItem(ended, faults.refusedBriefly.refused + 1);
    },
  },
  {
    title: '1,000 calls at 60 a second',
    repair: 'sdk-retries',
    scenario: faults.sixtyASecond,
    applies: (program) => !isQuick(program),
    sample: [],
    expect: expectAllAnswered,
  },
  {
    title: 'refused for ever',
    repair: 'sdk-retries',
    scenario: { ...faults.forever, headers: faults.refusedBriefly.headers },
    applies: isQuick,
    sample: ['for_loop.py', 'for-of.ts'],
    expect(program, ended) {
      expectError(ended, 'RateLimitError');
      expectGivesUpAfter(program, ended, sdkRetries + 1);
    },
  },
  ...(
    ['tenacity', 'stamina', 'backoff-library', 'p-retry', 'exponential-backoff', 'async-retry', 'cockatiel'] as const
  ).flatMap(throughLibrary),
  heldBack('two at once', 'throttle', faults.twoAtOnce, ({ parallel, language }) => parallel && language === 'python'),
  heldBack('two at once', 'p-limit', faults.twoAtOnce, ({ parallel, answers }) => parallel && answers > 2),
  heldBack(
    'five a second',
    'aiolimiter',
    faults.fiveASecond,
    ({ file, parallel, answers }) => parallel && /^async/.test(file) && answers > 5,
  ),
];

/** What a retry through a library must do as the one in place does. */
function throughLibrary(repair: Repair): readonly Case[] {
  return [
    answeredInTheEnd('refused, then answered', faults.refused, repair, [
      ...fewer,
      'streaming_loop.py',
      'lazy_import.py',
      'promise-all-map.ts',
      'for-await-stream.ts',
      'common-js.cjs',
      'signal.ts',
      'common-js-default.cjs',
    ]),
    thousand(repair),
    waited('told to wait 1 s', 1, faults.serverWait(1), heartbeats, repair),
    waited('told in words to wait 1 s', 1, faults.waitInWords(1), ['for_loop.py', 'for-of.ts'], repair),
    refusedForEver(repair, fewer),
    answeredInTheEnd('told waits that mean nothing', faults.uselessWaits, repair, fewer),
    answeredInTheEnd('two server errors, then answered', faults.serverErrors, repair, [
      'for_loop.py',
      'lazy_import.py',
      'for-of.ts',
    ]),
    raisedAtOnce('no quota left', faults.quota, repair, fewer),
    raisedAtOnce('request too large', faults.tooLarge, repair, ['for_loop.py', 'for-of.ts']),
    raisedAtOnce('told to wait an hour', faults.hopelessWait, repair, ['for_loop.py', 'async_gather.py', 'for-of.ts']),
  ];
}

/** The server never answers an item that came while it had enough to do: nothing is sent a second time. */
function heldBack(title: string, repair: Repair, scenario: faults.Scenario, applies: Case['applies']): Case {
  return {
    title,
    repair,
    scenario,
    applies,
    sample: 'all',
    expectBefore: expectBroken,
    expect(program, ended) {
      expectAllAnswered(program, ended);
      expectRequestsPerItem(ended, 1);
    },
  };
}

/** With the policy that a new user has. */
function thousand(repair: Repair): Case {
  return {
    title: '1,000 calls at 60 a second',
    repair,
    scenario: faults.sixtyASecond,
    applies: (program) => !isQuick(program),
    sample: [],
    expect(program, ended) {
      expectAllAnswered(program, ended);
      expectNoSdkRetries(ended);
    },
  };
}

function refusedForEver(repair: Repair, chosen: readonly string[]): Case {
  return {
    title: 'refused for ever',
    repair,
    scenario: faults.forever,
    applies: isQuick,
    sample: chosen,
    expect(program, ended) {
      expectError(ended, 'RateLimitError');
      expectNoSdkRetries(ended);
      expectGivesUpAfter(program, ended, quickPolicy.maxAttempts);
    },
  };
}

/** Refused once and asked to wait: the wait is waited, and nothing else stands still meanwhile. */
function waited(
  title: string,
  seconds: number,
  scenario: faults.Scenario,
  chosen: readonly string[],
  repair: Repair = 'backoff',
): Case {
  return {
    title,
    repair,
    scenario,
    applies: isQuick,
    sample: chosen,
    expect(program, ended) {
      expectAllAnswered(program, ended);
      expectRequestsPerItem(ended, 2);
      expectWaits(ended, seconds);
      // A busy machine can hold a program up for a second; a sleep that blocks takes the whole wait.
      if (seconds > 1) expectUnblocked(ended, seconds * 0.9);
      // Its timer ticks ten times a second; half of that is enough to see that it went on.
      if (heartbeats.includes(program.file)) {
        assert.ok(ended.ticks >= program.answers * seconds * 5, `only ${ended.ticks} ticks`);
      }
    },
  };
}

/** Refused as often as the policy bears, and answered then. */
function answeredInTheEnd(
  title: string,
  scenario: faults.Scenario,
  repair: Repair = 'backoff',
  chosen: readonly string[] = sample,
): Case {
  return {
    title,
    repair,
    scenario,
    applies: isQuick,
    sample: chosen,
    expect(program, ended) {
      expectAllAnswered(program, ended);
      expectNoSdkRetries(ended);
      expectRequestsPerItem(ended, scenario.refused + 1);
    },
  };
}

/** A fault that is no rate limit: the repaired program sends as often as the SDK did by itself, and ends in the same way. */
function asBefore(title: string, scenario: faults.Scenario, chosen: readonly string[], error?: string): Case {
  const attempts = 3;
  const expectBefore = (program: Program, ended: Ended) => {
    if (error === undefined) {
      expectAllAnswered(program, ended);
      expectRequestsPerItem(ended, attempts);
    } else {
      expectError(ended, error);
      expectGivesUpAfter(program, ended, attempts);
    }
  };
  return {
    title,
    repair: 'backoff',
    scenario,
    applies: isQuick,
    sample: chosen,
    expectBefore,
    expect(program, ended) {
      expectBefore(program, ended);
      expectNoSdkRetries(ended);
    },
  };
}

function raisedAtOnce(
  title: string,
  scenario: faults.Scenario,
  repair: Repair = 'backoff',
  chosen: readonly string[] = sample,
): Case {
  return {
    title,
    repair,
    scenario,
    applies: isQuick,
    sample: chosen,
    expect(program, ended) {
      expectError(ended, 'RateLimitError');
      expectGivesUpAfter(program, ended, 1);
    },
  };
}
