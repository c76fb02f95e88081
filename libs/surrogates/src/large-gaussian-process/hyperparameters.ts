/**
 * Hyperparameters for more rows than a whole Gaussian process can take: those of the process of some rows, drawn at random. Priors are those of
 * gaussian-process/priors.ts.
 */
import { requireCount, requireKernel, type GaussianData, type Kernel, type Philox } from '@ionloop/linalg';
import type { TrainingData } from '../contract.js';
import { standardisation, type Standardisation } from '../data.js';
import { fitHyperparameters, subset, type FitSettings } from '../gaussian-process/fit.js';
import { kernelOf, requireKernelName, type KernelName } from '../gaussian-process/kernels.js';
import { requirePositive } from '../options.js';

const { min } = Math;

export interface LargeOptions {
  /** A name, for one part over all columns with categories apart, or a sum of products; `matern52` where it is left out. */
  readonly kernel?: KernelName | Kernel;
  /** How many rows hyperparameters are learned from by the whole process; 1000 where it is left out. */
  readonly learnRows?: number;
  /** Whether the signal variance of a kernel of one term is learned; where not (the default) it is the variance of y. */
  readonly learnSignal?: boolean;
  /** Starts of the optimiser, the priors' mode being the first; 3 where it is left out. */
  readonly starts?: number;
  /** In units of the unit cube; 0.025 where it is left out. */
  readonly smallestLengthscale?: number;
  /** In units of the variance of y; 1e-5 where it is left out. */
  readonly smallestNoise?: number;
}

export interface LargeSettings extends FitSettings {
  readonly kernel: KernelName | Kernel;
  readonly learnRows: number;
}

export function largeSettings(options: LargeOptions): LargeSettings {
  const { kernel = 'matern52', learnRows = 1000, learnSignal = false, starts = 3 } = options;
  const { smallestLengthscale = 0.025, smallestNoise = 1e-5 } = options;
  if (typeof kernel === 'string') requireKernelName('options.kernel', kernel);
  requireCount('options.learnRows', learnRows, 1);
  requireCount('options.starts', starts, 1);
  requirePositive('options.smallestLengthscale', smallestLengthscale);
  requirePositive('options.smallestNoise', smallestNoise);
  return { kernel, learnRows, priors: 'unit-cube', learnSignal, starts, smallestLengthscale, smallestNoise };
}

/** Data in standard units, and what is believed of them. */
export interface Standard {
  readonly kernel: Kernel;
  readonly units: Standardisation;
  readonly data: GaussianData;
}

export function standardise({ X, y, noise, categorical }: TrainingData, settings: LargeSettings): Standard {
  const { kernel } = settings;
  const chosen = typeof kernel === 'string' ? kernelOf(kernel, X.cols, categorical) : kernel;
  requireKernel('options.kernel', chosen, X.cols);
  const units = standardisation(y);
  const { centre, spread } = units;
  return {
    kernel: chosen,
    units: { centre: centre + 0, spread },
    data: {
      X,
      y: y.map((value) => (value - centre) / spread),
      ...(noise && { noise: noise.map((variance) => variance / (spread * spread)) }),
    },
  };
}

export function learnFromSome(
  { kernel, data }: Standard,
  settings: LargeSettings,
  rng: Philox,
): Float64Array {
  return fitHyperparameters(kernel, someRows(data, settings.learnRows, rng.split('learn')), settings, rng);
}

/** All rows, or so many of them. */
export function someRows(data: GaussianData, count: number, rng: Philox): GaussianData {
  const n = data.y.length;
  return n <= count ? data : subset(data, rng.choose(n, min(count, n)));
}
