import { type Design, Picked } from './design.js';

/** Evenly by chance. */
export const random: Design = (space, count, rng, avoid) => {
  const picked = new Picked(space, count, avoid);
  if (count > 0) for (const point of space.sample(count + avoid.length, rng)) picked.take(point);
  return picked.points;
};
