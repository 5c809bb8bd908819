/** The simulator: sliders for limit and program, a chart of the run, and what each policy makes of it. */
import { durationInWords } from '../guide/durations.ts';
import { limitInWords, policyInWords } from '../render/simulation-text.ts';
import type { Limit } from '../simulate/limit.ts';
import { type PolicyName, policyNames, policyOf } from '../simulate/policy.ts';
import { type Outcome, type Simulation, simulate } from '../simulate/simulate.ts';
import { usualLimit, usualWorkload } from '../simulate/usual.ts';
import { timelineChart } from './chart.ts';
import { element } from './dom.ts';
import type { SimulatorStart } from './protocol.ts';

const titles: Readonly<Record<PolicyName, string>> = {
  none: 'No retries',
  sdk: 'The SDK as it is set',
  'sdk-retries': 'SDK retries raised',
  backoff: 'Backoff',
  throttle: 'Fewer at once',
  both: 'Backoff, fewer at once',
};

/** More would make the sliders slow. */
const mostRequests = 2000;

export function simulator({ situation, backoff, concurrency }: SimulatorStart): HTMLElement {
  const requests = Math.min(mostRequests, situation.requests ?? 200);
  const workers = situation.start === 'all at once' ? Math.min(requests, 200) : 1;
  const values = { requests, workers, rpm: 500, tpm: 30, tokens: usualWorkload.tokens };
  let chosen: PolicyName = situation.policy ?? 'sdk';
  let shape: Limit['shape'] = usualLimit.shape;
  let toldWait: Limit['toldWait'] = usualLimit.toldWait;
  const result = element('div', { class: 'result' });

  const simulation = (policy: PolicyName): Simulation => ({
    workload: {
      ...usualWorkload,
      requests: values.requests,
      tokens: values.tokens,
      workers: values.workers,
      onError: situation.onError,
    },
    limit: { ...usualLimit, shape, toldWait, requestsPerMinute: values.rpm, tokensPerMinute: values.tpm * 1000 },
    policy: policyOf(policy, { sdk: situation.sdk, retries: situation.retries, backoff, concurrency }),
    seed: 1,
  });
  const play = () => {
    const outcomes = new Map(policyNames.map((name) => [name, simulate(simulation(name))]));
    const { workload, limit, policy } = simulation(chosen);
    result.replaceChildren(
      element('p', {}, `${limitInWords(limit)} ${policyInWords(policy, workload)}`),
      timelineChart(outcomes.get(chosen)!),
      table(outcomes, chosen),
    );
  };
  const slider = (name: keyof typeof values, label: string, min: number, max: number, step: number) => {
    const output = element('output', {}, String(values[name]));
    // The value in the output is no part of the name.
    const input = element('input', { type: 'range', min, max, step, value: values[name], 'aria-label': label });
    input.addEventListener('input', () => {
      values[name] = Number(input.value);
      output.textContent = input.value;
      play();
    });
    return element('label', {}, element('span', {}, label), input, output);
  };
  const choice = <T extends string>(
    label: string,
    options: readonly (readonly [T, string])[],
    now: T,
    set: (to: T) => void,
  ) => {
    const list = options.map(([value, text]) => element('option', { value, selected: value === now }, text));
    const select = element('select', { 'aria-label': label }, ...list);
    select.addEventListener('change', () => {
      set(select.value as T);
      play();
    });
    return element('label', {}, element('span', {}, label), select);
  };
  const controls = element(
    'div',
    { class: 'controls' },
    choice(
      'Policy',
      policyNames.map((name) => [name, titles[name]] as const),
      chosen,
      (to) => {
        chosen = to;
      },
    ),
    slider('requests', 'Requests', 1, mostRequests, 1),
    slider('workers', 'At once', 1, 200, 1),
    slider('tokens', 'Tokens a request', 0, 20_000, 100),
    slider('rpm', 'Limit: requests a minute', 1, 5000, 1),
    slider('tpm', 'Limit: thousand tokens a minute', 1, 1000, 1),
    choice(
      'How it counts',
      [
        ['bucket', 'Fills all the time'],
        ['window', 'Anew each minute'],
      ] as const,
      shape,
      (to) => {
        shape = to;
      },
    ),
    choice(
      'A refusal tells the wait',
      [
        ['none', 'nowhere'],
        ['message', 'in its message'],
        ['header', 'in retry-after'],
      ] as const,
      toldWait,
      (to) => {
        toldWait = to;
      },
    ),
  );
  play();
  return element('div', { class: 'simulator' }, controls, result);
}

function table(outcomes: ReadonlyMap<PolicyName, Outcome>, chosen: PolicyName): HTMLElement {
  const head = ['Policy', 'Completed', 'Lost', '429s', 'Wasted', 'Time'].map((text) =>
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
  return element(
    'table',
    {},
    element('caption', {}, 'What each policy makes of the same work'),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}
