/** Plays a client's requests against a provider's limit in virtual time. */
import { createAgenda } from './agenda.ts';
import { gateOf, type Limit } from './limit.ts';
import { type Policy, waitAfter } from './policy.ts';
import { randomFrom } from './random.ts';

export interface Workload {
  /** How many answers the program wants. */
  readonly requests: number;
  /** What each request counts against a limit on tokens. */
  readonly tokens: number;
  /** How many work at once, each on one request at a time: 1 for a loop, as many as `requests` for a fan-out. */
  readonly workers: number;
  /** Seconds until an answer is there; a refusal comes after `refusalSeconds`. */
  readonly answerSeconds: number;
  readonly refusalSeconds: number;
  /** `ends`: an error that nothing catches ends the program, whatever was still to do; `goes-on`: only this request is lost. */
  readonly onError: 'ends' | 'goes-on';
}

export interface Simulation {
  readonly workload: Workload;
  readonly limit: Limit;
  readonly policy: Policy;
  readonly seed: number;
}

/** One moment in the life of request `item`; in the order of time. */
export interface TimelineEvent {
  readonly at: number;
  readonly item: number;
  /** How often it was sent by then; 0 where it was lost unsent. */
  readonly attempt: number;
  readonly what: 'sent' | 'refused' | 'waiting' | 'done' | 'lost';
  /** When a wait ends. */
  readonly until?: number;
}

/** Invariant: `completed + lost = requested`. */
export interface Figures {
  readonly requested: number;
  readonly completed: number;
  /** Without an answer at the end, unsent ones included. */
  readonly lost: number;
  readonly sent: number;
  /** How often the answer was a 429. */
  readonly refused: number;
  /** Requests that were sent and brought no answer. */
  readonly wasted: number;
  readonly seconds: number;
}

export interface Outcome {
  readonly events: readonly TimelineEvent[];
  readonly figures: Figures;
}

interface Task {
  readonly item: number;
  readonly attempt: number;
  /** When it was sent first. */
  readonly started: number;
}

export function simulate({ workload, limit, policy, seed }: Simulation): Outcome {
  const { requests, answerSeconds, refusalSeconds, onError } = workload;
  const gate = gateOf(limit, workload.tokens);
  const random = randomFrom(seed);
  const agenda = createAgenda<(at: number) => void>();
  const events: TimelineEvent[] = [];
  const open = new Map<number, Task>();
  let taken = 0;
  let end = 0;
  let broken = false;

  const tell = (at: number, { item, attempt }: Task, what: TimelineEvent['what'], until?: number) => {
    events.push({ at, item, attempt, what, ...(until !== undefined && { until }) });
    end = at;
  };
  const takeNext = (at: number) => {
    if (taken < requests) send(at, { item: taken++, attempt: 1, started: at });
  };
  const send = (at: number, task: Task) => {
    open.set(task.item, task);
    tell(at, task, 'sent');
    const refusal = gate.ask(at);
    if (!refusal) {
      agenda.plan(at + answerSeconds, (now) => {
        finish(now, task, 'done');
        takeNext(now);
      });
      return;
    }
    agenda.plan(at + refusalSeconds, (now) => {
      tell(now, task, 'refused');
      const refused = { refusal, attempt: task.attempt, since: now - task.started };
      const wait = waitAfter(policy.retry, refused, limit.toldWait, random);
      if (wait === undefined) return lose(now, task);
      tell(now, task, 'waiting', now + wait);
      agenda.plan(now + wait, (then) => send(then, { ...task, attempt: task.attempt + 1 }));
    });
  };
  const lose = (at: number, task: Task) => {
    finish(at, task, 'lost');
    if (onError === 'ends') broken = true;
    else takeNext(at);
  };
  const finish = (at: number, task: Task, what: 'done' | 'lost') => {
    open.delete(task.item);
    tell(at, task, what);
  };

  const atOnce = Math.min(workload.workers, policy.concurrency ?? workload.workers, requests);
  for (let worker = 0; worker < atOnce; worker++) takeNext(0);
  for (let due = agenda.next(); due && !broken; due = agenda.next()) due.what(due.at);
  for (const task of open.values()) tell(end, task, 'lost');
  for (let item = taken; item < requests; item++) tell(end, { item, attempt: 0, started: end }, 'lost');
  return { events, figures: figuresOf(requests, events) };
}

function figuresOf(requested: number, events: readonly TimelineEvent[]): Figures {
  const count = { sent: 0, refused: 0, waiting: 0, done: 0, lost: 0 };
  for (const { what } of events) count[what]++;
  return {
    requested,
    completed: count.done,
    lost: count.lost,
    sent: count.sent,
    refused: count.refused,
    wasted: count.sent - count.done,
    seconds: events.at(-1)?.at ?? 0,
  };
}
