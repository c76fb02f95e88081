import type { Acquisition } from './contract.js';

/** One draw of the response at all candidates: trying its maximum tries each candidate as often as it is believed the best. */
export function thompsonSampling(): Acquisition {
  return {
    name: 'Thompson sampling',
    score: (model, candidates, { rng }) => model.sample(candidates, 1, rng).data,
  };
}
