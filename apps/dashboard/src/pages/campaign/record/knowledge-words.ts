import { numberText } from '../../../format/number.js';

interface Trust {
  readonly learned: string;
  readonly results: number;
  readonly correlation: number | null;
}

/** Below this what goes up elsewhere tells nothing about what goes up here. */
const unrelated = 0.05;

/** How the latest model takes results from elsewhere, in a few words. */
export function trustWords(trust: Trust | null): string {
  if (trust === null) return 'no model has seen it yet';
  const { learned, correlation } = trust;
  if (learned === 'alone') return 'left aside: own results are predicted better without it';
  if (learned === 'mean' || correlation === null) return 'where learning starts';
  if (Math.abs(correlation) < unrelated) return 'no say: it does not go with the own results';
  return `correlation ${numberText(correlation)} with the own results`;
}
