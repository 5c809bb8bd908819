/** A simulation for the terminal: a chart over time, its figures, and what other policies make of the same work. */
import { durationInWords } from '../guide/durations.ts';
import { capacity, type Limit } from '../simulate/limit.ts';
import type { Policy, Retry } from '../simulate/policy.ts';
import type { Figures, Outcome, Simulation, Workload } from '../simulate/simulate.ts';
import { type Column, timeline } from '../simulate/timeline.ts';
import type { Paint, Style } from './paint.ts';
import { count } from './report.ts';

/** One policy's figures for the table of comparison. */
export interface Compared {
  readonly name: string;
  readonly figures: Figures;
}

/** Fits 80 columns. */
export function simulationText(
  { workload, limit, policy }: Simulation,
  { events, figures }: Outcome,
  others: readonly Compared[],
  paint: Paint,
): string {
  const lines = [
    ...wrapped(`${sentence(workloadInWords(workload, limit))}. ${limitInWords(limit)}`),
    ...wrapped(policyInWords(policy, workload)),
    '',
    ...chart(timeline(events, chartWidth), paint),
    '',
    ...figureLines(figures, paint),
    '',
    ...table(others, paint),
  ];
  return `${lines.join('\n')}\n`;
}

function workloadInWords({ requests, tokens, workers }: Workload, { tokensPerMinute }: Limit): string {
  const size = tokensPerMinute === undefined ? '' : ` of ${count(tokens, 'token')}`;
  return `${count(requests, 'request')}${size}, ${workers === 1 ? 'one after the other' : `${workers} at once`}`;
}

export function limitInWords(limit: Limit): string {
  const { requestsPerMinute, tokensPerMinute, windowSeconds, shape, toldWait } = limit;
  const most = capacity(limit);
  const amounts = (requests: number | undefined, tokens: number | undefined) =>
    [
      ...(requests === undefined ? [] : [count(requests, 'request')]),
      ...(tokens === undefined ? [] : [count(tokens, 'token')]),
    ].join(' and ');
  const minute = amounts(requestsPerMinute, tokensPerMinute);
  if (minute === '') return 'There is no limit.';
  const held = amounts(
    requestsPerMinute === undefined ? undefined : most.requests,
    tokensPerMinute === undefined ? undefined : most.tokens,
  );
  const form =
    shape === 'window'
      ? `${held} in each window of ${durationInWords(windowSeconds)}`
      : `${minute} a minute, ${windowSeconds === 60 ? 'filling all the time' : `at most ${held} at a time`}`;
  const told = {
    none: 'Refusals don’t say how long to wait.',
    message: 'Refusals say in their message how long to wait.',
    header: 'Refusals say in retry-after how long to wait.',
  }[toldWait];
  return `The limit: ${form}. ${told}`;
}

export function policyInWords({ retry, concurrency }: Policy, { onError }: Workload): string {
  const bound = concurrency === undefined ? '' : ` At most ${concurrency} at once.`;
  const end =
    onError === 'ends' ? 'An error that comes out ends the program.' : 'An error that comes out loses that request.';
  return `${retryInWords(retry)}${bound} ${end}`;
}

function retryInWords(retry: Retry): string {
  switch (retry.k) {
    case 'none':
      return 'Nothing sends a refused request again.';
    case 'sdk':
      return `The SDK sends a refused request again ${retry.retries === 1 ? 'once' : `${retry.retries} times`}.`;
    case 'backoff':
      return `Backoff with full jitter: at most ${retry.maxAttempts} attempts within ${durationInWords(retry.maxTotalSeconds)}.`;
  }
}

const chartWidth = 60;
const blocks = '▁▂▃▄▅▆▇█';

const rows = [
  ['sent', 'blue'],
  ['refused', 'red'],
  ['waiting', 'yellow'],
  ['done', 'green'],
  ['lost', 'red'],
] as const satisfies readonly (readonly [keyof Column, Style])[];

function chart(columns: readonly Column[], paint: Paint): readonly string[] {
  const end = columns.at(-1)!.to;
  const most = (kind: keyof Column) => Math.max(...columns.map((column) => column[kind]));
  const lines = rows.map(([kind, style]) => {
    const peak = most(kind);
    const bars = columns.map((column) => bar(column[kind], peak)).join('');
    return `${kind.padEnd(8)} ${paint(bars, style)} ${peak === 0 ? '' : Math.round(peak * 10) / 10}`.trimEnd();
  });
  const ticks = [0, end / 2, end].map((seconds) => durationInWords(seconds));
  const [first = '', middle = '', last = ''] = [ticks[0] === '0 ms' ? '0' : ticks[0], ...ticks.slice(1)];
  const left = first.padEnd(chartWidth / 2 - Math.floor(middle.length / 2)) + middle;
  return [...lines, `${' '.repeat(9)}${left.padEnd(chartWidth - last.length)}${last}`];
}

function bar(value: number, peak: number): string {
  if (value <= 0) return ' ';
  return blocks[Math.max(0, Math.ceil((value / peak) * blocks.length) - 1)]!;
}

function figureLines({ completed, requested, lost, refused, wasted, seconds }: Figures, paint: Paint): string[] {
  const lostText = `${lost} lost`;
  return [
    `${completed} of ${requested} completed, ${lost > 0 ? paint(lostText, 'red') : lostText}; ` +
      `${refused} refused (429), ${count(wasted, 'request')} wasted; ${timeInWords(seconds)}`,
  ];
}

function table(compared: readonly Compared[], paint: Paint): readonly string[] {
  const head = ['policy', 'completed', 'lost', 'refused', 'wasted', 'time'];
  const body = compared.map(({ name, figures: { completed, lost, refused, wasted, seconds } }) => [
    name,
    ...[completed, lost, refused, wasted].map(String),
    timeInWords(seconds),
  ]);
  const line = ([name = '', ...cells]: readonly string[]) =>
    name.padEnd(12) + cells.map((cell) => cell.padStart(12)).join('');
  return [paint(line(head), 'bold'), ...body.map(line)];
}

function timeInWords(seconds: number): string {
  return seconds === 0 ? '0 s' : durationInWords(seconds);
}

/** The sentences over as many lines of 80 columns as they need. */
export function wrapped(text: string): readonly string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > 80) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
