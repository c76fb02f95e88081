import { uniformRows } from '../sampling/uniform.js';
import { type Design, Picked } from './design.js';

/** So much of the sequence is looked at for each point before the rest is left to chance. */
const mostRows = 65_536;

/** One scrambled sequence from its beginning, without what constraints refuse and what comes twice. */
export const sobolDesign: Design = (space, count, rng, avoid) => {
  const picked = new Picked(space, count, avoid);
  const seed = rng.split('sobol');
  let seen = 0;
  for (let rows = count + avoid.length; picked.missing > 0 && seen < rows;) {
    // The same stream scrambles in the same way: a longer sequence begins with the shorter one.
    const sequence = uniformRows(space.uniforms, rows, seed.split('scramble'));
    for (const row of sequence.slice(seen)) picked.take(space.drawn(row));
    seen = rows;
    rows = Math.min(mostRows, 4 * rows);
  }
  return picked.points;
};
