import type { Polytope } from './polytope.js';

const { abs, max } = Math;

/** Smaller than this a number of the table is rounding. */
const tiny = 1e-10;
/** So much of the rows, each scaled to a largest factor of one, must be missing for a proof that they exclude each other. */
const certain = 1e-7;
const mostPivots = 20_000;

type Row = Polytope['rows'][number];

/**
 * The x ≥ 0 with the largest objective·x among those that satisfy the rows, by the two phases of the simplex method on a
 * dense table; null where there is none. By Bland's rule it never circles: the first column that gains enters, the first
 * of the rows that bind leaves.
 */
export function maximise(objective: readonly number[], rows: readonly Row[]): readonly number[] | null {
  const table = Table.of(objective.length, rows);
  if (!table?.feasible()) return null;
  table.maximise(objective);
  return table.solution();
}

interface Line {
  readonly a: readonly number[];
  readonly b: number;
  /** What the slack is multiplied by; an equality has none. */
  readonly slack: 1 | -1 | 0;
}

class Table {
  private readonly basis: Int32Array;
  private readonly data: Float64Array;
  private readonly width: number;
  private readonly firstArtificial: number;

  private constructor(
    private readonly variables: number,
    private readonly lines: readonly Line[],
  ) {
    const slacks = lines.filter(({ slack }) => slack !== 0).length;
    const artificials = lines.filter(({ slack }) => slack !== 1).length;
    this.firstArtificial = variables + slacks;
    this.width = this.firstArtificial + artificials + 1;
    this.basis = new Int32Array(lines.length);
    this.data = new Float64Array((lines.length + 1) * this.width);
    let [slack, artificial] = [variables, this.firstArtificial];
    lines.forEach((line, r) => {
      const at = r * this.width;
      this.data.set(line.a, at);
      this.data[at + this.width - 1] = line.b;
      if (line.slack !== 0) this.data[at + slack] = line.slack;
      if (line.slack === 1) this.basis[r] = slack;
      else {
        this.data[at + artificial] = 1;
        this.basis[r] = artificial++;
      }
      if (line.slack !== 0) slack++;
    });
  }

  /** Null where a row without factors cannot hold. */
  static of(variables: number, rows: readonly Row[]): Table | null {
    const lines: Line[] = [];
    for (const { a, low, high } of rows) {
      const scale = max(...a.map(abs));
      if (scale === 0) {
        if (low > certain || high < -certain) return null;
        continue;
      }
      const side = (bound: number, sign: 1 | -1): void => {
        if (!Number.isFinite(bound)) return;
        const b = (sign * bound) / scale;
        const factors = a.map((value) => (sign * value) / scale);
        if (b >= 0) lines.push({ a: factors, b, slack: low === high ? 0 : 1 });
        else lines.push({ a: factors.map((value) => -value), b: -b, slack: low === high ? 0 : -1 });
      };
      side(high, 1);
      if (low !== high) side(low, -1);
    }
    return new Table(variables, lines);
  }

  /** The first phase: the artificial variables down to nothing, and out of the basis. */
  feasible(): boolean {
    const costs = new Float64Array(this.width - 1);
    costs.fill(-1, this.firstArtificial);
    this.run(costs, this.width - 1);
    let missing = 0;
    this.basis.forEach((column, r) => {
      if (column >= this.firstArtificial) missing += this.rightOf(r);
    });
    if (missing > certain) return false;
    this.basis.forEach((column, r) => {
      if (column < this.firstArtificial) return;
      for (let j = 0; j < this.firstArtificial; j++) {
        if (abs(this.data[r * this.width + j] ?? 0) <= certain) continue;
        this.pivot(r, j);
        return;
      }
    });
    return true;
  }

  maximise(objective: readonly number[]): void {
    const gains = new Float64Array(this.width - 1);
    gains.set(objective);
    this.run(gains, this.firstArtificial);
  }

  solution(): readonly number[] {
    const x = Array<number>(this.variables).fill(0);
    this.basis.forEach((column, r) => {
      if (column < this.variables) x[column] = max(0, this.rightOf(r));
    });
    return x;
  }

  private rightOf(r: number): number {
    return this.data[(r + 1) * this.width - 1] ?? 0;
  }

  /** Pivots among the first `columns` until none of them gains. */
  private run(gains: Float64Array, columns: number): void {
    const { data, width, basis, lines } = this;
    const last = lines.length * width;
    // The last row of the table: what each column still gains.
    data.fill(0, last);
    data.set(gains, last);
    basis.forEach((column, r) => {
      const gain = gains[column] ?? 0;
      if (gain !== 0) this.subtract(lines.length, r, gain);
    });
    for (let pivots = 0; pivots < mostPivots; pivots++) {
      let entering = 0;
      while (entering < columns && (data[last + entering] ?? 0) <= tiny) entering++;
      if (entering === columns) return;
      let [leaving, least] = [-1, Infinity];
      for (let r = 0; r < lines.length; r++) {
        const factor = data[r * width + entering] ?? 0;
        if (factor <= tiny) continue;
        const ratio = this.rightOf(r) / factor;
        const ties = ratio <= least && (basis[r] ?? 0) < (basis[leaving] ?? Infinity);
        if (ratio < least - tiny || (ties && ratio <= least + tiny)) [leaving, least] = [r, ratio];
      }
      if (leaving < 0) return;
      this.pivot(leaving, entering);
    }
  }

  private pivot(row: number, column: number): void {
    const { data, width } = this;
    const at = row * width;
    const factor = data[at + column] ?? 1;
    for (let j = 0; j < width; j++) data[at + j] = (data[at + j] ?? 0) / factor;
    for (let r = 0; r <= this.lines.length; r++) {
      const times = data[r * width + column] ?? 0;
      if (r !== row && times !== 0) this.subtract(r, row, times);
    }
    this.basis[row] = column;
  }

  private subtract(from: number, row: number, times: number): void {
    const { data, width } = this;
    for (let j = 0, to = from * width, of = row * width; j < width; j++, to++, of++) {
      data[to] = (data[to] ?? 0) - times * (data[of] ?? 0);
    }
  }
}
