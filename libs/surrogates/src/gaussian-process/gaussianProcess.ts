import {
  InvalidArgumentError,
  requireCols,
  requireCount,
  requireKernel,
  type GaussianData,
  type Kernel,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type { Capabilities, Surrogate, SurrogateFactory, SurrogateJson, TrainingData } from '../contract.js';
import { ownData, plainCapabilities, standardisation, type Standardisation } from '../data.js';
import { requireKind } from '../json.js';
import { requireOneOf, requirePositive } from '../options.js';
import { drawHyperparameters, hyperparameterSamplers, type AveragingOptions } from './averaging.js';
import { blocksOn, referenceRows, requireBlocks, requireCategorical, type InputBlock } from './blocks.js';
import { withSites } from './censoring.js';
import type { FitSettings } from './fit.js';
import { plainInputs, type InputMap } from './inputMap.js';
import { kernelOf, requireKernelName, type KernelName } from './kernels.js';
import { learn } from './learn.js';
import { fitMean, withLinearTerm, type MeanFunction } from './meanFunction.js';
import { GaussianProcess, standardRows } from './model.js';
import { hyperparametersOf, priorSets, type PriorSet } from './priors.js';
import { hasSources } from './sources.js';
import { fitSourcesProcess, readSourcesProcess } from './sourcesProcess.js';
import { requireUnitCube } from './warp.js';
import { descriptionFrom, kind, version } from './written.js';

export interface GaussianProcessOptions {
  /** A name, for one part over all columns with categories apart, or a sum of products; `matern52` where it is left out. */
  readonly kernel?: KernelName | Kernel;
  /** Inputs of several kinds, of any scale, as groups; in the unit cube, each with its lengthscale, where it is left out. */
  readonly blocks?: readonly InputBlock[];
  /** Rows that blocks take their spread from, a pool say; those of the data where it is left out. */
  readonly reference?: Matrix;
  /** 'groups' for blocks, 'unit-cube' without, where it is left out. */
  readonly priors?: PriorSet;
  /** Whether columns of the unit cube are stretched where the response changes fast. */
  readonly warp?: boolean;
  /** 'constant' where it is left out; 'linear' with coefficients that are integrated out; or what another surrogate says. */
  readonly mean?: 'constant' | 'linear' | SurrogateFactory;
  /** 'map', the likeliest, where it is left out; or how to average over θ: warps and what stands for censored rows stay those of the likeliest. */
  readonly hyperparameters?: 'map' | AveragingOptions;
  /** Whether the signal variance of a kernel of one term is learned; where not (the default but for groups) it is the variance of y. */
  readonly learnSignal?: boolean;
  /** Starts of the optimiser, the priors' mode being the first; 3 where it is left out. */
  readonly starts?: number;
  /** In units of the unit cube; 0.025 where it is left out. Groups have limits of their own. */
  readonly smallestLengthscale?: number;
  /** In units of the variance of y; 1e-5 where it is left out. */
  readonly smallestNoise?: number;
  /** Of data from several sources: how many ways they have of varying together; where left out one less than there are sources, at most 2. */
  readonly sourceRank?: number;
  /** How a mean function is read back from JSON; by its factory where it is left out. */
  readonly read?: (json: SurrogateJson) => Surrogate;
}

/** A Gaussian process; y is standardised on the way in and predictions come back in units of y. */
export function gaussianProcess(options: GaussianProcessOptions = {}): SurrogateFactory {
  requireOptions(options);
  const settings = settingsOf(options);
  const meanFactory = meanFactoryOf(options);
  const readMean = options.read ?? (meanFactory && ((json: SurrogateJson) => meanFactory.fromJSON(json)));
  return {
    kind,
    capabilities: capabilitiesOf(options),
    fit(given, rng, previous) {
      const data = ownData(given, this.capabilities);
      if (!hasSources(data))
        return fitProcess(options, data, rng, previous instanceof GaussianProcess ? previous : undefined);
      if (data.censored?.includes(1))
        throw new InvalidArgumentError('data.censored', 'cannot be had together with several sources');
      const { kernel } = inputsAndKernel(options, data);
      return fitSourcesProcess(kind, kernel, data, settings, options.sourceRank, rng, previous);
    },
    fromJSON(json) {
      requireKind(json, kind, 1, version);
      if (json['sources'] !== undefined) return readSourcesProcess(json);
      return GaussianProcess.of(descriptionFrom(json, readMean));
    },
  };
}

/** Mean function, then units of what it leaves, then what is learned, then what is averaged over. */
function fitProcess(
  options: GaussianProcessOptions,
  data: TrainingData,
  rng: Philox,
  previous: GaussianProcess | undefined,
): GaussianProcess {
  const settings = settingsOf(options);
  const { inputs, kernel } = inputsAndKernel(options, data);
  const factory = meanFactoryOf(options);
  const mean = factory ? fitMean(factory, data, rng.split('mean'), previous?.description.mean ?? null) : null;
  const units = unitsOf(data, mean);
  const rows = standardRows(data, mean, units);
  const learned = learn(
    {
      kernel,
      data: rows,
      inputs,
      warped: options.warp === true ? continuousColumns(data) : [],
      censored: Array.from(data.y.keys()).filter((i) => data.censored?.[i]),
      settings,
    },
    rng,
    previous?.learnedFor(kernel),
  );
  const observed = withSites({ ...rows, X: learned.inputs.apply(rows.X) }, learned.sites);
  const draws = drawsOf(options, kernel, observed, learned.theta, rng.split('hyperparameters'));
  return GaussianProcess.of({ kernel, data, units, draws, mean, appended: 0, ...learned });
}

function drawsOf(
  options: GaussianProcessOptions,
  kernel: Kernel,
  rows: GaussianData,
  theta: Float64Array,
  rng: Philox,
): readonly Float64Array[] | null {
  const { hyperparameters = 'map' } = options;
  // A response that does not vary is certain to go on so: there is nothing to average over.
  if (hyperparameters === 'map' || rows.y.every((value) => value === rows.y[0])) return null;
  const limits = hyperparametersOf(kernel, settingsOf(options));
  return drawHyperparameters(kernel, rows, limits, theta, hyperparameters, rng);
}

function meanFactoryOf({ mean }: GaussianProcessOptions): SurrogateFactory | undefined {
  return typeof mean === 'object' ? mean : undefined;
}

function requireOptions(options: GaussianProcessOptions): void {
  const { kernel = 'matern52', blocks, starts = 3, priors, hyperparameters = 'map' } = options;
  const { smallestLengthscale = 1, smallestNoise = 1 } = options;
  if (typeof kernel === 'string') requireKernelName('options.kernel', kernel);
  if (priors !== undefined) requireOneOf('options.priors', priors, priorSets);
  requireCount('options.starts', starts, 1);
  if (options.sourceRank !== undefined) requireCount('options.sourceRank', options.sourceRank);
  requirePositive('options.smallestLengthscale', smallestLengthscale);
  requirePositive('options.smallestNoise', smallestNoise);
  if (blocks !== undefined) {
    requireBlocks('options.blocks', blocks);
    if (typeof kernel !== 'string')
      throw new InvalidArgumentError('options.kernel', 'must be a name where there are blocks');
    if (options.warp === true)
      throw new InvalidArgumentError('options.warp', 'is for inputs in the unit cube, not for blocks');
  }
  if (hyperparameters === 'map') return;
  const { draws = 8, sampler = 'slice', warmup = 0, every = 1 } = hyperparameters;
  requireCount('options.hyperparameters.draws', draws, 1);
  requireOneOf('options.hyperparameters.sampler', sampler, hyperparameterSamplers);
  requireCount('options.hyperparameters.warmup', warmup);
  requireCount('options.hyperparameters.every', every, 1);
}

function settingsOf(options: GaussianProcessOptions): FitSettings {
  const { starts = 3, smallestLengthscale = 0.025, smallestNoise = 1e-5 } = options;
  const { priors = options.blocks ? 'groups' : 'unit-cube' } = options;
  const { learnSignal = priors === 'groups' } = options;
  return { priors, learnSignal, starts, smallestLengthscale, smallestNoise };
}

/** Rows of several sources have a process of their own, which takes none of what is refused here. */
function capabilitiesOf(options: GaussianProcessOptions): Capabilities {
  const { blocks, warp = false, hyperparameters = 'map' } = options;
  const mean = meanFactoryOf(options);
  const { categorical, censored } = mean?.capabilities ?? { categorical: true, censored: true };
  return {
    ...plainCapabilities,
    noise: true,
    categorical: categorical && (blocks?.some(({ kind: of }) => of === 'categorical') ?? true),
    censored,
    source: blocks === undefined && mean === undefined && !warp && hyperparameters === 'map',
  };
}

interface InputsAndKernel {
  readonly inputs: InputMap;
  readonly kernel: Kernel;
}

/** What blocks make of their reference rows, which is the same for every fit. */
const prepared = new WeakMap<GaussianProcessOptions, InputsAndKernel>();

function inputsAndKernel(
  options: GaussianProcessOptions,
  { X, categorical = [] }: TrainingData,
): InputsAndKernel {
  const { kernel = 'matern52', blocks, reference, mean } = options;
  const linear = (one: Kernel) => (mean === 'linear' ? withLinearTerm(one) : one);
  if (blocks !== undefined && typeof kernel === 'string') {
    requireCategorical(blocks, categorical);
    const kept = prepared.get(options);
    if (kept) {
      requireCols('data.X', X, reference?.cols ?? X.cols);
      return kept;
    }
    const made = blocksOn(blocks, referenceRows(reference, X), kernel);
    const both = { inputs: made.inputs, kernel: linear(made.kernel) };
    if (reference) prepared.set(options, both);
    return both;
  }
  const chosen = typeof kernel === 'string' ? kernelOf(kernel, X.cols, categorical) : kernel;
  requireKernel('options.kernel', chosen, X.cols);
  return { inputs: plainInputs(X.cols), kernel: linear(chosen) };
}

/** Of what is left of the responses that are more than a bound, if there are any. */
function unitsOf({ y, censored }: TrainingData, mean: MeanFunction | null): Standardisation {
  const residuals = mean === null ? y : y.map((value, i) => value - mean.leftOut[i]!);
  const known = residuals.filter((_, i) => !censored?.[i]);
  const told = known.length > 0 ? known : residuals;
  const units = standardisation(told);
  // The mean of equal numbers need not be one of them.
  return told.every((value) => value === told[0]) ? { ...units, centre: told[0]! } : units;
}

function continuousColumns({ X, categorical = [] }: TrainingData): readonly number[] {
  const columns = Array.from({ length: X.cols }, (_, column) => column).filter(
    (column) => !categorical.includes(column),
  );
  requireUnitCube(X, columns);
  return columns;
}
