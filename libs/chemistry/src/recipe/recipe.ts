import { parseFormula, type ElementAmount } from '../formula.js';
import { molarMass } from '../recipe.js';
import { nonnegativeLeastSquares } from './nonnegative.js';
import { RecipeError } from './recipeError.js';

const { abs, max, round } = Math;

export interface Precursor {
  /** A hydrate with its water written out: LiOH(H2O). */
  readonly formula: string;
  /** The part of what is weighed that is the precursor: 0 … 1. */
  readonly purity?: number;
  /** What is weighed in besides, for what evaporates: 0.1 for 10 %. */
  readonly excess?: number;
}

export interface RecipeRequest {
  /** What remains after heating, such as Li7La3Zr2O12. */
  readonly target: string;
  /** Grams of the target. */
  readonly batchGrams: number;
  readonly precursors: readonly Precursor[];
  /** What may leave on heating; CO2, NH3 and H2O unless others are given. */
  readonly volatiles?: readonly string[];
  /** What may be taken up from the air on heating; nothing unless given. */
  readonly gases?: readonly string[];
  /** The smallest step of the dispenser in grams; none unless given. */
  readonly stepGrams?: number;
}

export interface RecipeLine {
  readonly precursor: string;
  /** Of the precursor itself, for the batch, without excess. */
  readonly moles: number;
  /** To be weighed in: with excess, purity and the dispenser's step. */
  readonly grams: number;
}

export interface Recipe {
  readonly lines: readonly RecipeLine[];
  /** Moles of each gas that leaves (positive) or is taken up (negative). */
  readonly released: Readonly<Record<string, number>>;
  /** Moles of each element in the product where the excess has evaporated, and how much the target has. */
  readonly balance: readonly { readonly element: string; readonly made: number; readonly wanted: number }[];
  /** What the weighed grams really hold of the elements that no gas carries, per formula unit of the target, excess included. */
  readonly weighed: readonly ElementAmount[];
}

const commonVolatiles = ['CO2', 'NH3', 'H2O'];
/** Of an element's amount in the target, or of the largest amount where the target has none. */
const balanceTolerance = 1e-6;

/** Grams of each precursor, from the balance of the elements between precursors, target and gases. */
export function recipe(request: RecipeRequest): Recipe {
  check(request);
  const { target, batchGrams, precursors, volatiles = commonVolatiles, gases = [], stepGrams } = request;
  const wanted = new Map(parseFormula(target).map(({ element, amount }) => [element, amount]));
  const parts = precursors.map(({ formula }) => amountMap(formula));
  const columns = [
    ...parts,
    ...volatiles.map((formula) => amountMap(formula, -1)),
    ...gases.map((formula) => amountMap(formula)),
  ];
  const names = [...new Set([...wanted.keys(), ...parts.flatMap((part) => [...part.keys()])])];
  const usable = columns.map((column) =>
    [...column.keys()].every((name) => names.includes(name)) ? column : new Map<string, number>(),
  );
  const rows = names.map((name) => usable.map((column) => column.get(name) ?? 0));
  const amounts = nonnegativeLeastSquares(
    rows,
    names.map((name) => wanted.get(name) ?? 0),
  );
  const made = names.map((_, i) => amounts.reduce((sum, amount, j) => sum + amount * (rows[i]?.[j] ?? 0), 0));
  const balance = names.map((element, i) => ({
    element,
    made: made[i] ?? NaN,
    wanted: wanted.get(element) ?? 0,
  }));
  refuseImbalance(target, balance, wanted, parts);
  const targetMoles = batchGrams / molarMass(target);
  const lines = precursors.map(({ formula, purity = 1, excess = 0 }, i) => {
    const moles = (amounts[i] ?? NaN) * targetMoles;
    const exact = (moles * molarMass(formula) * (1 + excess)) / purity;
    return { precursor: formula, moles, grams: rounded(exact, stepGrams) };
  });
  const released = [...volatiles, ...gases].map((formula, k) => {
    const amount = (amounts[precursors.length + k] ?? NaN) * targetMoles;
    return [formula, k < volatiles.length ? amount : -amount] as const;
  });
  return {
    lines,
    released: Object.fromEntries(released.filter(([, moles]) => moles !== 0)),
    balance: balance.map((row) => ({
      ...row,
      made: row.made * targetMoles,
      wanted: row.wanted * targetMoles,
    })),
    weighed: weighedAmounts(precursors, parts, lines, [...volatiles, ...gases], targetMoles),
  };
}

