/**
 * Any model with a spread by the bootstrap. The mean is that of all rows; its spread that of members fitted on rows drawn with replacement, moved to the mean: what
 * the model would say had other rows been measured, whatever it says of its own doubt. A row's left-out prediction comes from the members that did
 * not draw it; what their errors have beyond the members' spread is the noise.
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
  TrainingData,
} from '../contract.js';
import { ownData, requireInputs, standardisation } from '../data.js';
import { onRowsThatCount, rowsOf } from '../ignoredRows.js';
import { fieldsFrom, numberFrom, requireKind } from '../json.js';
import { leftOutFrom, leftOutOf, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';

const { max } = Math;
const kind = 'bootstrapped';
const version = 1;

export interface BootstrapOptions {
  /** Models on rows drawn with replacement; 30 where it is left out. */
  readonly members?: number;
  /** How a model is read back from JSON; by the factory where it is left out. */
  readonly read?: (json: SurrogateJson) => Surrogate;
}

/** Takes what the factory takes, but for sources and censored rows: a member might be left without any that is predicted. */
export function bootstrapped(factory: SurrogateFactory, options: BootstrapOptions = {}): SurrogateFactory {
  const { members = 30, read = (json: SurrogateJson) => factory.fromJSON(json) } = options;
  requireCount('options.members', members, 2);
  const capabilities = { ...factory.capabilities, source: false, censored: false };
  return {
    kind,
    capabilities,
    fit: (data, rng) =>
      onRowsThatCount(ownData(data, capabilities), (counting) => {
        const main = factory.fit(counting, rng.split('all rows'));
        const bags = Array.from({ length: members }, (_, b) => bag(counting.y.length, rng.split(`bag ${b}`)));
        const drawn = bags.map((rows, b) => factory.fit(rowsOf(counting, rows), rng.split(`member ${b}`)));
        const { leftOut, noiseVariance } = outOfBag(counting, bags, drawn);
        return {
          leftOut,
          noiseVariance,
          model: (all) => new Bootstrapped(main, drawn, noiseVariance, all),
        };
      }),
    fromJSON(json) {
      requireKind(json, kind, version);
      const { members: written } = json;
      if (!Array.isArray(written) || written.length < 2)
        throw new InvalidArgumentError('json.members', 'must be a list of at least two models');
      const model = (name: string, part: Json | undefined): Surrogate =>
        read(fieldsFrom(name, part) as SurrogateJson);
      return new Bootstrapped(
        model('json.main', json['main']),
        (written as readonly Json[]).map((part, b) => model(`json.members[${b}]`, part)),
        numberFrom('json.noiseVariance', json['noiseVariance']),
        leftOutFrom('json.leftOut', json['leftOut']),
      );
    },
  };
}

/** n rows of n, with replacement, in rising order. */
const bag = (n: number, rng: Philox): readonly number[] =>
  Array.from({ length: n }, () => rng.integer(n)).sort((a, b) => a - b);

/** Where every member drew a row, the mean and spread of all of y. */
function outOfBag(
  { X, y }: TrainingData,
  bags: readonly (readonly number[])[],
  members: readonly Surrogate[],
): { readonly noiseVariance: number; readonly leftOut: LeftOut } {
  const whole = standardisation(y);
  const said = members.map((model) => model.predict(X).mean);
  const drew = bags.map((rows) => new Set(rows));
  const beliefs = Array.from(y, (_, i) => {
    const values = said.flatMap((mean, b) => (drew[b]!.has(i) ? [] : [mean[i]!]));
    return values.length > 0 ? momentsOf(values) : undefined;
  });
  const beyond = beliefs.flatMap((belief, i) =>
    belief === undefined ? [] : [(y[i]! - belief.mean) * (y[i]! - belief.mean) - belief.variance],
  );
  const surplus = beyond.reduce((sum, value) => sum + value, 0) / beyond.length;
  const noiseVariance = beyond.length > 0 ? max(surplus, 0) : whole.spread * whole.spread;
  return {
    noiseVariance,
    leftOut: leftOutOf(
      beliefs.map((belief) => belief?.mean ?? whole.centre),
      beliefs.map((belief) => (belief ? belief.variance + noiseVariance : whole.spread * whole.spread)),
      y,
    ),
  };
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, variance: squares / values.length };
}

class Bootstrapped implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint = true;

  constructor(
    private readonly main: Surrogate,
    private readonly members: readonly Surrogate[],
    private readonly noiseVariance: number,
    private readonly leftOut: LeftOut,
  ) {
    this.dimension = main.dimension;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const said = this.members.map((model) => model.predict(X).mean);
    const variance = Float64Array.from(
      { length: X.rows },
      (_, i) => momentsOf(said.map((mean) => mean[i]!)).variance,
    );
    return { mean: this.main.predict(X).mean, variance };
  }

  /** Each draw is the mean and how far one member lies from the members' mean. */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { mean } = this.main.predict(X);
    const said = this.members.map((model) => model.predict(X).mean);
    const middle = mean.map((_, i) => momentsOf(said.map((values) => values[i]!)).mean);
    const draws = matrix(count, X.rows);
    for (let k = 0; k < count; k++) {
      const one = said[rng.integer(said.length)]!;
      row(draws, k).set(mean.map((value, i) => value + one[i]! - middle[i]!));
    }
    return draws;
  }

  diagnostics(): Diagnostics {
    const { leftOut, noiseVariance } = this;
    const { importances } = this.main.diagnostics();
    return {
      kind,
      n: leftOut.actual.length,
      noiseVariance,
      ...(importances && { importances }),
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      noiseVariance: this.noiseVariance,
      leftOut: leftOutToJson(this.leftOut),
      main: this.main.toJSON(),
      members: this.members.map((model) => model.toJSON()),
    };
  }
}
