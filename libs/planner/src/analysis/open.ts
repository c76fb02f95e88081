import { type AnalysisInput, invalidInput } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { LeftOut, Surrogate } from '@ionloop/surrogates';
import { openBelieved } from '../advice/believed.js';
import { type Knowledge, knowledgeOf, type Response } from '../knowledge/knowledge.js';
import { fromFittedModel } from '../models/fitted-model.js';
import { spaceOf } from '../request/space.js';

/** A campaign's question, opened: what is known, and the model that is believed. */
export interface OpenAnalysis {
  readonly space: Space;
  readonly known: Knowledge;
  readonly response: Response;
  readonly model: Surrogate;
  /** −1 where the model was fitted to the negative, because it maximises. */
  readonly sign: number;
  readonly rng: Philox;
  /** Of each row of the response's data, the number of its experiment. */
  readonly numbers: readonly number[];
}

const fewest = 3;

/** The model that was kept where there is one of these results; else the strategy's own, fitted now. */
export function openAnalysis({ plan, model: kept, numbers }: AnalysisInput): OpenAnalysis {
  const space = spaceOf(plan.space);
  const known = knowledgeOf(space, plan, false);
  const [response] = known.responses;
  const n = response.data.y.length;
  if (n < fewest) {
    throw invalidInput(
      'campaign',
      `the campaign has ${n} accepted result${n === 1 ? '' : 's'}; a model needs at least ${fewest}`,
    );
  }
  const rng = Philox.fromSeed(`${plan.seed}/analysis`);
  const common = { space, known, response, rng, numbers: response.rows.map((row) => numbers[row]!) };
  if (kept !== null) return { ...common, ...fromFittedModel(kept) };
  const { model } = openBelieved(plan, true);
  if (model === null) throw new Error('there are enough results, and no model');
  return { ...common, model, sign: response.sign };
}

/** Of this campaign's own rows, which come first. */
export function leftOutOf({ model, response }: OpenAnalysis): LeftOut {
  const { actual, mean, variance } = model.diagnostics().leftOut;
  const n = response.data.y.length;
  return { actual: actual.slice(0, n), mean: mean.slice(0, n), variance: variance.slice(0, n) };
}

/** In the property's own direction; −0 is 0 where it is written down. */
export const inOwnDirection = (values: ArrayLike<number>, sign: number): readonly number[] =>
  Array.from(values, (value) => sign * value + 0);
