import { FormulaError, parseFormula } from '@ionloop/chemistry';
import { invalidInput, type Point, shown } from '@ionloop/domain';
import { matrix } from '@ionloop/linalg';
import { asItIs, type Stream, type StreamBlock } from './contract.js';
import { ElementStatistics, numberOf } from './element-statistics.js';
import { checkedRange, countingUp, type Range, requireInside } from './range.js';
import type { SubstitutionSpec } from './spec.js';
import { readTemplate, type Template } from './template.js';

/** All choices of elements for the sites, the first site slowest; a point is {formula}, its columns are statistics. */
export function openSubstitutions(spec: SubstitutionSpec): Stream {
  const template = readTemplate(spec);
  const lists = template.siteNames.map((name) => spec.sites[name] ?? []);
  const statistics = new ElementStatistics(spec.properties, spec.charges);
  const size = lists.reduce((product, list) => product * BigInt(list.length), 1n);
  const dimension = statistics.names.length;
  return {
    size,
    dimension,
    names: statistics.names,
    ranges: statistics.names.map(() => asItIs),
    blocks: (from, to, blockSize) =>
      substitutionBlocks(new Choices(template, lists), statistics, checkedRange(from, to, blockSize, size)),
    pointAt(index) {
      requireInside(index, size);
      const places = placesOf(lists, index);
      return { formula: template.formulaOf(lists.map((list, i) => list[places[i] ?? 0] ?? '')) };
    },
    encode(points) {
      const X = matrix(points.length, dimension);
      points.forEach((point, i) => {
        const amounts = amountsOf(point);
        const numbers = Int32Array.from(amounts, ({ element }) => numberOf(element));
        const shares = Float64Array.from(amounts, ({ amount }) => amount);
        statistics.write(numbers, shares, amounts.length, X.data, i * dimension);
      });
      return X;
    },
    describe: formulaIn,
  };
}

function* substitutionBlocks(
  choices: Choices,
  statistics: ElementStatistics,
  { from, to, blockSize }: Range,
): Generator<StreamBlock> {
  const dimension = statistics.names.length;
  const data = new Float64Array(blockSize * dimension);
  const ids = countingUp(blockSize);
  choices.seek(from);
  for (let at = from; at < to; at += BigInt(blockSize)) {
    const rows = to - at < BigInt(blockSize) ? Number(to - at) : blockSize;
    for (let i = 0; i < rows; i++) {
      const count = choices.merge();
      statistics.write(choices.numbers, choices.amounts, count, data, i * dimension);
      choices.advance();
    }
    const X = matrix(rows, dimension, data.subarray(0, rows * dimension));
    yield { from: at, covers: rows, X, ids: ids.subarray(0, rows) };
  }
}

/** One choice after the other, with the elements that it is made of. */
class Choices {
  /** The different elements of this choice by their numbers, and how much there is of each. */
  readonly numbers: Int32Array;
  readonly amounts: Float64Array;
  private readonly lists: readonly Int32Array[];
  private readonly places: Int32Array;
  private readonly slotAmounts: Float64Array;
  /** The site of a slot, or −1 − the number of the element that stays there. */
  private readonly slotHolds: Int32Array;

  constructor(template: Template, lists: readonly (readonly string[])[]) {
    this.lists = lists.map((list) => Int32Array.from(list, numberOf));
    this.places = new Int32Array(lists.length);
    this.slotAmounts = Float64Array.from(template.slots, ({ amount }) => amount);
    this.slotHolds = Int32Array.from(template.slots, ({ holds }) =>
      'site' in holds ? holds.site : -1 - numberOf(holds.element),
    );
    this.numbers = new Int32Array(template.slots.length);
    this.amounts = new Float64Array(template.slots.length);
  }

  seek(index: bigint): void {
    this.places.set(placesOf(this.lists, index));
  }

  advance(): void {
    for (let i = this.places.length - 1; i >= 0; i--) {
      const next = (this.places[i] ?? 0) + 1;
      if (next < (this.lists[i]?.length ?? 0)) {
        this.places[i] = next;
        return;
      }
      this.places[i] = 0;
    }
  }

  /** Puts amounts of one element together; says how many elements there are. */
  merge(): number {
    let count = 0;
    for (let s = 0; s < this.slotHolds.length; s++) {
      const holds = this.slotHolds[s] ?? 0;
      const number = holds < 0 ? -1 - holds : (this.lists[holds]?.[this.places[holds] ?? 0] ?? 0);
      const amount = this.slotAmounts[s] ?? 0;
      let at = 0;
      while (at < count && this.numbers[at] !== number) at += 1;
      if (at < count) {
        this.amounts[at] = (this.amounts[at] ?? 0) + amount;
      } else {
        this.numbers[count] = number;
        this.amounts[count] = amount;
        count += 1;
      }
    }
    return count;
  }
}

function placesOf(lists: readonly { readonly length: number }[], index: bigint): readonly number[] {
  const places: number[] = [];
  let left = index;
  for (const { length } of lists.toReversed()) {
    places.unshift(Number(left % BigInt(length)));
    left /= BigInt(length);
  }
  return places;
}

function amountsOf(point: Point): ReturnType<typeof parseFormula> {
  const formula = formulaIn(point);
  try {
    return parseFormula(formula);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw invalidInput('point.formula', error.message);
  }
}

function formulaIn({ formula }: Point): string {
  if (typeof formula === 'string') return formula;
  throw invalidInput('point.formula', `the formula must be text, not ${shown(formula)}`);
}
