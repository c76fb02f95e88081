/**
 * Finds the best split of one node. Each row has a target t and a weight h; a leaf's value is v = Σht/(Σh + λ), and a split is worth the sum over
 * both sides of 2v·Σht − (Σh + λ)·v², the drop of Σh(t − v)² + λv². The rows of the node are first summed by bin, for a column at a time.
 */
import { complement, setOf } from './categorySets.js';
import { thresholdBetween, type Column, type Columns } from './columns.js';
import type { Words } from './words.js';

const { clz32, min, max } = Math;

export interface SplitRules {
  /** The least Σh in a leaf. */
  readonly minLeafWeight: number;
  /** λ */
  readonly lambda: number;
  /** Of each column 1 where the response must not fall with it, −1 where it must not rise, 0 where it is free. */
  readonly monotone: Int8Array | undefined;
}

/** Below this number of rows, sorting them is cheaper than summing them by bin. */
const fewRows = 16;
const noSet = new Uint32Array(0);

export class SplitFinder {
  /** Worth of the best split so far; −1 before there is one. */
  worth = -1;
  feature = -1;
  /** Numbers: the last bin on the left. */
  cut = 0;
  threshold = 0;
  /** Categories: those on the left. */
  set: Uint32Array = noSet;
  gapsLeft = false;
  /** Σht and Σh of the left side. */
  sumLeft = 0;
  weightLeft = 0;

  /** Σht and Σh of the node; bounds of what its leaves may say. */
  private sum = 0;
  private weight = 0;
  private low = -Infinity;
  private high = Infinity;

  private readonly binSum: Float64Array;
  private readonly binWeight: Float64Array;
  private readonly occupied: Int32Array;
  private readonly keys = new Int32Array(fewRows);
  /** The bins that the node has rows in, in ascending order, and their Σht and Σh. */
  private readonly foundBin: Int32Array;
  private readonly foundSum: Float64Array;
  private readonly foundWeight: Float64Array;
  /** A little below the rule's: weights are sums of fractions, and what is short of it by rounding alone passes. */
  readonly minLeafWeight: number;
  private readonly lambda: number;

  constructor(
    private readonly columns: Columns,
    private readonly rules: SplitRules,
  ) {
    const most = columns.columns.reduce((bins, column) => max(bins, column.bins), 0) + 1;
    this.binSum = new Float64Array(most);
    this.binWeight = new Float64Array(most);
    this.occupied = new Int32Array((most >>> 5) + 1);
    this.foundBin = new Int32Array(most);
    this.foundSum = new Float64Array(most);
    this.foundWeight = new Float64Array(most);
    this.minLeafWeight = rules.minLeafWeight * (1 - 1e-12);
    this.lambda = rules.lambda;
  }

  /** Whether the kernels can look at column j: numbers without gaps, whose sides are free. */
  isPlain(j: number): boolean {
    const { categorical, gaps } = this.columns.columns[j]!;
    return !categorical && !gaps && this.rules.monotone === undefined;
  }

  begin(sum: number, weight: number, low: number, high: number): void {
    this.worth = -1;
    this.feature = -1;
    this.sum = sum;
    this.weight = weight;
    this.low = low;
    this.high = high;
  }

  /** Looks at every split of column j; false where the rows do not differ in it. `pairs` holds ht and h of rows[start … end), in turn, from 0. */
  consider(j: number, rows: Int32Array, start: number, end: number, pairs: Float64Array): boolean {
    const found = this.sumByBin(j, rows, start, end, pairs);
    this.considerFound(j, found);
    return found > 1;
  }

  /** As `consider`, from the bins' Σht and Σh, in turn, in sums[at …]. */
  considerSums(j: number, sums: Float64Array, at: number): void {
    const { foundBin, foundSum, foundWeight } = this;
    const column = this.columns.columns[j]!;
    // Sums that are differences leave dust in bins without rows.
    const dust = 1e-10 * this.weight;
    let found = 0;
    for (let bin = 0; bin <= column.bins; bin++) {
      const weight = sums[at + 2 * bin + 1]!;
      if (weight <= dust) continue;
      foundBin[found] = bin;
      foundSum[found] = sums[at + 2 * bin]!;
      foundWeight[found] = weight;
      found += 1;
    }
    this.considerFound(j, found);
  }

