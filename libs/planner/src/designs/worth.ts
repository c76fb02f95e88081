import type { Response } from '../knowledge/knowledge.js';

const { max } = Math;

/** How good each result is, larger is better. */
export const worthOf = ({ data: { y }, window }: Response): Float64Array => worthIn(window, y);

/** Of a window, less far outside. */
export const worthIn = (window: Response['window'], y: Float64Array): Float64Array =>
  window === null ? y : y.map((value) => -max(window.low - value, value - window.high, 0));
