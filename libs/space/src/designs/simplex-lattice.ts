import { invalidInput, IonloopError, type MixtureSpec, type Point, type PointValue } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '../contract.js';
import { lattice } from '../lattice.js';
import { boundsOf, latticeOf } from '../mixture.js';
import { type Design, Picked } from './design.js';
import { farthest } from './maximin.js';

/** A finer lattice with more recipes is not looked at. */
const mostRecipes = 5000;
const mostDegree = 40;

/**
 * Scheffé's {m, q} lattice: all mixtures whose components are multiples of 1/q of what the minima leave, of the largest
 * q that has no more points than are wanted with those that are to be avoided; the rest from the lattice of twice that
 * q, which contains it, far from each other. Maxima, steps and constraints leave out what they refuse. Other parameters
 * of the space are drawn beside the recipes.
 */
export const simplexLattice: Design = (space, count, rng, avoid) => {
  const mixture = space.spec.parameters.find((parameter) => parameter.kind === 'mixture');
  if (mixture?.kind !== 'mixture') {
    throw invalidInput('design', 'simplex-lattice is a design of mixtures, and this space has none');
  }
  const picked = new Picked(space, count, avoid);
  const pointsOf = pointsBeside(space, mixture, rng);
  const wanted = count + avoid.length;
  let degree = 1;
  let whole = pointsOf(1);
  for (let q = 2; q <= mostDegree && whole.length < wanted; q++) {
    const next = pointsOf(q);
    if (next.length === 0 || next.length > wanted) break;
    [degree, whole] = [q, next];
  }
  for (let q = degree; q <= 4 * degree && picked.missing > 0; q *= 2) {
    const free = q === degree ? whole : pointsOf(q);
    const fresh = new Picked(space, free.length, [...avoid, ...picked.points]);
    for (const point of free) fresh.take(point);
    for (const point of farthest(space, fresh.points, [...avoid, ...picked.points], picked.missing, rng)) {
      picked.take(point);
    }
  }
  return picked.points;
};

/** The points of the lattice of a degree that the space allows. */
function pointsBeside(space: Space, mixture: MixtureSpec, rng: Philox): (degree: number) => readonly Point[] {
  const bounds = boundsOf(mixture, '');
  const steps = latticeOf(mixture, '');
  const names = bounds.map(({ name }) => name);
  const free = 1 - bounds.reduce((sum, { min }) => sum + min, 0);
  const recipesOf = (degree: number): readonly PointValue[] => {
    const recipes = lattice(
      degree,
      names.map(() => 0),
      names.map(() => degree),
    );
    if (!recipes || recipes.count > mostRecipes) return [];
    return recipes.enumerate().flatMap((counts) => {
      const fractions = bounds.map(({ min }, i) => min + (free * (counts[i] ?? 0)) / degree);
      if (bounds.some(({ max }, i) => (fractions[i] ?? 0) > max + 1e-9)) return [];
      const settled = steps.nearest(fractions);
      return [Object.fromEntries(names.map((name, i) => [name, (settled[i] ?? 0) / steps.n]))];
    });
  };
  const beside = space.spec.parameters.some(({ name, kind }) => name !== mixture.name && kind !== 'context');
  const draws = rng.split('beside the lattice');
  return (degree) => {
    const recipes = recipesOf(degree);
    const others = beside ? space.sample(recipes.length, draws.split(`degree-${degree}`)) : [];
    const points = recipes.map((recipe, i): Point => ({
      ...(others.length > 0 ? others[i % others.length] : {}),
      [mixture.name]: recipe,
    }));
    const distinct = new Picked(space, points.length, []);
    for (const point of points) if (isAllowed(space, point)) distinct.take(point);
    return distinct.points;
  };
}

function isAllowed(space: Space, point: Point): boolean {
  try {
    space.check(point);
    return true;
  } catch (error) {
    if (error instanceof IonloopError) return false;
    throw error;
  }
}
