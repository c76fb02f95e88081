import { dot, matrix, type Matrix, type Philox } from '@ionloop/linalg';
import type { GrowingSurrogate, Surrogate, TrainingData } from '@ionloop/surrogates';

const unasked = () => {
  throw new Error('not asked for in these tests');
};

/** Independent normal beliefs; row i of X is the place in `mean` of the belief meant. Of a single one, every row is meant. */
export function believed(mean: Float64Array, sd: Float64Array): Surrogate {
  const place = (X: Matrix, i: number) => (mean.length === 1 ? 0 : X.data[i * X.cols]!);
  const places = (X: Matrix) => Array.from({ length: X.rows }, (_, i) => place(X, i));
  return {
    kind: 'believed',
    dimension: 1,
    sampleIsJoint: true,
    predict: (X) => ({
      mean: Float64Array.from(places(X), (i) => mean[i]!),
      variance: Float64Array.from(places(X), (i) => sd[i]! ** 2),
    }),
    sample: (X, count, rng) => matrix(count, X.rows, jointly(X, count, rng)),
    diagnostics: () => ({ noiseVariance: 0.01 }) as ReturnType<Surrogate['diagnostics']>,
    toJSON: unasked,
  };

  function jointly(X: Matrix, count: number, rng: Philox): Float64Array {
    const rows = places(X);
    return Float64Array.from(
      Array.from({ length: count }, () => {
        const z = rng.normals(mean.length);
        return rows.map((i) => mean[i]! + sd[i]! * z[i]!);
      }).flat(),
    );
  }
}

/** A normal belief of known mean (m) and covariance (m,m) over rows 0 … m − 1, measured with a noise of this variance. */
export function jointlyBelieved(mean: Float64Array, C: Matrix, noise: number): GrowingSurrogate {
  const at = (X: Matrix) => Array.from({ length: X.rows }, (_, i) => X.data[i]!);
  const variance = (i: number) => C.data[i * C.cols + i]!;
  return {
    kind: 'jointly believed',
    dimension: 1,
    sampleIsJoint: true,
    predict: (X) => ({
      mean: Float64Array.from(at(X), (i) => mean[i]!),
      variance: Float64Array.from(at(X), variance),
    }),
    sample: unasked,
    diagnostics: () => ({ noiseVariance: noise }) as ReturnType<Surrogate['diagnostics']>,
    toJSON: unasked,
    withRows: ({ X, y }: TrainingData) => {
      const [i, ...others] = at(X);
      const column = C.data.slice(i! * C.cols, (i! + 1) * C.cols);
      const total = variance(i!) + noise;
      const moved = mean.map((value, j) => value + (column[j]! * (y[0]! - mean[i!]!)) / total);
      const left = matrix(C.rows, C.cols, C.data.slice());
      for (let j = 0; j < C.rows; j++)
        for (let k = 0; k < C.cols; k++)
          left.data[j * C.cols + k] = C.data[j * C.cols + k]! - (column[j]! * column[k]!) / total;
      const next = jointlyBelieved(moved, left, noise);
      return others.length === 0
        ? next
        : next.withRows({ X: matrix(others.length, 1, Float64Array.from(others)), y: y.slice(1) });
    },
  };
}

/** A covariance (m,m) of full rank. */
export function someCovariance(m: number, rng: Philox): Matrix {
  const A = matrix(m, m, rng.normals(m * m));
  const C = matrix(m, m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) C.data[i * m + j] = dot(A.data, i * m, A.data, j * m, m) / m;
  return C;
}

/** What the model says of c·f + shift. */
export function rescaled(model: Surrogate, c: number, shift: number): Surrogate {
  const to = (values: Float64Array) => values.map((value) => c * value + shift);
  const scaled: Surrogate = {
    kind: model.kind,
    dimension: model.dimension,
    sampleIsJoint: model.sampleIsJoint,
    predict: (X) => {
      const { mean, variance } = model.predict(X);
      return { mean: to(mean), variance: variance.map((value) => c * c * value) };
    },
    sample: (X, count, rng) => {
      const draws = model.sample(X, count, rng);
      return matrix(draws.rows, draws.cols, to(draws.data));
    },
    diagnostics: () => {
      const diagnostics = model.diagnostics();
      const { noiseVariance } = diagnostics;
      return { ...diagnostics, ...(noiseVariance !== undefined && { noiseVariance: c * c * noiseVariance }) };
    },
    toJSON: unasked,
  };
  if (!('withRows' in model)) return scaled;
  const growing = model as GrowingSurrogate;
  return {
    ...scaled,
    withRows: ({ X, y }: TrainingData) =>
      rescaled(growing.withRows({ X, y: y.map((value) => (value - shift) / c) }), c, shift),
  } as GrowingSurrogate;
}
