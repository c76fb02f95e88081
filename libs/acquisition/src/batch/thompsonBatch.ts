import type { Matrix } from '@ionloop/linalg';
import type { Surrogate } from '@ionloop/surrogates';
import { argMax } from '../argMax.js';
import { believing, isGrowing } from '../belief/growing.js';
import type { AcquisitionContext } from '../contract.js';
import { chooseBatch, type Batch } from './contract.js';

/** Each member is the maximum of a draw of its own, without those before; what is pending is believed where the model can grow. */
export function thompsonBatch(
  model: Surrogate,
  candidates: Matrix,
  q: number,
  context: AcquisitionContext,
): Batch {
  const { pending, rng } = context;
  const given = pending && isGrowing(model) ? believing(model, pending) : model;
  let draws: Matrix | undefined;
  return chooseBatch(candidates, q, context, (allowed, chosen) => {
    draws ??= given.sample(candidates, q, rng);
    const at = chosen.length * candidates.rows;
    const draw = draws.data.subarray(at, at + candidates.rows);
    const index = argMax(draw, allowed);
    return { index, score: draw[index]! };
  });
}