  /** As `considerSums`, for a plain column: every bin may be the last on the left, with rows or not. */
  considerPlainSums(j: number, sums: Float64Array, at: number): void {
    const { sum: total, weight: all, minLeafWeight, lambda } = this;
    const { bins } = this.columns.columns[j]!;
    let worth = -1;
    let last = -1;
    let sumLeft = 0;
    let weightLeft = 0;
    let sum = 0;
    let weight = 0;
    for (let bin = 0; bin < bins; bin++) {
      sum += sums[at + 2 * bin]!;
      weight += sums[at + 2 * bin + 1]!;
      const rest = all - weight;
      if (weight < minLeafWeight || rest < minLeafWeight) continue;
      const right = total - sum;
      const over = sum * sum * (rest + lambda) + right * right * (weight + lambda);
      const under = (weight + lambda) * (rest + lambda);
      if (over > worth * under) {
        worth = over / under;
        last = bin;
        sumLeft = sum;
        weightLeft = weight;
      }
    }
    if (worth <= this.worth) return;
    let next = last + 1;
    while (sums[at + 2 * next + 1]! <= 1e-10 * all) next += 1;
    this.takeNumbers(j, worth, sumLeft, weightLeft, last, next);
  }

  private considerFound(j: number, found: number): void {
    if (found < 2) return;
    const column = this.columns.columns[j]!;
    const gaps = this.foundBin[found - 1] === column.bins;
    if (column.categorical) this.considerCategories(j, column, gaps ? found - 1 : found, gaps);
    else if (!gaps && this.rules.monotone === undefined) this.considerNumbers(j, found);
    else this.considerAllNumbers(j, column, gaps ? found - 1 : found, gaps);
  }

  /** As `consider`, but for one threshold between the node's extremes, or one choice of categories, drawn at random. */
  considerRandom(
    j: number,
    rows: Int32Array,
    start: number,
    end: number,
    pairs: Float64Array,
    words: Words,
  ): boolean {
    const column = this.columns.columns[j]!;
    if (column.categorical || this.rules.monotone !== undefined || end - start < fewRows)
      return this.considerOneOfFound(j, column, rows, start, end, pairs, words);
    const { codes, n } = this.columns;
    const at = j * n;
    let least = column.bins;
    let most = -1;
    let gaps = false;
    for (let i = start; i < end; i++) {
      const code = codes[at + rows[i]!]!;
      if (code === column.bins) gaps = true;
      else {
        if (code < least) least = code;
        if (code > most) most = code;
      }
    }
    if (gaps) return this.considerOneOfFound(j, column, rows, start, end, pairs, words);
    if (least >= most) return false;
    const [cut, threshold] = drawThreshold(column, least, most, words);
    let sum = 0;
    let weight = 0;
    for (let i = start, k = 0; i < end; i++, k++)
      if (codes[at + rows[i]!]! <= cut) {
        sum += pairs[2 * k]!;
        weight += pairs[2 * k + 1]!;
      }
    this.offer(j, cut, threshold, sum, weight, false, false);
    return true;
  }

  private considerOneOfFound(
    j: number,
    column: Column,
    rows: Int32Array,
    start: number,
    end: number,
    pairs: Float64Array,
    words: Words,
  ): boolean {
    const found = this.sumByBin(j, rows, start, end, pairs);
    if (found < 2) return false;
    const gaps = this.foundBin[found - 1] === column.bins;
    const present = gaps ? found - 1 : found;
    if (present < 2) this.offerGapsAlone(j, column, present);
    else if (column.categorical) this.considerRandomCategories(j, column, present, gaps, words);
    else {
      const [cut, threshold] = drawThreshold(column, this.foundBin[0]!, this.foundBin[present - 1]!, words);
      let sum = 0;
      let weight = 0;
      for (let q = 0; this.foundBin[q]! <= cut; q++) {
        sum += this.foundSum[q]!;
        weight += this.foundWeight[q]!;
      }
      this.offerBothWays(j, cut, threshold, sum, weight, present, gaps);
    }
    return true;
  }

  /** Fills `found…` and returns how many bins there are. */
  private sumByBin(j: number, rows: Int32Array, start: number, end: number, pairs: Float64Array): number {
    return end - start <= fewRows
      ? this.sumBySorting(j, rows, start, end, pairs)
      : this.sumByScattering(j, rows, start, end, pairs);
  }

  private sumBySorting(j: number, rows: Int32Array, start: number, end: number, pairs: Float64Array): number {
    const { keys, foundBin, foundSum, foundWeight } = this;
    const { codes, n } = this.columns;
    const at = j * n;
    const size = end - start;
    for (let k = 0; k < size; k++) {
      const key = codes[at + rows[start + k]!]! * fewRows + k;
      let place = k;
      while (place > 0 && keys[place - 1]! > key) {
        keys[place] = keys[place - 1]!;
        place -= 1;
      }
      keys[place] = key;
    }
    let found = -1;
    let last = -1;
    for (let k = 0; k < size; k++) {
      const key = keys[k]!;
      const bin = key >>> 4;
      const row = key & 15;
      if (bin !== last) {
        found += 1;
        foundBin[found] = bin;
        foundSum[found] = pairs[2 * row]!;
        foundWeight[found] = pairs[2 * row + 1]!;
        last = bin;
      } else {
        foundSum[found] = foundSum[found]! + pairs[2 * row]!;
        foundWeight[found] = foundWeight[found]! + pairs[2 * row + 1]!;
      }
    }
    return found + 1;
  }

