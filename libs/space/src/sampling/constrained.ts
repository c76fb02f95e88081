import { IonloopError, type Point } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import type { Constraint } from '../constraints/constraint.js';
import { type Effects, effectsOn, refuseEmpty } from '../constraints/effects.js';
import type { Part } from '../part.js';
import { distinct, uniformRows } from './uniform.js';
import { type Walk, walkThrough } from './walk.js';

/** Draws from what the constraints leave of a space that is too large to list. */
export interface ConstrainedDraws {
  draw(count: number, rng: Philox): readonly Point[];
  readonly effects: Effects;
}

const pilot = 4096;
/** Below this share of points that hold, a walk finds more of them than drawing and refusing. */
const worthDrawing = 0.005;
const mostCells = 16;
const refusedInARow = 40;

export function constrainedDraws(
  parts: readonly Part[],
  constraints: readonly Constraint[],
  drawPoint: (uniforms: readonly number[]) => Point,
  key: (point: Point) => string,
): ConstrainedDraws {
  const uniforms = parts.reduce((sum, part) => sum + part.uniforms, 0);
  const holds = (point: Point): boolean => constraints.every((constraint) => constraint.holds(point));
  const settledRight = (point: Point): boolean => holds(point) && passes(parts, point);
  const any = (count: number, rng: Philox): readonly Point[] =>
    uniformRows(uniforms, count, rng).map(drawPoint);
  const fixed = Philox.fromSeed('what constraints leave');
  const piloted = any(pilot, fixed.split('pilot'));
  const effects = effectsOn(piloted, constraints, 'drawn');
  const share = effects.remaining / pilot;
  if (share >= worthDrawing) {
    const rounds = (wanted: number): number => Math.min(50_000, Math.ceil((1.3 * wanted) / share) + 8);
    return {
      effects,
      draw: (count, rng) => distinct(count, key, (wanted) => any(rounds(wanted), rng).filter(holds)),
    };
  }
  /** Walks through the choices of random points: one where what is left is convex. */
  const walks = (rng: Philox, most: number): readonly Walk[] => {
    const single =
      parts.every((part) => part.relaxed && !part.relaxed.support) &&
      constraints.every(({ rows }) => rows !== null);
    const found: Walk[] = [];
    const starts = any(single ? 3 : mostCells, rng.split('starts'));
    for (const [i, start] of starts.entries()) {
      if (found.length >= (single ? 1 : most)) break;
      const walk = walkThrough(parts, constraints, start, rng.split(`walk-${i}`), settledRight);
      if (walk) found.push(walk);
    }
    return found;
  };
  const draw = (count: number, rng: Philox): readonly Point[] => {
    const ways = walks(rng, Math.min(16, count));
    const stream = rng.split('steps');
    const found = new Map<string, Point>();
    for (let refused = 0; ways.length > 0 && found.size < count && refused < refusedInARow;) {
      const before = found.size;
      for (const way of ways) {
        const point = way.next(stream);
        if (point && found.size < count && !found.has(key(point))) found.set(key(point), point);
      }
      refused = found.size === before ? refused + 1 : 0;
    }
    return [...found.values()];
  };
  if (draw(1, fixed.split('first')).length === 0) refuseEmpty(piloted, constraints, 'drawn');
  return { effects, draw };
}

/** Whether every value is one that its parameter allows. */
export function passes(parts: readonly Part[], point: Point): boolean {
  try {
    for (const part of parts) part.check(point[part.name], part.name);
    return true;
  } catch (error) {
    if (error instanceof IonloopError) return false;
    throw error;
  }
}
