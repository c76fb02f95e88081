import { InvalidArgumentError } from 'commander';
import { decimalNumber } from '../input/number.js';

/** What of the target is wanted: much, little, or what lies in a window. */
export type Goal = 'max' | 'min' | Window;

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** `max`, `min` or `window:from:to`. */
export function goalIn(text: string): Goal {
  if (text === 'max' || text === 'min') return text;
  const [word, from = Number.NaN, to = Number.NaN, ...more] = text
    .split(':')
    .map((part, i) => (i === 0 ? part : decimalNumber(part)));
  if (word !== 'window' || more.length > 0 || !(Number(from) <= Number(to))) {
    throw new InvalidArgumentError('It must be max, min, or window:a:b with numbers a ≤ b.');
  }
  return { from: Number(from), to: Number(to) };
}

/** How far a value is from what is wanted: larger is worse, and 0 anywhere in a window. */
export function shortfall(goal: Goal, value: number): number {
  if (goal === 'max') return -value;
  if (goal === 'min') return value;
  return Math.max(goal.from - value, value - goal.to, 0);
}

/** A value as people follow it: itself, or its distance from the window. */
export const followed = (goal: Goal, value: number): number =>
  typeof goal === 'string' ? value : shortfall(goal, value);
