/**
 * Which state for each element makes the charges cancel? Depth first, the elements with the widest reach of charges first; a branch is left as soon as the
 * elements that remain can no longer bring it nearer to zero than what is wanted or already found.
 */
import type { ElementAmount } from '../formula.js';
import { knownStates, type OxidationState } from './states.js';

const { abs, max } = Math;

export interface Choice {
  readonly element: string;
  readonly amount: number;
  readonly state: number;
  readonly cost: number;
}

export interface Leaf {
  readonly choices: readonly Choice[];
  readonly charge: number;
}

export interface Budget {
  left: number;
}

interface Item extends ElementAmount {
  readonly states: readonly OxidationState[];
  /** Of this element and those after it. */
  readonly least: number;
  readonly most: number;
}

/** Calls `found` with every assignment whose charge is between `low` and `high`; where there is none, with ever nearer ones. */
export function searchStates(
  amounts: readonly ElementAmount[],
  { low, high }: { readonly low: number; readonly high: number },
  budget: Budget,
  found: (leaf: Leaf) => void,
): void {
  const items = ordered(amounts);
  const choices: Choice[] = [];
  let nearest = Infinity;
  const gap = (least: number, most: number): number => max(0, low - most, least - high);
  const visit = (depth: number, charge: number): void => {
    if (budget.left <= 0) return;
    budget.left -= 1;
    const item = items[depth];
    if (item === undefined) {
      nearest = gap(charge, charge);
      found({ choices: [...choices], charge });
      return;
    }
    if (gap(charge + item.least, charge + item.most) > nearest + 1e-12) return;
    for (const { state, cost } of item.states) {
      const next = charge + item.amount * state;
      const after = items[depth + 1];
      if (gap(next + (after?.least ?? 0), next + (after?.most ?? 0)) > nearest) continue;
      choices.push({ element: item.element, amount: item.amount, state, cost });
      visit(depth + 1, next);
      choices.pop();
    }
  };
  visit(0, 0);
}

function ordered(amounts: readonly ElementAmount[]): readonly Item[] {
  const items = amounts.map(({ element, amount }) => {
    const states = knownStates(element);
    const charges = states.map(({ state }) => state * amount);
    return { element, amount, states, least: Math.min(...charges), most: max(...charges) };
  });
  items.sort((a, b) => b.most - b.least - (a.most - a.least));
  let least = 0;
  let most = 0;
  const summed = [...items].reverse().map((item) => {
    least += item.least;
    most += item.most;
    return { ...item, least: least - 1e-12 * abs(least), most: most + 1e-12 * abs(most) };
  });
  return summed.reverse();
}
