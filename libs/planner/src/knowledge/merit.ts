import type { Interval } from '@ionloop/acquisition';

/** How good a value is on the models' scale, the larger the better: itself, or, where it is wanted in a window, how little it lies outside. */
export const meritOf = (value: number, window: Interval | null): number =>
  window === null ? value : 0 - Math.max(window.low - value, value - window.high, 0);
