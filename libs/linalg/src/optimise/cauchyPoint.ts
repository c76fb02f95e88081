import { dot } from '../dense/dot.js';
import type { QuasiNewton } from './quasiNewton.js';

const { max } = Math;

export interface Bounds {
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
}

/**
 * The first local minimum of the model m(z) = gᵀ(z − x) + ½(z − x)ᵀB(z − x) along the path P(x − t·g), found piece by piece between
 * the points where the path meets a bound (Byrd, Lu, Nocedal and Zhu 1995); `c` is Wᵀ(z − x), `free` the variables that met none.
 */
export function cauchyPoint(
  x: Float64Array,
  g: Float64Array,
  { lower, upper }: Bounds,
  model: QuasiNewton,
): { readonly z: Float64Array<ArrayBuffer>; readonly c: Float64Array; readonly free: Uint8Array } {
  const z = new Float64Array(x);
  const free = new Uint8Array(x.length).fill(1);
  const d = new Float64Array(x.length);
  const breaks = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const gi = g[i]!;
    breaks[i] = gi === 0 ? Infinity : (x[i]! - (gi < 0 ? upper[i]! : lower[i]!)) / gi;
  }
  const c = new Float64Array(model.width);
  for (let i = 0; i < x.length; i++)
    if (breaks[i]! > 0) d[i] = -g[i]!;
    else free[i] = 0;
  const p = model.project(d);
  // f′ and f″ of the model along the piece.
  let slope = -squared(d);
  if (slope === 0) return { z, c, free };
  let bend = -model.theta * slope - inner(p, model.solve(p));
  const leastBend = 2.2e-16 * bend;
  let step = -slope / bend;
  let reached = 0;
  const order: number[] = [];
  for (let i = 0; i < x.length; i++) if (breaks[i]! > 0 && breaks[i]! < Infinity) order.push(i);
  order.sort((a, b) => breaks[a]! - breaks[b]! || a - b);
  for (const i of order) {
    const piece = breaks[i]! - reached;
    if (step < piece) break;
    reached = breaks[i]!;
    const gi = g[i]!;
    z[i] = d[i]! > 0 ? upper[i]! : lower[i]!;
    free[i] = 0;
    addTo(c, piece, p);
    const row = model.row(i);
    const solved = model.solve(row);
    slope += piece * bend + gi * gi + model.theta * gi * (z[i] - x[i]!) - gi * inner(solved, c);
    bend -= model.theta * gi * gi + 2 * gi * inner(solved, p) + gi * gi * inner(row, solved);
    bend = max(leastBend, bend);
    addTo(p, gi, row);
    d[i] = 0;
    step = slope < 0 ? -slope / bend : 0;
  }
  step = max(step, 0);
  addTo(c, step, p);
  for (let i = 0; i < x.length; i++) if (free[i]) z[i] = x[i]! + (reached + step) * d[i]!;
  return { z, c, free };
}

function addTo(into: Float64Array, factor: number, values: Float64Array): void {
  for (let k = 0; k < into.length; k++) into[k]! += factor * values[k]!;
}

function squared(a: Float64Array): number {
  return inner(a, a);
}

function inner(a: Float64Array, b: Float64Array): number {
  return dot(a, 0, b, 0, a.length);
}
