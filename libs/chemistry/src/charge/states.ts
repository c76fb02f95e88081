import { log } from '@ionloop/linalg';
import { oxidationStateTable } from './oxidationStates.js';

export interface OxidationState {
  readonly state: number;
  /** How much of the element is found in this state, in crystal structures: 0 … 1. */
  readonly share: number;
  /** −ln share. */
  readonly cost: number;
}

/** For each element its known oxidation states, the most common first; none for most noble gases. */
export const oxidationStates: ReadonlyMap<string, readonly OxidationState[]> = new Map(
  oxidationStateTable
    .trim()
    .split('\n')
    .map((line) => {
      const [symbol = '', ...cells] = line.trim().split(' ');
      const counted = cells.map((cell) => cell.split(':').map(Number));
      const total = counted.reduce((sum, [, reports = NaN]) => sum + reports, 0);
      const states = counted.map(([state = NaN, reports = NaN]) => ({
        state,
        share: reports / total,
        cost: -log(reports / total),
      }));
      return [symbol, states];
    }),
);

export function knownStates(element: string): readonly OxidationState[] {
  const states = oxidationStates.get(element);
  if (states === undefined) throw new RangeError(`there is no element "${element}"`);
  if (states.length === 0) throw new RangeError(`no oxidation state is known of ${element}`);
  return states;
}

export function commonState(element: string): number {
  return knownStates(element)[0]?.state ?? NaN;
}
