/**
 * Several models as one, a mixture of their beliefs. Member i has weight wᵢ, Σw = 1, and says N(mᵢ, sᵢ²): the mean is m = Σ wᵢ·mᵢ, the variance
 * Σ wᵢ·(sᵢ² + (mᵢ − m)²), what they doubt and what they disagree on.
 */
import { InvalidArgumentError, matrix, requireCount, row, type Matrix, type Philox } from '@ionloop/linalg';
import type {
  Diagnostics,
  Json,
  LeftOut,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { requireInputs } from '../data.js';
import { fieldsFrom, numberFrom, requireKind } from '../json.js';
import { leftOutOf } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
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

interface Part {
  readonly weight: number;
  readonly model: Surrogate;
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
    return mixed(
      this.parts.map(({ weight, model }) => ({ weight, ...model.predict(X) })),
      X.rows,
    );
  }

  /** Each draw is one of a member's, taken as often as its weight says. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const draws = matrix(count, X.rows);
    const turns = Array.from({ length: count }, () => this.#memberAt(rng.uniform()));
    this.parts.forEach(({ model }, i) => {
      const own = turns.flatMap((turn, k) => (turn === i ? [k] : []));
      const drawn = model.sample(X, own.length, rng.split(`member ${i}`));
      own.forEach((k, at) => draws.data.set(row(drawn, at), k * X.rows));
    });
    return draws;
  }

  #memberAt(u: number): number {
    let below = 0;
    const at = this.parts.findIndex(({ weight }) => u < (below += weight));
    return at < 0 ? this.parts.length - 1 : at;
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

function leftOutOfAll(each: readonly { readonly weight: number; readonly leftOut: LeftOut }[]): LeftOut {
  const { actual } = each[0]!.leftOut;
  const { mean, variance } = mixed(
    each.map(({ weight, leftOut }) => ({
      weight,
      mean: Float64Array.from(leftOut.mean),
      variance: Float64Array.from(leftOut.variance),
    })),
    actual.length,
  );
  return leftOutOf(mean, variance, actual);
}

/** Of the members that have any. */
function sharedImportances(
  each: readonly { readonly weight: number; readonly importances?: readonly number[] }[],
  dimension: number,
): number[] | undefined {
  const sum = new Float64Array(dimension);
  let total = 0;
  for (const { weight, importances } of each) {
    if (importances === undefined) continue;
    total += weight;
    importances.forEach((value, j) => (sum[j] = sum[j]! + weight * value));
  }
  return total > 0 ? Array.from(sum, (value) => value / total) : undefined;
}

function mixed(parts: readonly ({ readonly weight: number } & Prediction)[], m: number): Prediction {
  const mean = new Float64Array(m);
  const variance = new Float64Array(m);
  for (const part of parts) for (let i = 0; i < m; i++) mean[i] = mean[i]! + part.weight * part.mean[i]!;
  for (const part of parts)
    for (let i = 0; i < m; i++) {
      const off = part.mean[i]! - mean[i]!;
      variance[i] = variance[i]! + part.weight * (part.variance[i]! + off * off);
    }
  return { mean, variance };
}
