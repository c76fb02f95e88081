import { gaussianProcess, type SurrogateFactory, type TrainingData } from '@ionloop/surrogates';
import type { Space } from '@ionloop/space';
import type { PlannedData } from '../knowledge/knowledge.js';
import { viewOf } from './view.js';

const plain = gaussianProcess();
const fitted = new WeakMap<Space, SurrogateFactory>();

/**
 * A Gaussian process that looks at the columns of a space by their kinds, each in units of its spread over the space and not over what happens to be measured.
 * Data that name no space are taken as numbers in the unit cube.
 */
export const beliefs: SurrogateFactory = {
  kind: plain.kind,
  capabilities: plain.capabilities,
  fit: (data: TrainingData & Partial<PlannedData>, rng, previous) => {
    const { space, ...rows } = data;
    return (space === undefined ? plain : processOn(space)).fit(rows, rng, previous);
  },
  fromJSON: (json) => plain.fromJSON(json),
};

function processOn(space: Space): SurrogateFactory {
  const kept = fitted.get(space);
  if (kept) return kept;
  const blocks = space.blocks.map(({ kind, columns }) => ({ kind, columns }));
  const made = gaussianProcess({ blocks, reference: viewOf(space).rows, starts: 1 });
  fitted.set(space, made);
  return made;
}
