import type { Response } from '../knowledge/knowledge.js';

const { max } = Math;

/** How good each result is, larger is better: of a window, less far outside. */
export function worthOf({ data: { y }, window }: Response): Float64Array {
  return window === null ? y : y.map((value) => -max(window.low - value, value - window.high, 0));
}
