/** Several models as one, a mixture of their beliefs with weights that are given. */
import { InvalidArgumentError, requireCount, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  Json,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { requireInputs } from '../data.js';
import { fieldsFrom, numberFrom, requireKind } from '../json.js';
import { metricsOf } from '../metrics.js';
import { drawByTurns, leftOutOfAll, predictMixed, sharedImportances, type Part } from '../mixture/mixture.js';
import { requirePositive } from '../options.js';
import { sharedCapabilities } from '../sharedCapabilities.js';

export interface VotingMember {
  readonly factory: SurrogateFactory;
  /** In units of the others'; 1 where it is left out. */
  readonly weight?: number;
}

export interface VotingOptions {
  /** At least one. */
  readonly members: readonly VotingMember[];
  /** How a member is read back from JSON; by the factory among the members that is of its kind where it is left out. */
  readonly read?: (json: SurrogateJson) => Surrogate;
}

const kind = 'voting';
const version = 1;

/** Takes what all of its members take. */
export function voting({ members, read }: VotingOptions): SurrogateFactory {
  requireCount('options.members.length', members.length, 1);
  members.forEach(({ weight = 1 }, i) => requirePositive(`options.members[${i}].weight`, weight));
  const total = members.reduce((sum, { weight = 1 }) => sum + weight, 0);
  const readMember = read ?? readerOf(members);
  return {
    kind,
    capabilities: sharedCapabilities(members.map(({ factory }) => factory)),
    fit: (data, rng) =>
      new Voting(
        members.map(({ factory, weight = 1 }, i) => ({
          weight: weight / total,
          model: factory.fit(data, rng.split(`member ${i}`)),
        })),
      ),
    fromJSON(json) {
      requireKind(json, kind, version);
      const parts = json['members'];
      if (!Array.isArray(parts) || parts.length === 0)
        throw new InvalidArgumentError('json.members', 'must be a list of at least one member');
      return new Voting(
        (parts as readonly Json[]).map((part, i) => {
          const { weight, model } = fieldsFrom(`json.members[${i}]`, part);
          return {
            weight: numberFrom(`json.members[${i}].weight`, weight),
            model: readMember(fieldsFrom(`json.members[${i}].model`, model) as SurrogateJson),
          };
        }),
      );
    },
  };
}

function readerOf(members: readonly VotingMember[]): (json: SurrogateJson) => Surrogate {
  return (json) => {
    const reader = members.find(({ factory }) => factory.kind === json.kind)?.factory;
    if (reader === undefined)
      throw new InvalidArgumentError('json.members', `must not hold a model of kind "${json.kind}" here`);
    return reader.fromJSON(json);
  };
}

class Voting implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(private readonly parts: readonly Part[]) {
    this.dimension = parts[0]!.model.dimension;
    this.sampleIsJoint = parts.every(({ model }) => model.sampleIsJoint);
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    return predictMixed(this.parts, X);
  }

  /** Each draw is one of a member's, taken as often as its weight says. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    return drawByTurns(this.parts, X, count, rng);
  }

  diagnostics(): Diagnostics {
    const each = this.parts.map(({ weight, model }) => ({ weight, ...model.diagnostics() }));
    const leftOut = leftOutOfAll(each);
    const noise = each.reduce((sum, { weight, noiseVariance = 0 }) => sum + weight * noiseVariance, 0);
    const importances = sharedImportances(each, this.dimension);
    return {
      kind,
      n: leftOut.actual.length,
      ...(noise > 0 && { noiseVariance: noise }),
      ...(importances && { importances }),
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      members: this.parts.map(({ weight, model }) => ({ weight, model: model.toJSON() })),
    };
  }
}
