/**
 * Measurements of equal inputs, with equal noise of their own, taken together without a loss: of a value f, r of them with variance s each say what
 * their mean ȳ with variance s/r says,
 *
 *   Πᵢ N(yᵢ; f, s) = N(ȳ; f, s/r)·C,   ln C = −½((r − 1)·ln 2πs + ln r + Σ(yᵢ − ȳ)²/s),   s = σ_n² + noise of the rows,
 *
 * so that the likelihood of n rows costs what that of the distinct ones does.
 */
import {
  exp,
  kernelParameters,
  log,
  selectRows,
  withMarginalLikelihood,
  type GaussianData,
  type Kernel,
  type Matrix,
  type MarginalLikelihood,
} from '@ionloop/linalg';

const { imul } = Math;

const logTwoPi = 1.8378770664093453;
/** ln of a noise as good as none. */
const noNoise = -60;
/** Rows are taken together where at most this share of them is distinct. */
const mostDistinct = 0.75;

export interface Replicates {
  /** (u) The first row of each group, with the mean response of the group. */
  readonly data: GaussianData;
  /** r (u) */
  readonly counts: Float64Array;
  /** Σ(yᵢ − ȳ)² (u) */
  readonly squares: Float64Array;
}

export type Likelihood = Pick<MarginalLikelihood, 'parameters' | 'value' | 'valueAndGradient'>;

/** Undefined where too few rows repeat others for it to be worth the while. */
export function replicatesOf({ X, y, noise }: GaussianData): Replicates | undefined {
  const rows = alikeRows(X, noise);
  if (rows.length > mostDistinct * X.rows) return undefined;
  const first = rows.map(([row]) => row!);
  const means = rows.map((group) => group.reduce((sum, i) => sum + y[i]!, 0) / group.length);
  return {
    data: {
      X: selectRows(X, first),
      y: Float64Array.from(means),
      ...(noise && { noise: Float64Array.from(first, (i) => noise[i]!) }),
    },
    counts: Float64Array.from(rows, (group) => group.length),
    squares: Float64Array.from(rows, (group, g) =>
      group.reduce((sum, i) => sum + (y[i]! - means[g]!) * (y[i]! - means[g]!), 0),
    ),
  };
}

/** Rows with equal inputs and noise together, in the order of the first of each; −0 is 0. */
function alikeRows({ rows, cols, data }: Matrix, noise: Float64Array | undefined): readonly number[][] {
  const groups: number[][] = [];
  const byHash = new Map<number, number[][]>();
  const value = new Float64Array(1);
  const words = new Int32Array(value.buffer);
  const mixedIn = (hash: number, next: number) => {
    value[0] = next + 0;
    return imul(imul(hash ^ words[0]!, 0x5bd1e995) ^ words[1]!, 0x27d4eb2f);
  };
  const areAlike = (i: number, j: number) => {
    for (let c = 0; c < cols; c++) if (data[i * cols + c] !== data[j * cols + c]) return false;
    return noise?.[i] === noise?.[j];
  };
  for (let i = 0; i < rows; i++) {
    let hash = noise ? mixedIn(0, noise[i]!) : 0;
    for (let at = i * cols; at < (i + 1) * cols; at++) hash = mixedIn(hash, data[at]!);
    const near = byHash.get(hash);
    const group = near?.find(([first]) => areAlike(first!, i));
    if (group) {
      group.push(i);
      continue;
    }
    const own = [i];
    groups.push(own);
    if (near) near.push(own);
    else byHash.set(hash, [own]);
  }
  return groups;
}

/** The likelihood of all rows, at the price of the distinct ones, while `use` runs. */
export function withReplicatedLikelihood<T>(
  kernel: Kernel,
  replicates: Replicates,
  use: (likelihood: Likelihood) => T,
): T {
  const at = kernelParameters(kernel);
  const { data, counts } = replicates;
  const inner = (theta: Float64Array) => theta.map((value, i) => (i === at ? noNoise : value));
  const ofMeans = (noise: number) => counts.map((r, g) => (noise + (data.noise?.[g] ?? 0)) / r);
  return withMarginalLikelihood(kernel, data, (likelihood) => {
    const slopes = new Float64Array(counts.length);
    return use({
      parameters: likelihood.parameters,
      value: (theta) => {
        const noise = exp(theta[at]!);
        return likelihood.value(inner(theta), ofMeans(noise)) + scatter(replicates, noise).value;
      },
      valueAndGradient: (theta, gradient) => {
        const noise = exp(theta[at]!);
        const rows = { noise: ofMeans(noise), slopes };
        const value = likelihood.valueAndGradient(inner(theta), gradient, rows);
        const within = scatter(replicates, noise);
        gradient[at] =
          noise * slopes.reduce((sum, slope, g) => sum + slope / counts[g]!, 0) + noise * within.slope;
        return value + within.value;
      },
    });
  });
}

/** Σ ln C, and its slope by σ_n². */
function scatter(
  { data, counts, squares }: Replicates,
  noise: number,
): { readonly value: number; readonly slope: number } {
  let [value, slope] = [0, 0];
  counts.forEach((r, g) => {
    const s = noise + (data.noise?.[g] ?? 0);
    value -= 0.5 * ((r - 1) * (logTwoPi + log(s)) + log(r) + squares[g]! / s);
    slope -= 0.5 * ((r - 1) / s - squares[g]! / (s * s));
  });
  return { value, slope };
}

/** σ_n² by how far measurements of equal inputs scatter, and how many numbers it rests on. */
export function noiseOfReplicates({ data, counts, squares }: Replicates): {
  readonly variance: number;
  readonly freedom: number;
} {
  let [sum, freedom] = [0, 0];
  counts.forEach((r, g) => {
    sum += squares[g]! - (r - 1) * (data.noise?.[g] ?? 0);
    freedom += r - 1;
  });
  return { variance: freedom > 0 && sum > 0 ? sum / freedom : 0, freedom };
}
