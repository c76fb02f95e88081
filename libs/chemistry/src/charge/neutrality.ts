import { exp } from '@ionloop/linalg';
import { amountsOf, type Amounts } from '../amounts.js';
import { parseFormula, type ElementAmount } from '../formula.js';
import { inElectronegativityOrder } from './electronegativity.js';
import { searchStates, type Budget, type Choice, type Leaf } from './search.js';
import { commonState, knownStates } from './states.js';

const { abs } = Math;

export interface AssignedState {
  readonly element: string;
  readonly amount: number;
  readonly state: number;
}

export interface ChargeAssignment {
  /** An element of mixed valence comes twice, with the amount in each state. */
  readonly states: readonly AssignedState[];
  /** What remains of the charge. */
  readonly charge: number;
  /** The product of the shares that the states have among all known compounds of their elements: 0 … 1. Of two states of one element the rarer counts, however little is in it. */
  readonly commonness: number;
  /** No element of positive state attracts electrons more than one of negative state. */
  readonly electronegativityOrder: boolean;
}

export interface ChargeNeutrality {
  readonly neutral: boolean;
  /** The first assignment has one element in two states; looked for only where one state each balances in no plausible order. */
  readonly mixedValence: boolean;
  /** Those that balance: in the order of electronegativity first, then the most common first. */
  readonly assignments: readonly ChargeAssignment[];
  /** The nearest to balance; the first of `assignments` where there are any. */
  readonly closest: ChargeAssignment;
  /** False where there were too many ways to look at all of them. */
  readonly complete: boolean;
}

export interface NeutralityOptions {
  /** The charge per atom that counts as none. */
  readonly tolerance?: number;
  readonly mixedValence?: boolean;
  /** How many assignments are returned. */
  readonly most?: number;
}

const defaultTolerance = 1e-6;
const largestSearch = 200_000;

/** Which of the known oxidation states of its elements make a formula neutral. */
export function chargeNeutrality(
  formula: string | Amounts,
  { tolerance = defaultTolerance, mixedValence = true, most = 10 }: NeutralityOptions = {},
): ChargeNeutrality {
  const amounts = typeof formula === 'string' ? parseFormula(formula) : amountsOf(formula);
  if (amounts.length === 0) throw new RangeError('there is nothing whose charge could balance');
  const within = allowed(amounts, tolerance);
  const budget: Budget = { left: largestSearch };
  const single = singleStates(amounts, within, budget);
  const balanced = single.filter(({ charge }) => abs(charge) <= within);
  const ordered = balanced.some(({ electronegativityOrder }) => electronegativityOrder);
  const mixed = !ordered && mixedValence ? mixedStates(amounts, within, budget) : [];
  const assignments = [...balanced, ...mixed].sort(byRank);
  const closest = assignments[0] ?? single.at(-1);
  if (closest === undefined) throw new RangeError('no assignment of states was found');
  return {
    neutral: assignments.length > 0,
    mixedValence: assignments[0] !== undefined && assignments[0].states.length > amounts.length,
    assignments: assignments.slice(0, most),
    closest,
    complete: budget.left > 0,
  };
}

/** The charge with each element in the state that is given for it, or in its most common one; linear in the amounts. */
export function chargeOf(amounts: Amounts, states: Readonly<Record<string, number>> = {}): number {
  return amountsOf(amounts).reduce(
    (charge, { element, amount }) =>
      charge + amount * (Object.hasOwn(states, element) ? (states[element] ?? NaN) : commonState(element)),
    0,
  );
}

/**
 * Whether the charges cancel within `tolerance` per atom: with the states given, or, where none are, with any known states of the elements (one an element).
 * Where there are too many ways to look at all of them, and none of those looked at balances, it throws a `NeutralityUnknownError`.
 */
export function neutral(
  amounts: Amounts,
  tolerance: number = defaultTolerance,
  states?: Readonly<Record<string, number>>,
): boolean {
  const list = amountsOf(amounts);
  const within = allowed(list, tolerance);
  if (states !== undefined) return abs(chargeOf(list, states)) <= within;
  if (list.length === 0) return true;
  const balanced: Leaf[] = [];
  const budget: Budget = { left: largestSearch };
  searchStates(list, { low: -within, high: within }, budget, (leaf) => {
    if (abs(leaf.charge) > within) return;
    balanced.push(leaf);
    budget.left = 0;
  });
  if (balanced.length > 0) return true;
  if (budget.left <= 0) throw new NeutralityUnknownError(list.map(({ element }) => element));
  return false;
}

/** The search ended before it could say yes or no. */
export class NeutralityUnknownError extends Error {
  constructor(readonly elements: readonly string[]) {
    super(
      `whether ${elements.join(', ')} can balance is not known: none of the first ${largestSearch} steps of the search did; give their states`,
    );
    this.name = 'NeutralityUnknownError';
  }
}

function allowed(amounts: readonly ElementAmount[], tolerance: number): number {
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) {
    throw new RangeError(`the tolerance is ${tolerance}; it must not be negative`);
  }
  return tolerance * amounts.reduce((sum, { amount }) => sum + amount, 0);
}

function singleStates(
  amounts: readonly ElementAmount[],
  within: number,
  budget: Budget,
): readonly ChargeAssignment[] {
  const leaves: Leaf[] = [];
  searchStates(amounts, { low: -within, high: within }, budget, (leaf) => leaves.push(leaf));
  return leaves.map(({ choices }) => assignment(amounts, choices));
}

/** One element in two neighbouring states, the others in one each. */
function mixedStates(
  amounts: readonly ElementAmount[],
  within: number,
  budget: Budget,
): readonly ChargeAssignment[] {
  return amounts.flatMap(({ element, amount }) => {
    const states = [...knownStates(element)].sort((a, b) => a.state - b.state);
    const others = amounts.filter((other) => other.element !== element);
    const [first] = states;
    const last = states.at(-1);
    if (first === undefined || last === undefined || states.length < 2 || others.length === 0) return [];
    const reach = { low: -last.state * amount - within, high: -first.state * amount + within };
    const found: ChargeAssignment[] = [];
    searchStates(others, reach, budget, ({ choices, charge }) => {
      const mean = -charge / amount;
      states.slice(1).forEach((upper, i) => {
        const lower = states[i];
        if (lower === undefined || !(lower.state < mean && mean < upper.state)) return;
        const share = (mean - lower.state) / (upper.state - lower.state);
        const [lowerCost, upperCost] = lower.cost > upper.cost ? [lower.cost, 0] : [0, upper.cost];
        const both = [
          { element, amount: amount * (1 - share), state: lower.state, cost: lowerCost },
          { element, amount: amount * share, state: upper.state, cost: upperCost },
        ];
        found.push(assignment(amounts, [...choices, ...both]));
      });
    });
    return found;
  });
}

function assignment(amounts: readonly ElementAmount[], choices: readonly Choice[]): ChargeAssignment {
  const states = amounts.flatMap(({ element }) => choices.filter((choice) => choice.element === element));
  return {
    states: states.map(({ element, amount, state }) => ({ element, amount, state })),
    charge: states.reduce((sum, { amount, state }) => sum + amount * state, 0),
    commonness: exp(-states.reduce((sum, { cost }) => sum + cost, 0)),
    electronegativityOrder: inElectronegativityOrder(states),
  };
}

const byRank = (a: ChargeAssignment, b: ChargeAssignment): number =>
  Number(b.electronegativityOrder) - Number(a.electronegativityOrder) || b.commonness - a.commonness;