function check({ batchGrams, precursors, stepGrams }: RecipeRequest): void {
  const refuse = (problem: string): never => {
    throw new RecipeError('INVALID', problem, []);
  };
  if (!(Number.isFinite(batchGrams) && batchGrams > 0)) {
    refuse(`a batch of ${batchGrams} g cannot be weighed; it must be positive`);
  }
  if (precursors.length === 0) refuse('there are no precursors');
  if (stepGrams !== undefined && !(Number.isFinite(stepGrams) && stepGrams > 0)) {
    refuse(`the dispenser's step is ${stepGrams} g; it must be positive`);
  }
  for (const { formula, purity = 1, excess = 0 } of precursors) {
    if (!(purity > 0 && purity <= 1))
      refuse(`the purity of ${formula} is ${purity}; it must be above 0 and at most 1`);
    if (!(excess >= 0 && Number.isFinite(excess)))
      refuse(`the excess of ${formula} is ${excess}; it must not be negative`);
  }
}

function refuseImbalance(
  target: string,
  balance: readonly { readonly element: string; readonly made: number; readonly wanted: number }[],
  wanted: ReadonlyMap<string, number>,
  parts: readonly ReadonlyMap<string, number>[],
): void {
  const scale = max(...wanted.values());
  const off = balance.filter((row) => abs(row.made - row.wanted) > balanceTolerance * (row.wanted || scale));
  if (off.length === 0) return;
  const absent = off.filter(({ element }) => wanted.has(element) && !parts.some((part) => part.has(element)));
  const named = (absent.length > 0 ? absent : off).map(({ element, made, wanted: want }) =>
    made < want
      ? `${element} is missing (${decimals(made)} of ${decimals(want)})`
      : `${element} is left over (${decimals(made)} for ${decimals(want)})`,
  );
  throw new RecipeError(
    'UNREACHABLE',
    `the precursors cannot make ${target}: ${named.join(', ')}`,
    off.map(({ element }) => element),
  );
}

const decimals = (value: number): string => String(Number(value.toPrecision(4)));

function amountMap(formula: string, sign = 1): ReadonlyMap<string, number> {
  return new Map(parseFormula(formula).map(({ element, amount }) => [element, sign * amount]));
}

const rounded = (grams: number, step: number | undefined): number =>
  step === undefined ? grams : Number((round(grams / step) * step).toPrecision(12));

function weighedAmounts(
  precursors: readonly Precursor[],
  parts: readonly ReadonlyMap<string, number>[],
  lines: readonly RecipeLine[],
  gaseous: readonly string[],
  targetMoles: number,
): readonly ElementAmount[] {
  const sums = new Map<string, number>();
  const add = (part: ReadonlyMap<string, number>, times: number): void => {
    for (const [element, amount] of part) sums.set(element, (sums.get(element) ?? 0) + amount * times);
  };
  precursors.forEach(({ formula, purity = 1 }, i) => {
    const moles = ((lines[i]?.grams ?? NaN) * purity) / molarMass(formula);
    add(parts[i] ?? new Map<string, number>(), moles / targetMoles);
  });
  const carried = new Set(gaseous.flatMap((formula) => [...amountMap(formula).keys()]));
  return [...sums]
    .map(([element, amount]) => ({ element, amount }))
    .filter(({ element }) => !carried.has(element));
}
