import { InvalidArgumentError } from '../errors.js';
import { requireCount, requireLength } from '../dense/checks.js';
import { matrix, type Matrix } from '../dense/matrix.js';
import type { Philox } from '../random/philox.js';
import { adaptationWindows, StepSize, Variances } from './adaptation.js';
import { checkedStart, requireStartDensity } from './density.js';
import { moveOnce, System, type LogDensityWithGradient, type State } from './trajectory.js';

const { isFinite } = Number;

export interface NutsOptions {
  readonly draws: number;
  /** Moves before the first draw, which set the step size and the variances; 1000 where it is left out. */
  readonly warmup?: number;
  /** The mean acceptance that the step size is set for; 0.8 where it is left out, nearer to 1 where trajectories diverge. */
  readonly targetAcceptance?: number;
  /** A trajectory has at most 2^maxDepth − 1 steps; 10 where it is left out. */
  readonly maxDepth?: number;
  /** Where the search for a first step size begins; 1 where it is left out. With `warmup` 0 it is the step size. */
  readonly stepSize?: number;
  /** About the variance of each coordinate, where it is known; ones where it is left out. */
  readonly variances?: ArrayLike<number>;
}

export interface NutsDraws {
  /** (draws, d) */
  readonly draws: Matrix;
  readonly logDensities: Float64Array;
  /** The mean acceptance after the warm-up. */
  readonly acceptance: number;
  readonly stepSize: number;
  /** The diagonal of the inverse mass matrix, as the warm-up left it. */
  readonly variances: Float64Array;
  /** How often the trajectory of each draw doubled. */
  readonly depths: Uint8Array;
  /** The draws whose trajectory diverged: its energy rose by more than 1000, so the density may be too curved for the step. */
  readonly divergences: readonly number[];
  /** Of the density and its gradient, warm-up included. */
  readonly evaluations: number;
}

/**
 * Draws from a density known up to a factor by the No-U-Turn Sampler (Hoffman and Gelman 2014). The warm-up sets the step size by dual
 * averaging and the variances of the diagonal mass matrix.
 */
export function nuts(
  logDensity: LogDensityWithGradient,
  start: ArrayLike<number>,
  options: NutsOptions,
  rng: Philox,
): NutsDraws {
  const { draws: count, warmup = 1000, maxDepth = 10, targetAcceptance = 0.8 } = options;
  const x = checkedStart(start);
  checkOptions(options, x.length);
  const system = new System(logDensity, Float64Array.from(options.variances ?? x.map(() => 1)));
  let here = system.at(x);
  requireStartDensity('logDensity', here.logDensity);
  if (!here.g.every(isFinite))
    throw new InvalidArgumentError('start', 'must be a point where the gradient of logDensity is finite');

  const step = new StepSize(options.stepSize ?? 1, targetAcceptance);
  if (warmup > 0) here = warmUp(system, here, step, warmup, maxDepth, rng);

  const draws = matrix(count, x.length);
  const logDensities = new Float64Array(count);
  const depths = new Uint8Array(count);
  const divergences: number[] = [];
  let acceptance = 0;
  for (let i = 0; i < count; i++) {
    const move = moveOnce(system, here, step.current, maxDepth, rng);
    here = move.to;
    draws.data.set(here.x, i * x.length);
    logDensities[i] = here.logDensity;
    depths[i] = move.depth;
    acceptance += (move.acceptance - acceptance) / (i + 1);
    if (move.diverged) divergences.push(i);
  }
  return {
    draws,
    logDensities,
    acceptance,
    stepSize: step.current,
    variances: system.variances,
    depths,
    divergences,
    evaluations: system.evaluations,
  };
}

function warmUp(
  system: System,
  here: State,
  step: StepSize,
  warmup: number,
  maxDepth: number,
  rng: Philox,
): State {
  const { from, ends } = adaptationWindows(warmup);
  let seen = new Variances(here.x.length);
  step.restart(firstStepSize(system, here, step.current, rng));
  for (let i = 0; i < warmup; i++) {
    const move = moveOnce(system, here, step.current, maxDepth, rng);
    here = move.to;
    step.learn(move.acceptance);
    if (i >= from) seen.add(here.x);
    if (ends.includes(i + 1)) {
      system.variances = seen.estimate();
      seen = new Variances(here.x.length);
      step.settle();
      step.restart(firstStepSize(system, here, step.current, rng));
    }
  }
  step.settle();
  return here;
}

/** Doubled or halved until the acceptance of one step passes 0.8. */
function firstStepSize(system: System, here: State, step: number, rng: Philox): number {
  const rise = (size: number) => {
    const from = system.kicked(here, rng);
    return from.energy - system.leap(from, size).energy;
  };
  const threshold = -0.2231435513142097;
  const grows = rise(step) > threshold;
  for (let i = 0; i < 60; i++) {
    const next = grows ? 2 * step : step / 2;
    if (next > 1e7 || next < 1e-300) break;
    step = next;
    if (rise(step) > threshold !== grows) break;
  }
  return step;
}

function checkOptions(options: NutsOptions, d: number): void {
  const { draws, warmup = 0, maxDepth = 10, targetAcceptance = 0.8, stepSize = 1, variances } = options;
  requireCount('draws', draws);
  requireCount('warmup', warmup);
  requireCount('maxDepth', maxDepth, 1);
  if (maxDepth > 20) throw new InvalidArgumentError('maxDepth', `must be at most 20, not ${maxDepth}`);
  if (!(targetAcceptance > 0 && targetAcceptance < 1))
    throw new InvalidArgumentError('targetAcceptance', `must lie between 0 and 1, not ${targetAcceptance}`);
  if (!(stepSize > 0 && stepSize < Infinity))
    throw new InvalidArgumentError('stepSize', `must be positive and finite, not ${stepSize}`);
  if (variances === undefined) return;
  requireLength('variances', variances, d);
  for (let i = 0; i < d; i++)
    if (!(variances[i]! > 0 && variances[i]! < Infinity))
      throw new InvalidArgumentError(
        'variances',
        `must be positive and finite; element ${i} is ${variances[i]!}`,
      );
}
