const { floor, max, min } = Math;

/**
 * Which row is nearest, second nearest and so on, equal ones in their order: rows are dealt into rising bins, and a bin is put in
 * order when one of its ranks is asked for.
 */
export class Ranking {
  private readonly byBin: Uint32Array;
  /** Where each bin begins in `byBin`, and the end of the last. */
  private readonly begins: Uint32Array;
  private readonly sorted: Uint8Array;

  /** Infinity for a row whose distance is not known. */
  constructor(private readonly distances: Float64Array) {
    const count = distances.length;
    const bins = max(1, min(65_536, floor(count / 64)));
    let farthest = 0;
    for (const distance of distances) if (distance > farthest && distance < Infinity) farthest = distance;
    const scale = farthest > 0 ? bins / farthest : 0;
    const bin = Uint32Array.from(distances, (distance) =>
      distance === Infinity ? bins - 1 : min(bins - 1, floor(distance * scale)),
    );
    this.begins = new Uint32Array(bins + 1);
    for (const of of bin) this.begins[of + 1] = (this.begins[of + 1] ?? 0) + 1;
    for (let b = 0; b < bins; b += 1) this.begins[b + 1] = (this.begins[b + 1] ?? 0) + (this.begins[b] ?? 0);
    const next = this.begins.slice();
    this.byBin = new Uint32Array(count);
    bin.forEach((of, row) => {
      const place = next[of] ?? 0;
      this.byBin[place] = row;
      next[of] = place + 1;
    });
    this.sorted = new Uint8Array(bins);
  }

  /** The row of a rank; 0 is the nearest. */
  row(rank: number): number {
    const b = this.binOf(rank);
    if (this.sorted[b] === 0) {
      const distance = (row: number): number => this.distances[row] ?? Infinity;
      const order = (i: number, j: number): number =>
        distance(i) < distance(j) ? -1 : distance(i) > distance(j) ? 1 : i - j;
      this.byBin.subarray(this.begins[b], this.begins[b + 1]).sort(order);
      this.sorted[b] = 1;
    }
    return this.byBin[rank] ?? -1;
  }

  private binOf(rank: number): number {
    let [low, high] = [0, this.sorted.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.begins[middle] ?? Infinity) <= rank) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
