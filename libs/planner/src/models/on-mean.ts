import type { Matrix, Philox } from '@ionloop/linalg';
import {
  type Diagnostics,
  type Json,
  meansOf,
  metricsOf,
  type Prediction,
  readSurrogate,
  type Surrogate,
  type SurrogateFactory,
  type SurrogateJson,
  type TrainingData,
} from '@ionloop/surrogates';

export const onMeanKind = 'on-mean';
const kind = onMeanKind;
const version = 1;

interface Line {
  readonly offset: number;
  readonly slope: number;
}

/**
 * What another model has learned elsewhere as the mean: y ≈ a + b·m(x) by least squares over this campaign's rows, and a model of what that leaves. Of
 * fewer than `fewestForSlope` rows only a is learned.
 */
export function onMean(mean: Surrogate, factory: SurrogateFactory): SurrogateFactory {
  return {
    kind,
    capabilities: factory.capabilities,
    fit(data, rng) {
      const at = meansOf(mean, data.X);
      const line = lineThrough(at, data.y);
      const rest = data.y.map((value, i) => value - line.offset - line.slope * at[i]!);
      return new OnMean(mean, line, factory.fit({ ...data, y: rest }, rng), data);
    },
    fromJSON: (json) =>
      readOnMean(json, (part) => (part.kind === factory.kind ? factory.fromJSON(part) : readSurrogate(part))),
  };
}

const fewestForSlope = 4;

function lineThrough(x: Float64Array, y: Float64Array): Line {
  const mean = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  let [across, along] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    across += (x[i]! - mx) * (y[i]! - my);
    along += (x[i]! - mx) * (x[i]! - mx);
  }
  const slope = x.length >= fewestForSlope && along > 0 ? across / along : 1;
  return { slope, offset: my - slope * mx };
}

class OnMean implements Surrogate {
  readonly kind = kind;
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(
    private readonly mean: Surrogate,
    private readonly line: Line,
    private readonly rest: Surrogate,
    private readonly data: Pick<TrainingData, 'X' | 'y'> | null,
  ) {
    this.dimension = rest.dimension;
    this.sampleIsJoint = rest.sampleIsJoint;
  }

  predict(X: Matrix): Prediction {
    const base = this.baseAt(X);
    const { mean, variance } = this.rest.predict(X);
    return { mean: mean.map((value, i) => value + base[i]!), variance };
  }

  sample(X: Matrix, count: number, rng: Philox): Matrix {
    const base = this.baseAt(X);
    const draws = this.rest.sample(X, count, rng);
    draws.data.forEach((value, at) => (draws.data[at] = value + base[at % X.rows]!));
    return draws;
  }

  diagnostics(): Diagnostics {
    const inner = this.rest.diagnostics();
    if (this.data === null) return { ...inner, kind };
    const base = this.baseAt(this.data.X);
    const leftOut = {
      actual: Array.from(this.data.y),
      mean: inner.leftOut.mean.map((value, i) => value + base[i]!),
      variance: inner.leftOut.variance,
    };
    return { ...inner, kind, leftOut, metrics: metricsOf(leftOut) };
  }

  toJSON(): SurrogateJson {
    return {
      kind,
      version,
      line: { ...this.line },
      mean: this.mean.toJSON(),
      rest: this.rest.toJSON(),
    };
  }

  private baseAt(X: Matrix): Float64Array {
    return meansOf(this.mean, X).map((value) => this.line.offset + this.line.slope * value);
  }
}

/** A model that was written down no longer has its rows: its diagnostics are those of what the mean leaves. */
export function readOnMean(json: SurrogateJson, read: (json: SurrogateJson) => Surrogate): Surrogate {
  const { line, mean, rest } = json as unknown as { line: Line; mean: Json; rest: Json };
  if (json.kind !== kind || json.version !== version) {
    throw new TypeError(`this is not a model ${kind} of version ${version}`);
  }
  return new OnMean(read(mean as SurrogateJson), line, read(rest as SurrogateJson), null);
}
