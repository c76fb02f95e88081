/**
 * ε-insensitive support vector regression. The mean is that of all rows; its spread that of members fitted on rows drawn with replacement
 * (bootstrap bands), moved to the mean. A row drawn twice pulls twice: members differ in C alone and share one kernel matrix. A row's
 * left-out prediction comes from the members that did not draw it; what their errors have beyond the members' spread is the noise.
 */
import { dot, requireCount, selectRows, type Matrix, type Philox } from '@ionloop/linalg';
import type { LeftOut, SurrogateFactory, TrainingData } from '../contract.js';
import { ownData, plainCapabilities, standardisation, type Standardisation } from '../data.js';
import { onRowsThatCount } from '../ignoredRows.js';
import { leftOutOf } from '../leftOut.js';
import { requireAtLeastZero, requirePositive } from '../options.js';
import { noScaling, scaled, scalingOf } from '../scaling.js';
import {
  kernelMatrix,
  requireKernelSettings,
  type KernelSettings,
  type SupportVectorKernel,
} from './kernel.js';
import {
  momentsOf,
  SupportVector,
  supportVectorFrom,
  supportVectorKind,
  type Fitted,
  type Member,
} from './model.js';
import { solveDual } from './smo.js';

const { max } = Math;

export interface SupportVectorOptions {
  /** `rbf` where it is left out. */
  readonly kernel?: SupportVectorKernel;
  /** How hard a row outside the tube may pull, in units of y's spread; 10 where it is left out. */
  readonly C?: number;
  /** Half the width of the tube, in units of y's spread; 0.1 where it is left out. */
  readonly epsilon?: number;
  /** γ of the kernel, for standardised inputs; 1/d where it is left out. */
  readonly gamma?: number;
  /** c₀ of the polynomial; 1 where it is left out. */
  readonly offset?: number;
  /** Of the polynomial; 3 where it is left out. */
  readonly degree?: number;
  /** Models on rows drawn with replacement; 30 where it is left out. */
  readonly members?: number;
  /** Where the solver stops, in units of y's spread; 1e-3 where it is left out. */
  readonly tolerance?: number;
  /** Whether inputs and y are brought to variance 1; they are where it is left out, and where not C, ε and γ are in their units. */
  readonly standardise?: boolean;
}

const capabilities = { ...plainCapabilities, weights: true };

/** Takes inputs of any scale. */
export function supportVector(options: SupportVectorOptions = {}): SurrogateFactory {
  const { kernel = 'rbf', C = 10, epsilon = 0.1, gamma, offset = 1, degree = 3 } = options;
  const { members = 30, tolerance = 1e-3, standardise = true } = options;
  requirePositive('options.C', C);
  requireAtLeastZero('options.epsilon', epsilon);
  requirePositive('options.tolerance', tolerance);
  requireCount('options.members', members, 2);
  requireKernelSettings('options', { kernel, gamma: gamma ?? 1, offset, degree });
  return {
    kind: supportVectorKind,
    capabilities,
    fit: (data, rng) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const settings = { kernel, gamma: gamma ?? 1 / counting.X.cols, offset, degree };
        const fitted = fitMembers(counting, settings, { C, epsilon, members, tolerance, standardise }, rng);
        return { ...fitted, model: (leftOut) => new SupportVector({ ...fitted, leftOut }) };
      }),
    fromJSON: supportVectorFrom,
  };
}

function fitMembers(
  { X, y, weights }: TrainingData,
  settings: KernelSettings,
  options: Required<Pick<SupportVectorOptions, 'C' | 'epsilon' | 'members' | 'tolerance' | 'standardise'>>,
  rng: Philox,
): Fitted {
  const { C, epsilon, members, tolerance, standardise } = options;
  const scaling = standardise ? scalingOf(X, weights) : noScaling(X.cols);
  const units = standardise ? standardisation(y) : { centre: 0, spread: 1 };
  const Z = scaled(X, scaling);
  const z = y.map((value) => (value - units.centre) / units.spread);
  const K = kernelMatrix(Z, Z, settings);
  const solve = (counts: Float64Array): Member => {
    const pull = counts.map((count, i) => C * count * (weights?.[i] ?? 1));
    const { beta, intercept } = solveDual({ K, y: z, epsilon, C: pull, tolerance });
    return { beta: beta.map((value) => value + 0), intercept: intercept + 0 };
  };
  const main = solve(new Float64Array(y.length).fill(1));
  const bags = Array.from({ length: members }, (_, b) => bag(y.length, rng.split(`member ${b}`)));
  const drawn = bags.map(solve);
  const used = Array.from(y.keys()).filter((i) => [main, ...drawn].some(({ beta }) => beta[i] !== 0));
  const prune = ({ beta, intercept }: Member): Member => ({
    beta: Float64Array.from(used, (i) => beta[i]!),
    intercept,
  });
  return {
    settings,
    scaling,
    units: { centre: units.centre + 0, spread: units.spread },
    rows: selectRows(Z, used),
    main: prune(main),
    members: drawn.map(prune),
    ...outOfBag(K, y, units, bags, drawn),
  };
}

/** How often each of n rows is drawn (n), in n draws. */
function bag(n: number, rng: Philox): Float64Array {
  const counts = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const i = rng.integer(n);
    counts[i] = counts[i]! + 1;
  }
  return counts;
}

/** Where every member drew a row, the mean and spread of all of y. */
function outOfBag(
  K: Matrix,
  y: Float64Array,
  { centre, spread }: Standardisation,
  bags: readonly Float64Array[],
  members: readonly Member[],
): { noiseVariance: number; leftOut: LeftOut } {
  const n = y.length;
  const whole = standardisation(y);
  const beliefs = Array.from(y, (_, i) => {
    const values = members.flatMap(({ beta, intercept }, b) =>
      bags[b]![i] === 0 ? [centre + spread * (intercept + dot(beta, 0, K.data, i * n, n))] : [],
    );
    return values.length > 0 ? momentsOf(values) : undefined;
  });
  const beyond = beliefs.flatMap((belief, i) => {
    if (belief === undefined) return [];
    const error = y[i]! - belief.mean;
    return [error * error - belief.variance];
  });
  const surplus = beyond.reduce((sum, value) => sum + value, 0) / beyond.length;
  const noiseVariance = beyond.length > 0 ? max(surplus, 0) : whole.spread * whole.spread;
  return {
    noiseVariance,
    leftOut: leftOutOf(
      beliefs.map((belief) => belief?.mean ?? whole.centre),
      beliefs.map((belief) => (belief ? belief.variance + noiseVariance : whole.spread * whole.spread)),
      y,
    ),
  };
}
