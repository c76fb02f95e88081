import { type Philox, selectRows } from '@ionloop/linalg';
import {
  gaussianProcess,
  type GrowingSurrogate,
  type Surrogate,
  type SurrogateFactory,
  type TrainingData,
} from '@ionloop/surrogates';
import type { Space } from '@ionloop/space';
import type { PlannedData } from '../knowledge/knowledge.js';
import { viewOf } from './view.js';

/** Of more results than this a random selection says what the hyperparameters are; the others are then added to what is known. */
const mostFitted = 300;

const plain = gaussianProcess();
const factories = new WeakMap<Space, SurrogateFactory>();

/**
 * A Gaussian process that looks at the columns of a space by their kinds, each in units of its spread over the space and not over what happens to be measured.
 * Data that name no space are taken as numbers in the unit cube.
 */
export const beliefs: SurrogateFactory = {
  kind: plain.kind,
  capabilities: plain.capabilities,
  fit({ space, ...data }: TrainingData & Partial<PlannedData>, rng) {
    const process = space === undefined ? plain : processOn(space);
    return data.y.length > mostFitted ? fitToMany(process, data, rng) : process.fit(data, rng);
  },
  fromJSON: (json) => plain.fromJSON(json),
};

function processOn(space: Space): SurrogateFactory {
  const kept = factories.get(space);
  if (kept) return kept;
  const blocks = space.blocks.map(({ kind, columns }) => ({ kind, columns }));
  const made = gaussianProcess({ blocks, reference: viewOf(space).rows, starts: 1 });
  factories.set(space, made);
  return made;
}

function fitToMany(process: SurrogateFactory, data: TrainingData, rng: Philox): Surrogate {
  const order = rng.split('rows').permutation(data.y.length);
  const { categorical } = data;
  const some = rowsOf(data, order.slice(0, mostFitted));
  const fitted = process.fit({ ...some, ...(categorical && { categorical }) }, rng);
  const rest = rowsOf(data, order.slice(mostFitted));
  return canGrow(fitted) ? fitted.withRows(rest) : process.fit(data, rng);
}

const canGrow = (model: Surrogate): model is GrowingSurrogate => 'withRows' in model;

function rowsOf({ X, y, noise }: TrainingData, rows: ArrayLike<number>): TrainingData {
  const chosen = Array.from(rows);
  const pick = (values: Float64Array): Float64Array =>
    Float64Array.from(chosen, (i) => values[i] ?? Number.NaN);
  return { X: selectRows(X, chosen), y: pick(y), ...(noise && { noise: pick(noise) }) };
}
