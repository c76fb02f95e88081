/**
 * Rows of several sources: instruments, fidelities, simulations, earlier campaigns, literature. Source 0 is the one that is predicted.
 *
 *   y_i = centre_s + spread_s·(f_s(x_i) + g_s(x_i) + o_s + ε_i),   s the source of row i,
 *   cov(f_s(x), f_s'(x')) = Σ_t σ_t²·k_t(x, x')·B_t[s, s']           what sources share,
 *   cov(g_s(x), g_s'(x')) = [s = s' > 0]·Σ_t v_ts²·k'_t(x, x')       what other sources have of their own, with lengthscales of its own,
 *   o_s ~ N(0, σ_o²),   ε_i ~ N(0, σ_s² + noise of the row).
 *
 * Without g an unrelated source would impose its lengthscales on source 0: with it, source 0 may have f to itself. B_t is a coregion, whose prior
 * (priors.ts) favours strong correlation; of the logarithms of scales, that of source 0 in f ~ N(0, ½), of others N(0, 1), v_ts ~ N(−1, 1). Offsets
 * are integrated out, ln σ_o² as of LogNormal(ln 0.1, 1). Offsets and scales make good what centre and spread cannot tell of few rows.
 * σ_s² is learned for each source under the prior of noise, which decides as long as there are few rows. The search climbs from
 * the priors' mode and from what a process of one source finds in either kind of rows, with all of it shared, the same turned over, with
 * nothing, and with what one source has. Many rows of other sources can outweigh what few rows of source 0 say: left-out predictions of these decide between the peaks, and
 * where sharing does not help them there is none.
 */
import {
  exp,
  layoutOf,
  log,
  matrix,
  withMarginalLikelihood,
  type CoregionLayout,
  type GaussianData,
  type Kernel,
  type Matrix,
  type TermLayout,
} from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import { standardisation, type Standardisation } from '../data.js';
import { orInfinity, type FitSettings, type PosteriorDensity } from './fit.js';
import { addLogPrior, hyperparametersOf, type Hyperparameter } from './priors.js';

/** Fewer rows of a source do not tell how far its responses spread. */
export const rowsForSpread = 3;
const sharedScale = { mean: 0, sd: 1 };
const ownScale = { mean: -1, sd: 1 };
/** ln of a scale as good as 0. */
export const noScale = -30;
export const smallestOffset = log(1e-4);
const offset = { location: log(0.1), scale: 1, lower: smallestOffset, upper: log(1e2) };

export interface Sources {
  /** The sources' numbers in the data, ascending: the kernel knows them by their places here. */
  readonly labels: readonly number[];
  /** Of each source. */
  readonly units: readonly Standardisation[];
}

export function hasSources({ source }: TrainingData): boolean {
  return source?.some((label) => label !== 0) ?? false;
}

export function sourcesOf({ y, source }: TrainingData): Sources {
  const labels = [...new Set([0, ...source!])].sort((a, b) => a - b);
  const responses = labels.map((label) => y.filter((_, i) => source![i] === label));
  const known = responses.map((values) =>
    values.length < rowsForSpread ? undefined : standardisation(values),
  );
  const common = commonSpread(responses, known, y);
  return {
    labels,
    units: responses.map(
      (values, s) => known[s] ?? { centre: average(values.length > 0 ? values : y), spread: common },
    ),
  };
}

