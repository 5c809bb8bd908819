/** The simulator against cases reckoned by hand, and against what must hold of every run. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createAgenda } from '../../src/simulate/agenda.ts';
import { capacity, gateOf, type Limit } from '../../src/simulate/limit.ts';
import { type Policy, policyNames, policyOf } from '../../src/simulate/policy.ts';
import { randomFrom } from '../../src/simulate/random.ts';
import { type Outcome, type Simulation, simulate, type Workload } from '../../src/simulate/simulate.ts';
import { timeline } from '../../src/simulate/timeline.ts';

const sdk = { default: 2, base: 0.5, cap: 8, jitter: 0.75 };
const backoff = { maxAttempts: 7, baseSeconds: 1, maxWaitSeconds: 60, maxTotalSeconds: 120 };
const options = { sdk, backoff, concurrency: 4 };

const instant: Workload = {
  requests: 100,
  tokens: 0,
  workers: 1,
  answerSeconds: 0,
  refusalSeconds: 0,
  onError: 'ends',
};
const sixty: Limit = { shape: 'bucket', requestsPerMinute: 60, windowSeconds: 60, toldWait: 'none' };

function play(workload: Partial<Workload>, limit: Partial<Limit>, policy: Policy, seed = 1): Outcome {
  return simulate({ workload: { ...instant, ...workload }, limit: { ...sixty, ...limit }, policy, seed });
}

const none = policyOf('none', options);

test('a bucket that is full lets a minute’s requests through at once, and the next one ends the program', () => {
  const { figures } = play({}, {}, none);
  assert.deepEqual(figures, { requested: 100, completed: 60, lost: 40, sent: 61, refused: 1, wasted: 1, seconds: 0 });
});

test('a loop that is no quicker than the bucket fills meets no limit', () => {
  const { figures } = play({ answerSeconds: 1 }, { windowSeconds: 1 }, none);
  assert.deepEqual(figures, {
    requested: 100,
    completed: 100,
    lost: 0,
    sent: 100,
    refused: 0,
    wasted: 0,
    seconds: 100,
  });
});

test('a fixed window lets its requests through again when the next one begins', () => {
  const limit = { shape: 'window', windowSeconds: 10, toldWait: 'header' } as const;
  const { events, figures } = play({ requests: 25 }, limit, policyOf('backoff', options));
  assert.deepEqual(figures, { requested: 25, completed: 25, lost: 0, sent: 27, refused: 2, wasted: 2, seconds: 20 });
  assert.deepEqual(
    events.filter(({ what }) => what === 'waiting'),
    [
      { at: 0, item: 10, attempt: 1, what: 'waiting', until: 10 },
      { at: 10, item: 20, attempt: 1, what: 'waiting', until: 20 },
    ],
  );
});

test('the SDK’s two retries are over before a minute is', () => {
  const limit = { shape: 'window', requestsPerMinute: 3 } as const;
  const { figures } = play({ requests: 4 }, limit, policyOf('sdk', options));
  const { seconds, ...counts } = figures;
  assert.deepEqual(counts, { requested: 4, completed: 3, lost: 1, sent: 6, refused: 3, wasted: 3 });
  assert.ok(seconds >= 1.125 && seconds <= 1.5, String(seconds));
});

test('retries raised to cover a minute do', () => {
  const limit = { shape: 'window', requestsPerMinute: 3 } as const;
  for (let seed = 0; seed < 20; seed++) {
    const { figures } = play({ requests: 4 }, limit, policyOf('sdk-retries', options), seed);
    assert.equal(figures.completed, 4);
  }
});

test('a wait that only the message tells is followed by the repair, not by the SDK', () => {
  const limit = { shape: 'window', requestsPerMinute: 3, toldWait: 'message' } as const;
  const repaired = play({ requests: 4 }, limit, policyOf('backoff', options));
  assert.deepEqual([repaired.figures.refused, repaired.figures.seconds], [1, 60]);
  assert.equal(play({ requests: 4 }, limit, policyOf('sdk', options)).figures.lost, 1);
  const told = play({ requests: 4 }, { ...limit, toldWait: 'header' }, policyOf('sdk', options));
  assert.deepEqual([told.figures.refused, told.figures.seconds], [1, 60]);
});

test('a wait beyond the whole time is not waited for', () => {
  const limit = { shape: 'window', requestsPerMinute: 0.1, windowSeconds: 600, toldWait: 'header' } as const;
  const { figures } = play({ requests: 2 }, limit, policyOf('backoff', options));
  assert.deepEqual([figures.completed, figures.refused, figures.seconds], [1, 1, 0]);
});

test('a request beyond the whole limit is given up at once by the repair, and sent again by the SDK', () => {
  const limit = { tokensPerMinute: 1000 };
  assert.equal(play({ tokens: 1001 }, limit, policyOf('backoff', options)).figures.sent, 1);
  assert.equal(play({ tokens: 1001 }, limit, policyOf('sdk', options)).figures.sent, 3);
  assert.equal(play({ tokens: 1000 }, limit, none).figures.completed, 1);
});

test('tokens run out before requests do', () => {
  const { figures } = play({ tokens: 100 }, { tokensPerMinute: 1000 }, none);
  assert.equal(figures.completed, 10);
  const windows = play({ tokens: 300 }, { shape: 'window', tokensPerMinute: 1000 }, none);
  assert.equal(windows.figures.completed, 3);
});

test('an error costs the whole program, or only its request', () => {
  assert.equal(play({ onError: 'ends' }, {}, none).figures.sent, 61);
  const goesOn = play({ onError: 'goes-on' }, {}, none).figures;
  assert.deepEqual([goesOn.sent, goesOn.completed, goesOn.lost], [100, 60, 40]);
});

test('when the program ends, what was under way is lost too', () => {
  const { figures } = play({ requests: 62, workers: 62, answerSeconds: 1, refusalSeconds: 0.5 }, {}, none);
  assert.deepEqual([figures.completed, figures.lost, figures.wasted, figures.seconds], [0, 62, 62, 0.5]);
});

test('throttling bounds what runs at once', () => {
  const { events } = play({ workers: 50, answerSeconds: 1 }, {}, policyOf('both', options));
  let running = 0;
  for (const { what, attempt } of events) {
    if (what === 'sent' && attempt === 1) running++;
    if (what === 'done') running--;
    assert.ok(running <= 4);
  }
});

test('the same seed gives the same run, another one another', () => {
  const run = (seed: number) => play({ workers: 8 }, {}, policyOf('backoff', options), seed);
  assert.deepEqual(run(7), run(7));
  assert.notDeepEqual(run(7).events, run(8).events);
});

test('a timeline counts every event once', () => {
  const outcome = play({ requests: 90, workers: 5, answerSeconds: 0.3 }, {}, policyOf('both', options));
  const columns = timeline(outcome.events, 40);
  const sum = (kind: 'sent' | 'refused' | 'done' | 'lost') => columns.reduce((all, column) => all + column[kind], 0);
  const { sent, refused, completed, lost, seconds } = outcome.figures;
  assert.deepEqual(
    ['sent', 'refused', 'done', 'lost'].map((kind) => sum(kind as 'sent')),
    [sent, refused, completed, lost],
  );
  const waited = outcome.events.reduce((all, { at, until = at }) => all + Math.min(until, seconds) - at, 0);
  const shown = columns.reduce((all, { waiting, from, to }) => all + waiting * (to - from), 0);
  assert.ok(Math.abs(waited - shown) < 1e-6, `${waited} ${shown}`);
});

test('random numbers are spread evenly', () => {
  const random = randomFrom(3);
  const tenths = Array.from({ length: 10 }, () => 0);
  for (let n = 0; n < 100_000; n++) tenths[Math.floor(random() * 10)]!++;
  for (const share of tenths) assert.ok(Math.abs(share - 10_000) < 500, String(share));
});

test('an agenda gives what was planned in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (times) => {
      const agenda = createAgenda<number>();
      for (const [index, at] of times.entries()) agenda.plan(at, index);
      const got = [];
      for (let next = agenda.next(); next; next = agenda.next()) got.push(next.what);
      const expected = [...times.keys()].sort((a, b) => times[a]! - times[b]! || a - b);
      assert.deepEqual(got, expected);
    }),
  );
});

const simulations: fc.Arbitrary<Simulation> = fc.record({
  workload: fc.record({
    requests: fc.integer({ min: 1, max: 80 }),
    tokens: fc.integer({ min: 0, max: 500 }),
    workers: fc.integer({ min: 1, max: 100 }),
    answerSeconds: fc.double({ min: 0, max: 3, noNaN: true }),
    refusalSeconds: fc.double({ min: 0, max: 1, noNaN: true }),
    onError: fc.constantFrom('ends', 'goes-on'),
  }),
  limit: fc
    .record({
      shape: fc.constantFrom('bucket', 'window'),
      requestsPerMinute: fc.option(fc.integer({ min: 1, max: 200 }), { nil: undefined }),
      tokensPerMinute: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
      windowSeconds: fc.constantFrom(1, 10, 60, 7.5),
      toldWait: fc.constantFrom('none', 'message', 'header'),
    })
    .map((limit) => JSON.parse(JSON.stringify(limit)) as Limit),
  policy: fc.constantFrom(...policyNames).map((name) => policyOf(name, options)),
  seed: fc.nat(),
});

test('no request is lost from the books, and time never goes back', () => {
  fc.assert(
    fc.property(simulations, (simulation) => {
      const { events, figures } = simulate(simulation);
      assert.equal(figures.completed + figures.lost, figures.requested);
      assert.equal(figures.wasted, figures.sent - figures.completed);
      assert.ok(figures.refused <= figures.wasted);
      const ends = events.filter(({ what }) => what === 'done' || what === 'lost');
      assert.deepEqual(
        ends.map(({ item }) => item).sort((a, b) => a - b),
        [...Array(simulation.workload.requests).keys()],
      );
      for (const [index, { at }] of events.entries()) assert.ok(at >= (events[index - 1]?.at ?? 0));
    }),
    { numRuns: 400 },
  );
});

test('no span of time lets more through than the limit allows', () => {
  const gaps = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 5, noNaN: true })), { maxLength: 120 });
  fc.assert(
    fc.property(simulations, gaps, ({ limit, workload: { tokens } }, between) => {
      const gate = gateOf(limit, tokens);
      const most = capacity(limit);
      const passed: number[] = [];
      let at = 0;
      for (const gap of between) {
        at += gap;
        const refusal = gate.ask(at);
        if (!refusal) passed.push(at);
        else if (refusal.tooLarge) assert.ok(tokens > most.tokens);
        else assert.ok(refusal.wait > 0 && refusal.wait <= 60 * limit.windowSeconds, String(refusal.wait));
      }
      for (const [index, from] of passed.entries()) {
        for (const [offset, to] of passed.slice(index).entries()) {
          const allowed = allowance(limit, from, to);
          assert.ok(offset + 1 <= allowed.requests + 1e-6, `${offset + 1} of ${allowed.requests}`);
          assert.ok((offset + 1) * tokens <= allowed.tokens + 1e-3, `${(offset + 1) * tokens} of ${allowed.tokens}`);
        }
      }
    }),
    { numRuns: 500 },
  );
});

/** What a limit may let through between two moments, both included. */
function allowance(limit: Limit, from: number, to: number) {
  const most = capacity(limit);
  const window = (at: number) => Math.floor(at / limit.windowSeconds + 1e-9);
  const full = limit.shape === 'bucket' ? 1 : window(to) - window(from) + 1;
  const minutes = limit.shape === 'bucket' ? (to - from) / 60 : 0;
  return {
    requests: most.requests * full + (limit.requestsPerMinute ?? 0) * minutes,
    tokens: most.tokens * full + (limit.tokensPerMinute ?? 0) * minutes,
  };
}

test('who waits as long as a refusal says is let through', () => {
  fc.assert(
    fc.property(simulations, ({ limit, workload: { tokens } }) => {
      const gate = gateOf(limit, tokens);
      let at = 0;
      for (let n = 0; n < 300; n++) {
        const refusal = gate.ask(at);
        if (!refusal) continue;
        if (refusal.tooLarge) return;
        at += refusal.wait;
        assert.equal(gate.ask(at), undefined);
      }
    }),
  );
});
