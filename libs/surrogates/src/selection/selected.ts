/** A choice among candidates as a factory of its own: each fit chooses again, by cross-validation among the rows it is given. */
import { InvalidArgumentError, type Matrix, type Philox } from '@ionloop/linalg';
import type { Diagnostics, Prediction, Surrogate, SurrogateFactory, SurrogateJson } from '../contract.js';
import { ownData } from '../data.js';
import { rowsThatCount } from '../ignoredRows.js';
import { fieldsFrom, requireKind } from '../json.js';
import { requireOneOf } from '../options.js';
import { sharedCapabilities } from '../sharedCapabilities.js';
import type { Candidate } from './candidates.js';
import { stratifiedKFold, type Splitting } from './folds.js';
import { scoreNames, selectBest, splitRowsOf, type ScoreName } from './select.js';

const { min } = Math;

export interface SelectedOptions {
  readonly candidates: readonly Candidate[];
  /** Five folds of even shares of the response where it is left out, or as many as there are rows. */
  readonly splitting?: Splitting;
  /** `nlpd` where it is left out. */
  readonly score?: ScoreName;
  /** How a model is read back from JSON; by the candidate of its kind where it is left out. */
  readonly read?: (json: SurrogateJson) => Surrogate;
}

export interface SelectedSurrogate extends Surrogate {
  /** The name of the candidate. */
  readonly chosen: string;
  readonly model: Surrogate;
}

export interface SelectedFactory extends SurrogateFactory {
  fit(...given: Parameters<SurrogateFactory['fit']>): SelectedSurrogate;
  fromJSON(json: SurrogateJson): SelectedSurrogate;
}

const kind = 'selected';
const version = 1;

/**
 * Takes what all candidates take. What the diagnostics leave out is what the chosen candidate does: it has been chosen for that, so it is
 * better than what is to be expected; `nestedCrossValidate` says how much.
 */
export function selected({ candidates, splitting, score = 'nlpd', read }: SelectedOptions): SelectedFactory {
  const [first] = candidates;
  if (first === undefined) throw new InvalidArgumentError('options.candidates', 'must not be empty');
  requireOneOf('options.score', score, scoreNames);
  const capabilities = sharedCapabilities(candidates.map(({ factory }) => factory));
  const readModel = read ?? readerOf(candidates);
  return {
    kind,
    capabilities,
    fit(data, rng) {
      const own = ownData(data, capabilities);
      const counting = rowsThatCount(own);
      const n = counting.y.length;
      // A single row leaves nothing to choose by.
      if (n < 2) return new Selected(first.name, first.factory.fit(own, rng.split('fit')));
      const split = splitting ?? stratifiedKFold(min(5, n));
      const folds = split(splitRowsOf(counting), rng.split('folds'));
      const { name, factory } = selectBest(candidates, counting, folds, score, rng.split('select')).chosen;
      return new Selected(name, factory.fit(own, rng.split('fit')));
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      const { chosen } = json;
      if (typeof chosen !== 'string') throw new InvalidArgumentError('json.chosen', 'must be a name');
      return new Selected(chosen, readModel(fieldsFrom('json.model', json['model']) as SurrogateJson));
    },
  };
}

function readerOf(candidates: readonly Candidate[]): (json: SurrogateJson) => Surrogate {
  return (json) => {
    const reader = candidates.find(({ factory }) => factory.kind === json.kind)?.factory;
    if (reader === undefined)
      throw new InvalidArgumentError('json.model', `must not be of kind "${json.kind}" here`);
    return reader.fromJSON(json);
  };
}

class Selected implements SelectedSurrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(
    readonly chosen: string,
    readonly model: Surrogate,
  ) {
    this.dimension = model.dimension;
    this.sampleIsJoint = model.sampleIsJoint;
  }

  predict(X: Matrix): Prediction {
    return this.model.predict(X);
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    return this.model.sample(X, count, rng);
  }

  diagnostics(): Diagnostics {
    return { ...this.model.diagnostics(), kind };
  }

  toJSON(): SurrogateJson {
    return { kind, version, chosen: this.chosen, model: this.model.toJSON() };
  }
}
