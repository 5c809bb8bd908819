/** The simulator's controls: a slider with its value beside it, and a list to choose from. */
import { element } from './dom.ts';

export function slider({
  label,
  min,
  max,
  step,
  value,
  set,
}: {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly set: (to: number) => void;
}): HTMLElement {
  const output = element('output', {}, String(value));
  // The value in the output is no part of the name.
  const input = element('input', { type: 'range', min, max, step, value, 'aria-label': label });
  input.addEventListener('input', () => {
    output.textContent = input.value;
    set(Number(input.value));
  });
  return element('label', {}, element('span', {}, label), input, output);
}

export function choice({
  label,
  options,
  value,
  set,
}: {
  readonly label: string;
  readonly options: readonly (readonly [string, string])[];
  readonly value: string;
  readonly set: (to: string) => void;
}): HTMLElement {
  const list = options.map(([each, text]) => element('option', { value: each, selected: each === value }, text));
  const select = element('select', { 'aria-label': label }, ...list);
  select.addEventListener('change', () => set(select.value));
  return element('label', {}, element('span', {}, label), select);
}
