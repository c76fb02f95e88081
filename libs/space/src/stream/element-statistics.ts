import { elementDescriptors, elements, propertyNames } from '@ionloop/chemistry';
import { invalidInput } from '@ionloop/domain';

const { sqrt } = Math;

export const statisticNames = ['mean', 'sd', 'min', 'max', 'range'] as const;
const besides = ['charge', 'Li fraction', 'number of elements'] as const;

/**
 * What the elements of a formula are like, computed without an allocation: for each property the weighted mean, the
 * spread, the smallest, the largest and the range as `descriptors` of @ionloop/chemistry gives them to the bit; then
 * the charge of a formula unit, the fraction of lithium and how many elements there are.
 */
export class ElementStatistics {
  readonly names: readonly string[];
  private readonly properties: number;
  /** (elements, properties + 1): the properties, then the charge. */
  private readonly table: Float64Array;
  private readonly lithium: number;
  private readonly shares = new Float64Array(elements.size);

  constructor(
    properties: readonly string[] = propertyNames,
    charges: { readonly [element: string]: number } = {},
  ) {
    const places = properties.map((name, i) => placeOf(name, `properties[${i}]`));
    this.properties = places.length;
    this.names = [
      ...properties.flatMap((property) => statisticNames.map((statistic) => `${property} ${statistic}`)),
      ...besides,
    ];
    const charge = placeOf('oxidationState', 'properties');
    requireElements(charges);
    this.table = Float64Array.from(
      symbols.flatMap((symbol) => {
        const values = elementDescriptors.get(symbol);
        const at = (place: number): number => values?.[place] ?? NaN;
        return [...places.map(at), charges[symbol] ?? at(charge)];
      }),
    );
    this.lithium = numberOf('Li');
  }

  /** Of `count` different elements by their numbers, into `data` from `at` on. */
  write(numbers: Int32Array, amounts: Float64Array, count: number, data: Float64Array, at: number): void {
    const { table, properties, shares } = this;
    const width = properties + 1;
    let total = 0;
    for (let i = 0; i < count; i++) total += amounts[i] ?? 0;
    for (let i = 0; i < count; i++) shares[i] = (amounts[i] ?? 0) / total;
    let to = at;
    for (let p = 0; p < properties; p++) {
      let mean = 0;
      let least = Infinity;
      let most = -Infinity;
      for (let i = 0; i < count; i++) {
        const value = table[(numbers[i] ?? 0) * width + p] ?? 0;
        mean += (shares[i] ?? 0) * value;
        if (value < least) least = value;
        if (value > most) most = value;
      }
      let spread = 0;
      for (let i = 0; i < count; i++) {
        const off = (table[(numbers[i] ?? 0) * width + p] ?? 0) - mean;
        spread += (shares[i] ?? 0) * (off * off);
      }
      data[to++] = mean;
      data[to++] = sqrt(spread);
      data[to++] = least;
      data[to++] = most;
      data[to++] = most - least;
    }
    let charge = 0;
    let lithium = 0;
    for (let i = 0; i < count; i++) {
      const number = numbers[i] ?? 0;
      charge += (amounts[i] ?? 0) * (table[number * width + properties] ?? 0);
      if (number === this.lithium) lithium = shares[i] ?? 0;
    }
    data[to++] = charge;
    data[to++] = lithium;
    data[to] = count;
  }
}

const symbols = [...elements.keys()];
const numbers: ReadonlyMap<string, number> = new Map(symbols.map((symbol, i) => [symbol, i]));

/** The number by which `write` knows an element. */
export function numberOf(symbol: string): number {
  const number = numbers.get(symbol);
  if (number === undefined) throw invalidInput('element', `there is no element "${symbol}"`);
  return number;
}

function placeOf(property: string, field: string): number {
  const names: readonly string[] = propertyNames;
  const at = names.indexOf(property);
  if (at < 0) {
    throw invalidInput(field, `there is no property "${property}"; there are ${names.join(', ')}`);
  }
  return at;
}

function requireElements(charges: { readonly [element: string]: number }): void {
  for (const [symbol, charge] of Object.entries(charges)) {
    if (!numbers.has(symbol)) throw invalidInput(`charges.${symbol}`, `there is no element "${symbol}"`);
    if (!Number.isFinite(charge)) {
      throw invalidInput(`charges.${symbol}`, `the charge of ${symbol} must be a finite number`);
    }
  }
}
