import { invalidInput, type MixtureSpec, type PointValue, shown } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import { lattice, type Lattice } from './lattice.js';
import type { Part } from './part.js';
import { sparseLattice } from './sparseLattice.js';
import { movedSparsely } from './sparseMoves.js';
import { fieldsOf, requireDistinct } from './read.js';

/** How far from one the fractions may sum, and from a step a fraction may lie: rounding, not intent. */
const tolerance = 1e-9;
/** The finest dispenser, and the steps in which proposals are made where none is named. */
const finestSteps = 10_000;

export interface Bounds {
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

export function mixturePart(spec: MixtureSpec, field: string): Part {
  const bounds = boundsOf(spec, field);
  const steps = stepsOf(spec, field);
  const recipes = recipesOf(spec, bounds, steps ?? finestSteps, field);
  const names = bounds.map(({ name }) => name);
  const reachable = narrow(bounds);

  const fractionsOf = (value: PointValue): readonly number[] =>
    names.map((name) => (typeof value === 'object' ? (value[name] ?? 0) : NaN));
  const mixture = (counts: readonly number[]): PointValue =>
    Object.fromEntries(names.map((name, i) => [name, (counts[i] ?? 0) / recipes.n]));

  return {
    name: spec.name,
    columns: names,
    blocks: [{ kind: 'composition', width: names.length }],
    size: steps === null ? null : recipes.count,
    uniforms: names.length - 1,
    check(value, at) {
      const fields = fieldsOf(value, at, names);
      const fractions: number[] = [];
      let sum = 0;
      for (const bound of bounds) {
        const fraction = fractionAt(fields[bound.name], bound, at);
        fractions.push(fraction);
        sum += fraction;
      }
      if (Math.abs(sum - 1) > tolerance) {
        throw invalidInput(at, `${spec.name}: the fractions sum to ${tidy(sum)}; they must sum to 1`);
      }
      if (isSparse(spec)) checkSparse(spec, names, fractions, at);
      if (steps === null) {
        const checked: Record<string, number> = {};
        for (let i = 0; i < names.length; i += 1) checked[names[i] as string] = fractions[i] ?? 0;
        return checked;
      }
      fractions.forEach((fraction, i) => {
        if (Math.abs(fraction * steps - Math.round(fraction * steps)) > tolerance * steps) {
          throw invalidInput(
            `${at}.${names[i] ?? ''}`,
            `${names[i] ?? ''} is ${fraction}; the dispenser works in steps of ${tidy(1 / steps)}`,
          );
        }
      });
      return mixture(fractions.map((fraction) => Math.round(fraction * steps)));
    },
    encode: (value) =>
      fractionsOf(value).map((fraction, i) => {
        const { min, max } = reachable[i] ?? { min: 0, max: 1 };
        return max > min ? Math.min(1, Math.max(0, (fraction - min) / (max - min))) : 0.5;
      }),
    sees: (value) =>
      fractionsOf(value).every((fraction, i) => {
        const { min, max } = reachable[i] ?? { min: 0, max: 1 };
        return fraction >= min - tolerance && fraction <= max + tolerance;
      }),
    draw: (uniforms) => mixture(recipes.draw(uniforms)),
    enumerate: () => (steps === null ? [] : recipes.enumerate().map(mixture)),
    step(value, reach, rng) {
      const counts = recipes.nearest(fractionsOf(value));
      return mixture(
        isSparse(spec) ? movedSparsely(recipes, counts, reach, rng) : moved(recipes, counts, reach, rng),
      );
    },
    key(value) {
      let text = '';
      for (let i = 0; i < names.length; i += 1) {
        const fraction = typeof value === 'object' ? (value[names[i] as string] ?? 0) : NaN;
        text += `${i === 0 ? '' : ':'}${tidyText(fraction)}`;
      }
      return text;
    },
    relaxed: {
      axes: names.map((component, i) => ({
        component,
        min: Math.max(reachable[i]?.min ?? 0, 0),
        max: reachable[i]?.max ?? 1,
        grid: 1 / recipes.n,
        logarithmic: false,
      })),
      settle: (fractions) => mixture(recipes.nearest(fractions)),
      ...(steps === null ? { exact: (fractions) => wholeOf(names, fractions) } : {}),
      ...(isSparse(spec) ? { support: (value) => fractionsOf(value).map((fraction) => fraction > 0) } : {}),
    },
    describe: (value) =>
      fractionsOf(value)
        .flatMap((fraction, i) => (fraction > 0 ? [`${names[i] ?? ''} ${percent(fraction)} %`] : []))
        .join(' · '),
  };
}

/** Lower bounds, upper bounds and what the others leave: how far each fraction can really go. */
function narrow(bounds: readonly Bounds[]): readonly Bounds[] {
  const sum = (key: 'min' | 'max'): number => bounds.reduce((total, bound) => total + bound[key], 0);
  const [minima, maxima] = [sum('min'), sum('max')];
  return bounds.map(({ name, min, max }) => ({
    name,
    min: Math.max(min, 1 - (maxima - max)),
    max: Math.min(max, 1 - (minima - min)),
  }));
}

export function boundsOf({ name, components }: MixtureSpec, field: string): readonly Bounds[] {
  if (components.length < 2) {
    throw invalidInput(
      `${field}.components`,
      `${name} has ${components.length} component${components.length === 1 ? '' : 's'}; a mixture needs two`,
    );
  }
  requireDistinct(
    components.map((component) => component.name),
    `${field}.components`,
    `components of ${name}`,
  );
  const bounds = components.map(({ name: component, min = 0, max = 1 }, i) => {
    const at = `${field}.components[${i}]`;
    for (const [key, value] of [
      ['min', min],
      ['max', max],
    ] as const) {
      if (!(value >= 0 && value <= 1)) {
        throw invalidInput(
          `${at}.${key}`,
          `${component}: ${key} is ${value}; a fraction lies between 0 and 1`,
        );
      }
    }
    if (min > max) throw invalidInput(`${at}.max`, `${component}: min ${min} lies above max ${max}`);
    return { name: component, min, max };
  });
  const minima = bounds.reduce((total, { min }) => total + min, 0);
  const maxima = bounds.reduce((total, { max }) => total + max, 0);
  if (minima > 1 + tolerance) {
    throw invalidInput(
      `${field}.components`,
      `${name}: the minima sum to ${tidy(minima)}, more than 1; no mixture satisfies them`,
    );
  }
  if (maxima < 1 - tolerance) {
    throw invalidInput(
      `${field}.components`,
      `${name}: the maxima sum to ${tidy(maxima)}, less than 1; no mixture satisfies them`,
    );
  }
  return bounds;
}

/** In how many steps the whole is dispensed; null where any fraction can be. */
function stepsOf({ name, step }: MixtureSpec, field: string): number | null {
  if (step === undefined) return null;
  const at = `${field}.step`;
  if (!(step > 0 && step <= 1)) {
    throw invalidInput(at, `${name}: step is ${step}; it must lie above 0 and be at most 1`);
  }
  const steps = Math.round(1 / step);
  if (Math.abs(steps * step - 1) > tolerance) {
    throw invalidInput(at, `${name}: steps of ${step} never sum to 1, so no recipe exists`);
  }
  if (steps > finestSteps) {
    throw invalidInput(at, `${name}: step is ${step}; the finest that can be handled is ${1 / finestSteps}`);
  }
  return steps;
}

/** A table of ways beyond this would fill the memory. */
const mostWays = 2e7;

function recipesOf(spec: MixtureSpec, bounds: readonly Bounds[], steps: number, field: string): Lattice {
  const lo = bounds.map(({ min }) => Math.max(0, Math.ceil(min * steps - tolerance * steps)));
  const hi = bounds.map(({ max }) => Math.floor(max * steps + tolerance * steps));
  const recipes = isSparse(spec) ? sparseRecipes(spec, steps, lo, hi, field) : lattice(steps, lo, hi);
  if (recipes) return recipes;
  const rules = [
    'within the bounds of its components',
    ...(spec.mostComponents === undefined ? [] : [`has at most ${spec.mostComponents} of them`]),
    ...(spec.minimumDose === undefined ? [] : [`has at least ${spec.minimumDose} of each that is in it`]),
  ];
  throw invalidInput(
    spec.step === undefined ? `${field}.components` : `${field}.step`,
    `${spec.name}: no recipe in steps of ${tidy(1 / steps)} lies ${rules.join(' and ')}`,
  );
}

const isSparse = ({ mostComponents, minimumDose }: MixtureSpec): boolean =>
  mostComponents !== undefined || minimumDose !== undefined;

function sparseRecipes(
  { name, components, mostComponents, minimumDose = 0 }: MixtureSpec,
  steps: number,
  lo: readonly number[],
  hi: readonly number[],
  field: string,
): Lattice | null {
  const most = mostComponents ?? components.length;
  if (!(Number.isSafeInteger(most) && most >= 1)) {
    throw invalidInput(
      `${field}.mostComponents`,
      `${name}: mostComponents is ${most}; it must be a whole number and at least 1`,
    );
  }
  if (!(minimumDose >= 0 && minimumDose <= 1)) {
    throw invalidInput(
      `${field}.minimumDose`,
      `${name}: minimumDose is ${minimumDose}; a fraction lies between 0 and 1`,
    );
  }
  const limit = Math.min(most, components.length);
  if ((components.length + 1) * (limit + 1) * steps > mostWays) {
    throw invalidInput(
      `${field}.mostComponents`,
      `${name}: ${limit} of ${components.length} components in ${steps} steps are too many to count; name a coarser step or fewer components`,
    );
  }
  const dose = Math.ceil(minimumDose * steps - tolerance * steps);
  return sparseLattice(steps, lo, hi, { dose, most: limit });
}

function checkSparse(
  { name, mostComponents, minimumDose }: MixtureSpec,
  names: readonly string[],
  fractions: readonly number[],
  at: string,
): void {
  const present = fractions.filter((fraction) => fraction > tolerance).length;
  if (mostComponents !== undefined && present > mostComponents) {
    throw invalidInput(at, `${name} has ${present} components; at most ${mostComponents} may be in it`);
  }
  const small = fractions.findIndex(
    (fraction) => fraction > tolerance && fraction < (minimumDose ?? 0) - tolerance,
  );
  if (small >= 0) {
    throw invalidInput(
      `${at}.${names[small] ?? ''}`,
      `${names[small] ?? ''} is ${fractions[small] ?? 0}; it must be 0 or at least ${minimumDose ?? 0}`,
    );
  }
}

/** Fractions as they are, without the noise of the arithmetic and of sum one. */
function wholeOf(names: readonly string[], fractions: readonly number[]): PointValue {
  const tidied = fractions.map((fraction) => Math.max(0, Number(fraction.toPrecision(12))));
  return Object.fromEntries(names.map((name, i) => [name, (tidied[i] ?? 0) + 0]));
}

function fractionAt(value: unknown, { name, min, max }: Bounds, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    throw invalidInput(`${at}.${name}`, `${name} must be a finite fraction, not ${shown(value)}`);
  }
  if (value < min - tolerance || value > max + tolerance) {
    throw invalidInput(`${at}.${name}`, `${name} is ${value}; it must lie between ${min} and ${max}`);
  }
  return Math.max(0, value);
}