  private sumByScattering(
    j: number,
    rows: Int32Array,
    start: number,
    end: number,
    pairs: Float64Array,
  ): number {
    const { binSum, binWeight, occupied, foundBin, foundSum, foundWeight } = this;
    const { codes, n } = this.columns;
    const at = j * n;
    for (let i = start, k = 0; i < end; i++, k++) {
      const bin = codes[at + rows[i]!]!;
      binSum[bin] = binSum[bin]! + pairs[2 * k]!;
      binWeight[bin] = binWeight[bin]! + pairs[2 * k + 1]!;
      const word = bin >>> 5;
      occupied[word] = occupied[word]! | (1 << (bin & 31));
    }
    let found = 0;
    const words = (this.columns.columns[j]!.bins >>> 5) + 1;
    for (let word = 0; word < words; word++) {
      let bits = occupied[word]!;
      if (bits === 0) continue;
      occupied[word] = 0;
      while (bits !== 0) {
        const lowest = bits & -bits;
        bits ^= lowest;
        const bin = (word << 5) + 31 - clz32(lowest);
        foundBin[found] = bin;
        foundSum[found] = binSum[bin]!;
        foundWeight[found] = binWeight[bin]!;
        binSum[bin] = 0;
        binWeight[bin] = 0;
        found += 1;
      }
    }
    return found;
  }

  private considerNumbers(j: number, found: number): void {
    const { foundBin, foundSum, foundWeight, sum: total, weight: all, minLeafWeight, lambda } = this;
    let worth = this.worth;
    let at = -1;
    let sumLeft = 0;
    let weightLeft = 0;
    let sum = 0;
    let weight = 0;
    for (let q = 0; q < found - 1; q++) {
      sum += foundSum[q]!;
      weight += foundWeight[q]!;
      const rest = all - weight;
      if (weight < minLeafWeight) continue;
      if (rest < minLeafWeight) break;
      const right = total - sum;
      // sum²/(weight + λ) + right²/(rest + λ), divided only where it is more.
      const over = sum * sum * (rest + lambda) + right * right * (weight + lambda);
      const under = (weight + lambda) * (rest + lambda);
      if (over > worth * under) {
        worth = over / under;
        at = q;
        sumLeft = sum;
        weightLeft = weight;
      }
    }
    if (at >= 0) this.takeNumbers(j, worth, sumLeft, weightLeft, foundBin[at]!, foundBin[at + 1]!);
  }

  /** What a kernel found: worth, Σht and Σh on the left, the last bin on the left and the first on the right. */
  takeFound(j: number, found: Float64Array): void {
    this.takeNumbers(j, found[0]!, found[1]!, found[2]!, found[3]!, found[4]!);
  }

  /** A split of numbers without gaps; gaps that training did not have follow the heavier side. */
  private takeNumbers(
    j: number,
    worth: number,
    sumLeft: number,
    weightLeft: number,
    last: number,
    next: number,
  ): void {
    const threshold = thresholdBetween(this.columns.columns[j]!, last, next);
    this.take(j, worth, sumLeft, weightLeft, last, threshold, 2 * weightLeft >= this.weight);
  }

  private considerAllNumbers(j: number, column: Column, present: number, gaps: boolean): void {
    if (present === 1) {
      this.offerGapsAlone(j, column, 1);
      return;
    }
    const { foundBin, foundSum, foundWeight } = this;
    let sum = 0;
    let weight = 0;
    for (let q = 0; q < present - 1; q++) {
      sum += foundSum[q]!;
      weight += foundWeight[q]!;
      const threshold = thresholdBetween(column, foundBin[q]!, foundBin[q + 1]!);
      this.offerBothWays(j, foundBin[q]!, threshold, sum, weight, present, gaps);
    }
    if (gaps) this.offerGapsAlone(j, column, present);
  }

  /** All values to the left, the gaps to the right. */
  private offerGapsAlone(j: number, column: Column, present: number): void {
    const sum = this.sum - this.foundSum[present]!;
    const weight = this.weight - this.foundWeight[present]!;
    if (!column.categorical)
      this.offer(j, column.bins - 1, column.high[column.bins - 1]!, sum, weight, true, false);
    else if (this.offer(j, 0, 0, sum, weight, true, false))
      this.set = setOf(column.bins, this.foundBin, 0, present);
  }

