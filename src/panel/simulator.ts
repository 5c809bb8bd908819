/** The simulator: sliders for limit and program, a chart of the run, its figures, and what each policy makes of it. */
import { durationInWords } from '../guide/durations.ts';
import type { Measurement } from '../guide/limits.ts';
import { measuredInWords } from '../render/limits-words.ts';
import { limitInWords, policyInWords } from '../render/simulation-text.ts';
import { limitShapes, toldWaits } from '../simulate/limit.ts';
import { type PolicyName, policyNames, policyOf } from '../simulate/policy.ts';
import { type Outcome, type Simulation, simulate } from '../simulate/simulate.ts';
import { usualLimit, usualWorkload } from '../simulate/usual.ts';
import { timelineChart } from './chart.ts';
import { choice, slider } from './controls.ts';
import { element } from './dom.ts';
import type { SimulatorChoices, SimulatorStart } from './protocol.ts';
import type { Translate } from './words.ts';

export interface Simulator {
  readonly element: HTMLElement;
  choices(): SimulatorChoices;
}

export interface SimulatorOptions {
  readonly start: SimulatorStart;
  /** As the user left it. */
  readonly kept: SimulatorChoices | undefined;
  readonly changed: () => void;
  readonly t: Translate;
}

/** More would make the sliders slow. */
const mostRequests = 2000;
const mostWorkers = 200;

export function simulator({ start, kept, changed, t }: SimulatorOptions): Simulator {
  const { situation, backoff, concurrency } = start;
  const titles = policyTitles(t);
  const now: { -readonly [K in keyof SimulatorChoices]: SimulatorChoices[K] } = { ...startingChoices(start), ...kept };
  const result = element('div', { class: 'result' });
  const told = element('p', { role: 'status' });

  const simulation = (policy: PolicyName): Simulation => ({
    workload: {
      ...usualWorkload,
      requests: now.requests,
      tokens: now.tokens,
      workers: now.workers,
      onError: situation.onError,
    },
    limit: {
      ...usualLimit,
      shape: among(limitShapes, now.shape),
      toldWait: among(toldWaits, now.toldWait),
      requestsPerMinute: now.rpm,
      tokensPerMinute: now.tpm * 1000,
    },
    policy: policyOf(policy, { sdk: situation.sdk, retries: situation.retries, backoff, concurrency }),
    seed: 1,
  });
  const play = () => {
    const chosen = among(policyNames, now.policy);
    const outcomes = new Map(policyNames.map((name) => [name, simulate(simulation(name))]));
    const outcome = outcomes.get(chosen)!;
    const { workload, limit, policy } = simulation(chosen);
    const { requested, completed, refused, seconds } = outcome.figures;
    told.textContent = t(
      'Over {0}: {1} of {2} completed, {3} refused.',
      durationInWords(seconds),
      completed,
      requested,
      refused,
    );
    result.replaceChildren(
      element('p', { lang: 'en' }, `${limitInWords(limit)} ${policyInWords(policy, workload)}`),
      timelineChart(outcome, t),
      table(outcomes, chosen, titles, t),
    );
  };
  let frame = 0;
  const set = (values: Partial<SimulatorChoices>) => {
    Object.assign(now, values);
    // A slider that is drawn moves more often than the screen.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      play();
      changed();
    });
  };
  const controls = element(
    'div',
    { class: 'controls' },
    choice({
      label: t('Policy'),
      options: policyNames.map((name) => [name, titles[name]]),
      value: now.policy,
      set: (policy) => set({ policy }),
    }),
    slider({
      label: t('Requests'),
      min: 1,
      max: mostRequests,
      step: 1,
      value: now.requests,
      set: (requests) => set({ requests }),
    }),
    slider({
      label: t('At once (workers)'),
      min: 1,
      max: mostWorkers,
      step: 1,
      value: now.workers,
      set: (workers) => set({ workers }),
    }),
    slider({
      label: t('Tokens a request'),
      min: 0,
      max: 20_000,
      step: 100,
      value: now.tokens,
      set: (tokens) => set({ tokens }),
    }),
    slider({
      label: t('Limit: requests a minute'),
      min: 1,
      max: Math.max(5000, now.rpm),
      step: 1,
      value: now.rpm,
      set: (rpm) => set({ rpm }),
    }),
    slider({
      label: t('Limit: thousand tokens a minute'),
      min: 1,
      max: Math.max(1000, now.tpm),
      step: 1,
      value: now.tpm,
      set: (tpm) => set({ tpm }),
    }),
    choice({
      label: t('How it counts'),
      options: [
        ['bucket', t('Fills all the time')],
        ['window', t('Anew each minute')],
      ],
      value: now.shape,
      set: (shape) => set({ shape }),
    }),
    choice({
      label: t('A refusal tells the wait'),
      options: [
        ['none', t('nowhere')],
        ['message', t('in its message')],
        ['header', t('in retry-after')],
      ],
      value: now.toldWait,
      set: (toldWait) => set({ toldWait }),
    }),
  );
  play();
  return {
    element: element('div', { class: 'simulator' }, element('p', {}, startInWords(start, t)), controls, told, result),
    choices: () => now,
  };
}

