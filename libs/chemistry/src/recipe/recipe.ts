import { parseFormula } from '../formula.js';
import { amountsBesides } from './elementExcess.js';
import { molarMass } from './molarMass.js';
import { nonnegativeLeastSquares } from './nonnegative.js';
import { RecipeError } from './recipeError.js';
import { checkBatch, type Precursor, type Recipe } from './recipeTypes.js';
import { amountMap, weighedAmounts, weighingLine } from './weighing.js';

const { abs, max } = Math;

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
  /** What is weighed in of an element besides, as a part of what the target has: { Li: 0.1 } for 10 % more lithium. */
  readonly elementExcess?: Readonly<Record<string, number>>;
}

const commonVolatiles = ['CO2', 'NH3', 'H2O'];
/** Of an element's amount in the target, or of the largest amount where the target has none. */
const balanceTolerance = 1e-6;

/** Grams of each precursor, from the balance of the elements between precursors, target and gases. */
export function recipe(request: RecipeRequest): Recipe {
  const { target, batchGrams, precursors, volatiles = commonVolatiles, gases = [], stepGrams } = request;
  checkBatch(batchGrams, precursors, stepGrams);
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
  const carried = new Set([...volatiles, ...gases].flatMap((formula) => [...amountMap(formula).keys()]));
  const besides = amountsBesides(request.elementExcess ?? {}, parts, [...amounts], wanted, carried);
  const lines = precursors.map((precursor, i) => {
    const moles = (amounts[i] ?? NaN) * targetMoles;
    return weighingLine(precursor, moles, (besides[i] ?? 0) * targetMoles, stepGrams);
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
    weighed: weighedAmounts(precursors, lines, carried, targetMoles),
  };
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
