/**
 * What a composition looks like from the properties p of its elements: with fractions f, Σf = 1, the weighted mean m = Σ f·p, the spread √Σ f·(p − m)², the
 * smallest and the largest p and the range between.
 */
import { log } from '@ionloop/linalg';
import { parseFormula, type ElementAmount } from '../formula.js';
import { elementDescriptors } from './elementDescriptors.js';
import { propertyNames } from './elementProperties.js';

const { max, min, sqrt } = Math;

const statistics = ['mean', 'sd', 'min', 'max', 'range'] as const;

/** 18 properties × 5 statistics: `electronegativity mean` … */
export const descriptorNames: readonly string[] = propertyNames.flatMap((property) =>
  statistics.map((statistic) => `${property} ${statistic}`),
);

/** What a lithium conductor's composition says besides: the same without lithium, and how much lithium there is. */
export const lithiumDescriptorNames: readonly string[] = [
  ...descriptorNames.map((name) => `${name} without Li`),
  'Li fraction',
  'Li per other atom',
  'mixing entropy',
  'number of elements',
];

/** (90), in the order of `descriptorNames`. */
export function descriptors(formula: string): Float64Array {
  return statisticsOf(fractionsOf(parseFormula(formula)));
}

/** (94), in the order of `lithiumDescriptorNames`. Where there is nothing but lithium, it stands for what is without it. */
export function lithiumDescriptors(formula: string): Float64Array {
  const amounts = parseFormula(formula);
  const others = amounts.filter(({ element }) => element !== 'Li');
  const fractions = fractionsOf(amounts);
  const lithium = fractions.find(({ element }) => element === 'Li')?.amount ?? 0;
  return Float64Array.of(
    ...statisticsOf(others.length > 0 ? fractionsOf(others) : fractions),
    lithium,
    others.length > 0 ? lithium / (1 - lithium) : lithiumAlone,
    mixingEntropy(fractions),
    amounts.length,
  );
}

/** Lithium per other atom where there is no other: more than any compound has. */
const lithiumAlone = 100;

function fractionsOf(amounts: readonly ElementAmount[]): readonly ElementAmount[] {
  const total = amounts.reduce((sum, { amount }) => sum + amount, 0);
  return amounts.map(({ element, amount }) => ({ element, amount: amount / total }));
}

function statisticsOf(fractions: readonly ElementAmount[]): Float64Array {
  const parts = fractions.map(({ element, amount }) => ({ amount, values: propertiesOf(element) }));
  return Float64Array.from(
    propertyNames.flatMap((_, at) => {
      const values = parts.map((part) => part.values[at] ?? Number.NaN);
      const weighted = (of: (value: number) => number): number =>
        parts.reduce((sum, { amount }, i) => sum + amount * of(values[i] ?? Number.NaN), 0);
      const mean = weighted((value) => value);
      const spread = sqrt(weighted((value) => (value - mean) * (value - mean)));
      const least = min(...values);
      const most = max(...values);
      return [mean, spread, least, most, most - least];
    }),
  );
}

function propertiesOf(element: string): Float64Array {
  const values = elementDescriptors.get(element);
  if (values === undefined) throw new RangeError(`no properties are known of "${element}"`);
  return values;
}

/** −Σ f·ln f, in units of the gas constant. */
function mixingEntropy(fractions: readonly ElementAmount[]): number {
  return fractions.reduce((sum, { amount }) => sum - amount * log(amount), 0);
}