function startingChoices({ situation, measured }: SimulatorStart): SimulatorChoices {
  const { requestsPerMinute = 500, tokensPerMinute = 30_000 } = { ...usualLimit, ...(measured && byMinute(measured)) };
  const requests = Math.min(mostRequests, situation.requests ?? 200);
  return {
    policy: situation.policy ?? 'sdk',
    requests,
    workers: situation.start === 'all at once' ? Math.min(requests, mostWorkers) : 1,
    tokens: usualWorkload.tokens,
    rpm: requestsPerMinute,
    tpm: Math.max(1, Math.round(tokensPerMinute / 1000)),
    shape: usualLimit.shape,
    toldWait: usualLimit.toldWait,
  };
}

function byMinute({ limits: { requests, tokens } }: Measurement) {
  return {
    ...(requests?.window === 'minute' && { requestsPerMinute: requests.limit }),
    ...(tokens?.window === 'minute' && { tokensPerMinute: tokens.limit }),
  };
}

/** What is taken from the call and from measured limits, and what is only supposed. */
function startInWords({ situation, measured }: SimulatorStart, t: Translate): string {
  const { requests, retries, start } = situation;
  const often =
    requests === undefined
      ? t('How often the request is sent the code does not say; the sliders begin at 200.')
      : t('The code sends the request {0} times.', requests);
  const how = start === 'all at once' ? t('All start at once.') : t('They are sent one after the other.');
  const again = retries === 0 ? t('The SDK sends no 429 again.') : t('The SDK sends a 429 again {0} times.', retries);
  const limits = measured ? t('The limits are those measured for {0}.', measuredInWords(measured)) : '';
  return `${often} ${how} ${again} ${limits}`.trimEnd();
}

function policyTitles(t: Translate): Readonly<Record<PolicyName, string>> {
  return {
    none: t('No retries'),
    sdk: t('The SDK as it is set'),
    'sdk-retries': t('SDK retries raised'),
    backoff: t('Backoff'),
    throttle: t('Fewer at once'),
    both: t('Backoff, fewer at once'),
  };
}

/** What a page has kept may be of an older version. */
function among<T extends string>(known: readonly T[], value: string): T {
  return known.find((one) => one === value) ?? known[0]!;
}

function table(
  outcomes: ReadonlyMap<PolicyName, Outcome>,
  chosen: PolicyName,
  titles: Readonly<Record<PolicyName, string>>,
  t: Translate,
): HTMLElement {
  const head = [t('Policy'), t('Completed'), t('Lost'), t('429s'), t('Wasted'), t('Time')].map((text) =>
    element('th', { scope: 'col' }, text),
  );
  const rows = [...outcomes].map(
    ([
      name,
      {
        figures: { completed, lost, refused, wasted, seconds },
      },
    ]) =>
      element(
        'tr',
        { 'aria-current': name === chosen && 'true' },
        element('th', { scope: 'row' }, titles[name]),
        ...[completed, lost, refused, wasted].map((value) => element('td', {}, String(value))),
        element('td', {}, durationInWords(seconds)),
      ),
  );
  const title = t('What each policy makes of the same work');
  const made = element(
    'table',
    {},
    element('caption', {}, title),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
  // A narrow column scrolls it, with the keyboard too.
  return element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': title }, made);
}