/** Some steps taken from one component and given to another, once or twice. */
function moved(recipes: Lattice, counts: readonly number[], reach: number, rng: Philox): readonly number[] {
  const result = [...counts];
  const at = (values: readonly number[], i: number): number => values[i] ?? 0;
  const moves = 1 + rng.integer(Math.min(2, counts.length - 1));
  for (let move = 0; move < moves; move++) {
    const [giver = 0, taker = 0] = rng.choose(counts.length, 2);
    const room = Math.min(
      at(result, giver) - at(recipes.lo, giver),
      at(recipes.hi, taker) - at(result, taker),
      1 + Math.floor(2 * reach * rng.uniform() * recipes.n),
    );
    result[giver] = at(result, giver) - room;
    result[taker] = at(result, taker) + room;
  }
  return result;
}

/** Without the noise of the arithmetic. */
const tidy = (x: number): number => Number(x.toFixed(9)) + 0;

/** Many recipes are of the same few fractions; not all that there may be are kept. */
const tidyTexts = new Map<number, string>();
const mostTexts = 10_000;

function tidyText(fraction: number): string {
  const known = tidyTexts.get(fraction);
  if (known !== undefined) return known;
  const text = String(tidy(fraction));
  if (tidyTexts.size < mostTexts) tidyTexts.set(fraction, text);
  return text;
}

const percent = (fraction: number): number => Number((100 * fraction).toFixed(2));

/** The recipes of a mixture in whole steps; in the finest ones where no step is named. */
export const latticeOf = (spec: MixtureSpec, field: string): Lattice =>
  recipesOf(spec, boundsOf(spec, field), stepsOf(spec, field) ?? finestSteps, field);

/** How far each component can really go, in the order of the columns. */
export const reachOf = (spec: MixtureSpec, field: string): readonly Bounds[] => narrow(boundsOf(spec, field));
