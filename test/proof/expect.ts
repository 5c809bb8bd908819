/** What must hold of a program's run: who got an answer, how often the server was asked, and how long the waits were. */
import assert from 'node:assert/strict';
import type { Program } from './programs.ts';
import type { Ended } from './run.ts';
import type { Received } from './server.ts';

/** Every item has its own answer, once. */
export function expectAllAnswered(program: Program, ended: Ended): void {
  assert.equal(ended.exitCode, 0, `it ended with ${ended.exitCode}:\n${tail(ended)}`);
  assert.equal(ended.answers.length, program.answers, `answers:\n${JSON.stringify(ended.answers)}\n${tail(ended)}`);
  assert.equal(new Set(ended.answers.map(({ item }) => item)).size, program.answers, 'an item was answered twice');
  for (const { item, answer } of ended.answers) {
    if (typeof item !== 'string' || typeof answer !== 'string' || !answer.startsWith('Answer to')) continue;
    assert.equal(answer, `Answer to: ${item}`);
  }
}

/** It failed, or left items without an answer. */
export function expectBroken(program: Program, ended: Ended): void {
  const whole = ended.exitCode === 0 && ended.answers.length === program.answers;
  assert.ok(!whole, 'the fault did not break it');
}

/** It ended in the SDK's own error class. */
export function expectError(ended: Ended, className: string): void {
  assert.notEqual(ended.exitCode, 0, `it should have failed, but answered ${ended.answers.length} items`);
  assert.match(ended.errorText, new RegExp(`\\b${className}\\b`), tail(ended));
}

/** Every item was sent exactly so many times. */
export function expectRequestsPerItem(ended: Ended, count: number): void {
  for (const [item, requests] of byItem(ended)) assert.equal(requests.length, count, `requests of “${item}”`);
}

/** The first item, or with requests at the same time at least one, was sent exactly so many times, and none more often. */
export function expectGivesUpAfter(program: Program, ended: Ended, count: number): void {
  const counts = [...byItem(ended).values()].map((requests) => requests.length);
  assert.equal(Math.max(...counts), count, `requests per item: ${counts}`);
  if (!program.parallel) assert.deepEqual(counts, [count]);
}

/** One layer: the SDK's own retries were off. */
export function expectNoSdkRetries(ended: Ended): void {
  assert.deepEqual([...new Set(ended.requests.map(({ sdkRetry }) => sdkRetry))], [0], 'the SDK sent again by itself');
}

/** Between two requests of one item lies at least the wait that the server asked for. */
export function expectWaits(ended: Ended, seconds: number): void {
  for (const [item, requests] of byItem(ended)) {
    for (const [index, request] of requests.entries()) {
      if (index === 0) continue;
      const waited = request.at - requests[index - 1]!.at;
      // Node's timers may fire a millisecond early.
      assert.ok(waited >= seconds - 0.005, `“${item}” was sent again after ${waited.toFixed(3)} s`);
    }
  }
}

/** Other tasks went on while it waited. */
export function expectUnblocked(ended: Ended, seconds: number): void {
  assert.ok(ended.blockedSeconds < seconds, `the event loop stood still for ${ended.blockedSeconds} s`);
}

function byItem(ended: Ended): ReadonlyMap<string, readonly Received[]> {
  const groups = new Map<string, Received[]>();
  for (const request of ended.requests) {
    const group = groups.get(request.item);
    if (group === undefined) groups.set(request.item, [request]);
    else group.push(request);
  }
  return groups;
}

function tail({ errorText }: Ended): string {
  return errorText.split('\n').slice(-25).join('\n');
}
