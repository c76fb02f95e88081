/**
 * What lies above r and is dominated by no point of a front, as disjoint boxes. Two and three objectives: sweeping the last one from the top,
 * the rest is cut into strips by the staircase of the points passed, and a point closes the strips it dominates: at most 2n + 1 boxes. Four:
 * slabs of the last objective, each with the boxes of the other three: at most (n + 1)(2n + 1).
 */
import { InvalidArgumentError, requireCols, type Matrix } from '@ionloop/linalg';
import { frontAbove } from './front.js';

const { max, min } = Math;

/** lower and upper corners, both (b,p) row-major; the upper may be ∞. */
export interface Boxes {
  readonly p: number;
  readonly count: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

interface Corners {
  readonly lower: number[];
  readonly upper: number[];
}

/** A strip of the plane of the first two objectives, open to the top, and the height its boxes reach down from. */
interface Strip {
  readonly left: number;
  readonly right: number;
  readonly floor: number;
  readonly top: number;
}

export const mostObjectives = 4;

/** For Y (n,p) with 1 ≤ p ≤ 4 and r (p): only the front of Y above r counts. */
export function nonDominatedBoxes(Y: Matrix, reference: Float64Array): Boxes {
  const p = reference.length;
  if (p < 1 || p > mostObjectives)
    throw new InvalidArgumentError('reference', `must hold 1 to ${mostObjectives} numbers, not ${p}`);
  requireCols('Y', Y, p);
  const front = frontAbove(Y, reference);
  const points = Array.from({ length: front.rows }, (_, i) => [...front.data.subarray(i * p, (i + 1) * p)]);
  const corners: Corners = { lower: [], upper: [] };
  const r = [...reference];
  if (p === 1) addLine(points, r, corners);
  else if (p === 4) addSlabs(points, r, corners);
  else if (p === 3) addSwept(points, r, corners);
  else addPlane(points, r, corners);
  return {
    p,
    count: corners.lower.length / p,
    lower: Float64Array.from(corners.lower),
    upper: Float64Array.from(corners.upper),
  };
}

function addLine(points: readonly number[][], r: readonly number[], { lower, upper }: Corners): void {
  lower.push(points.reduce((most, [value]) => max(most, value!), r[0]!));
  upper.push(Infinity);
}

function addPlane(points: readonly number[][], r: readonly number[], { lower, upper }: Corners): void {
  let strips: Strip[] = [{ left: r[0]!, right: Infinity, floor: r[1]!, top: 0 }];
  for (const [x, y] of points) strips = withPoint(strips, x!, y!, 0, () => undefined);
  for (const { left, right, floor } of strips) {
    lower.push(left, floor);
    upper.push(right, Infinity);
  }
}

function addSwept(
  points: readonly number[][],
  r: readonly number[],
  { lower, upper }: Corners,
  beneath: readonly number[] = [],
  above: readonly number[] = [],
): void {
  const close = ({ left, right, floor, top }: Strip, bottom: number) => {
    if (!(top > bottom)) return;
    lower.push(left, floor, bottom, ...beneath);
    upper.push(right, Infinity, top, ...above);
  };
  let strips: Strip[] = [{ left: r[0]!, right: Infinity, floor: r[1]!, top: Infinity }];
  for (const [x, y, z] of [...points].sort((a, b) => b[2]! - a[2]!))
    strips = withPoint(strips, x!, y!, z!, (strip) => close(strip, z!));
  for (const strip of strips) close(strip, r[2]!);
}

/** The strips once everything left of x and beneath y is dominated; those that change are closed at height z. */
function withPoint(
  strips: readonly Strip[],
  x: number,
  y: number,
  z: number,
  close: (strip: Strip) => void,
): Strip[] {
  const changed = strips.filter(({ left, floor }) => left < x && floor < y);
  if (changed.length === 0) return [...strips];
  changed.forEach(close);
  const [first, last] = [changed[0]!, changed.at(-1)!];
  const at = strips.indexOf(first);
  const raised = { left: first.left, right: min(x, last.right), floor: y, top: z };
  const rest = last.right > x ? [{ ...last, left: x, top: z }] : [];
  return [...strips.slice(0, at), raised, ...rest, ...strips.slice(at + changed.length)];
}

function addSlabs(points: readonly number[][], r: readonly number[], corners: Corners): void {
  const heights = [...new Set(points.map((point) => point[3]!))].sort((a, b) => b - a);
  let top = Infinity;
  for (const bottom of [...heights, r[3]!]) {
    const inFront = points.filter((point) => point[3]! >= top);
    addSwept(inFront, r, corners, [bottom], [top]);
    top = bottom;
  }
}