/** For a source of few rows: how far those of the others spread on average, or else all rows. */
function commonSpread(
  responses: readonly Float64Array[],
  known: readonly (Standardisation | undefined)[],
  y: Float64Array,
): number {
  let [sum, rows] = [0, 0];
  known.forEach((units, s) => {
    if (units === undefined) return;
    sum += responses[s]!.length * log(units.spread);
    rows += responses[s]!.length;
  });
  return rows > 0 ? exp(sum / rows) : standardisation(y).spread;
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The rows of X with a last column of source numbers. */
export function withSource(X: Matrix, sourceOf: (row: number) => number): Matrix {
  const [n, d] = [X.rows, X.cols];
  const wider = matrix(n, d + 1);
  for (let i = 0; i < n; i++) {
    wider.data.set(X.data.subarray(i * d, (i + 1) * d), i * (d + 1));
    wider.data[i * (d + 1) + d] = sourceOf(i);
  }
  return wider;
}

/** The rows as the process sees them, standardised each by its source. */
export function standardisedSources(
  { X, y, noise, source }: TrainingData,
  { labels, units }: Sources,
): GaussianData {
  const places = Array.from(source!, (label) => labels.indexOf(label));
  const of = (i: number) => units[places[i]!]!;
  return {
    X: withSource(X, (i) => places[i]!),
    y: y.map((value, i) => (value - of(i).centre) / of(i).spread),
    ...(noise && { noise: noise.map((variance, i) => variance / (of(i).spread * of(i).spread)) }),
  };
}

/** The kernel of one source made one of S, whose numbers are in column `dimension`: what they share, what is each one's own, offsets. */
export function kernelOfSources({ terms }: Kernel, dimension: number, sources: number, rank: number): Kernel {
  const coregion = (of: { rank: number; unitDiagonal?: boolean }) => ({
    kind: 'coregion' as const,
    columns: [dimension],
    coregion: { sources, ...of },
  });
  return {
    terms: [
      ...terms.map((parts) => [...parts, coregion({ rank })]),
      ...terms.map((parts) => [...parts, coregion({ rank: 0 })]),
      [coregion({ rank: 0, unitDiagonal: true })],
    ],
  };
}

/** The terms that `kernelOfSources` made, by what they are for. */
export function termsOfSources(kernel: Kernel): {
  readonly shared: readonly TermLayout[];
  readonly own: readonly TermLayout[];
  readonly offsets: TermLayout;
} {
  const { terms } = layoutOf(kernel);
  const half = terms.length >> 1;
  return { shared: terms.slice(0, half), own: terms.slice(half, 2 * half), offsets: terms[2 * half]! };
}

export function coregionOf({ parts }: TermLayout): CoregionLayout {
  return parts.at(-1)!.coregion!;
}

/** [θ of the kernel of sources, ln σ_s² for each source] */
export function hyperparametersOfSources(
  kernel: Kernel,
  sources: number,
  settings: FitSettings,
): Hyperparameter[] {
  const found = hyperparametersOf(kernel, settings);
  const { shared, own, offsets } = termsOfSources(kernel);
  const change = (place: number, changes: Partial<Hyperparameter>) =>
    (found[place] = { ...found[place]!, ...changes });
  const fix = (place: number, value: number) =>
    change(place, { start: value, spread: 0, lower: value, upper: value });
  const [noise, mean] = [found.length - 2, found.length - 1];
  const level = found[noise]!;
  // Scales of sources stand in for the variances of terms, offsets for the mean, noises of sources for the common one.
  for (const { variance } of [...shared, ...own]) fix(variance, -log(shared.length));
  fix(noise, log(settings.smallestNoise));
  fix(mean, 0);
  change(offsets.variance, { ...offset, prior: offset, start: offset.location });
  for (const term of shared)
    for (const place of coregionOf(term).scales!.slice(1)) change(place, { prior: sharedScale });
  for (const term of own) {
    const [first, ...others] = coregionOf(term).scales!;
    fix(first!, noScale);
    for (const place of others) change(place, { prior: ownScale, start: ownScale.mean });
  }
  return [...found, ...Array.from({ length: sources }, () => level)];
}

export interface SourcesTheta {
  readonly theta: Float64Array;
  /** (S) σ_s² */
  readonly noise: Float64Array;
}

/** What was learned, as one vector [θ, ln σ_s²] and back. */
export function split(values: Float64Array, sources: number): SourcesTheta {
  const at = values.length - sources;
  return { theta: values.slice(0, at), noise: values.slice(at).map((value) => exp(value)) };
}

/** The rows' noise, that of their sources included. */
export function noiseOfRows({ X, noise }: GaussianData, levels: Float64Array): Float64Array {
  return Float64Array.from({ length: X.rows }, (_, i) => levels[sourceAt(X, i)]! + (noise ? noise[i]! : 0));
}

export function sourceAt(X: Matrix, row: number): number {
  return X.data[(row + 1) * X.cols - 1]!;
}

/** −ln p(y|θ, σ_s²) − ln p(θ, σ_s²), up to a constant. */
export function withSourcesDensity<T>(
  kernel: Kernel,
  data: GaussianData,
  hyperparameters: readonly Hyperparameter[],
  sources: number,
  use: (density: PosteriorDensity) => T,
): T {
  const slopes = new Float64Array(data.X.rows);
  return withMarginalLikelihood(kernel, data, (likelihood) =>
    use({
      value: (values) =>
        orInfinity(() => {
          const { theta, noise } = split(values, sources);
          const prior = addLogPrior(hyperparameters, values, new Float64Array(values.length));
          return -(likelihood.value(theta, noiseOfRows(data, noise)) + prior);
        }),
      valueAndGradient: (values, gradient) =>
        orInfinity(() => {
          const { theta, noise } = split(values, sources);
          const ofTheta = new Float64Array(theta.length);
          const value = likelihood.valueAndGradient(theta, ofTheta, {
            noise: noiseOfRows(data, noise),
            slopes,
          });
          gradient.fill(0);
          gradient.set(ofTheta);
          slopes.forEach((slope, i) => {
            const s = sourceAt(data.X, i);
            gradient[theta.length + s] = gradient[theta.length + s]! + slope * noise[s]!;
          });
          const prior = addLogPrior(hyperparameters, values, gradient);
          hyperparameters.forEach(({ lower, upper }, i) => {
            gradient[i] = lower < upper ? -gradient[i]! : 0;
          });
          return -(value + prior);
        }),
    }),
  );
}