  /** Where the node has gaps, they are tried on either side; else they are to follow the heavier one. */
  private offerBothWays(
    j: number,
    cut: number,
    threshold: number,
    sum: number,
    weight: number,
    present: number,
    gaps: boolean,
  ): boolean {
    if (!gaps) return this.offer(j, cut, threshold, sum, weight, false, false);
    const right = this.offer(j, cut, threshold, sum, weight, true, false);
    const withSum = sum + this.foundSum[present]!;
    const withWeight = weight + this.foundWeight[present]!;
    return this.offer(j, cut, threshold, withSum, withWeight, true, true) || right;
  }

  /** Takes the split where it is allowed and better than the best so far. `gapsKnown`: the side of the gaps was chosen, not left open. */
  private offer(
    j: number,
    cut: number,
    threshold: number,
    sum: number,
    weight: number,
    gapsKnown: boolean,
    gapsLeft: boolean,
  ): boolean {
    const { minLeafWeight, lambda, low, high } = this;
    const weightRight = this.weight - weight;
    if (weight < minLeafWeight || weightRight < minLeafWeight) return false;
    const right = this.sum - sum;
    const valueLeft = min(high, max(low, sum / (weight + lambda)));
    const valueRight = min(high, max(low, right / (weightRight + lambda)));
    const sign = this.rules.monotone?.[j] ?? 0;
    if (sign * (valueRight - valueLeft) < 0) return false;
    const worth =
      (2 * sum - (weight + lambda) * valueLeft) * valueLeft +
      (2 * right - (weightRight + lambda) * valueRight) * valueRight;
    if (!(worth > this.worth)) return false;
    this.take(j, worth, sum, weight, cut, threshold, gapsKnown ? gapsLeft : 2 * weight >= this.weight);
    return true;
  }

  private take(
    j: number,
    worth: number,
    sumLeft: number,
    weightLeft: number,
    cut: number,
    threshold: number,
    gapsLeft: boolean,
  ): void {
    this.feature = j;
    this.worth = worth;
    this.sumLeft = sumLeft;
    this.weightLeft = weightLeft;
    this.cut = cut;
    this.threshold = threshold;
    this.gapsLeft = gapsLeft;
    this.set = noSet;
  }

  /** With the categories in the order of their means, the best split in two sets is a cut of that order (Fisher 1958). */
  private considerCategories(j: number, column: Column, present: number, gaps: boolean): void {
    if (present >= 2) {
      const { foundSum, foundWeight, lambda } = this;
      const mean = (q: number) => foundSum[q]! / (foundWeight[q]! + lambda);
      const order = Int32Array.from({ length: present }, (_, q) => q).sort(
        (a, b) => mean(a) - mean(b) || a - b,
      );
      this.offerCuts(j, column, order, 1, present, gaps);
    }
    if (gaps) this.offerGapsAlone(j, column, present);
  }

  private considerRandomCategories(
    j: number,
    column: Column,
    present: number,
    gaps: boolean,
    words: Words,
  ): void {
    const order = Int32Array.from({ length: present }, (_, q) => q);
    words.shuffleFirst(order, present);
    const size = 1 + words.below(present - 1);
    this.offerCuts(j, column, order, size, size + 1, gaps);
  }

  /** Offers the first k places of `order` as the left side, for k from `from` to below `to`. */
  private offerCuts(
    j: number,
    column: Column,
    order: Int32Array,
    from: number,
    to: number,
    gaps: boolean,
  ): void {
    const bins = order.map((q) => this.foundBin[q]!);
    let sum = 0;
    let weight = 0;
    for (let k = 1; k < to; k++) {
      sum += this.foundSum[order[k - 1]!]!;
      weight += this.foundWeight[order[k - 1]!]!;
      if (k >= from && this.offerBothWays(j, 0, 0, sum, weight, order.length, gaps))
        this.set = this.gapsLeft
          ? complement(column.bins, setOf(column.bins, bins, k, order.length))
          : setOf(column.bins, bins, 0, k);
    }
  }
}

/** Between the values of two bins; as the last bin on the left and the threshold. */
function drawThreshold({ low, high }: Column, least: number, most: number, words: Words): [number, number] {
  const from = high[least]!;
  const to = low[most]!;
  const drawn = from + words.uniform() * (to - from);
  const threshold = drawn < to ? drawn : from;
  let cut = least;
  let beyond = most;
  while (beyond - cut > 1) {
    const middle = (cut + beyond) >>> 1;
    if (low[middle]! <= threshold) cut = middle;
    else beyond = middle;
  }
  // A bin is not divided.
  return [cut, max(threshold, high[cut]!)];
}
