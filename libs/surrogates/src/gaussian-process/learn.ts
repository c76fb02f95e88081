/** θ, the warp of the inputs and what stands for censored rows, found in turn. */
import type { GaussianData, Kernel, Philox } from '@ionloop/linalg';
import { emptySites, propagate, withSites, type Sites } from './censoring.js';
import { fitHyperparameters, subset, type FitSettings } from './fit.js';
import type { InputMap } from './inputMap.js';
import { hyperparametersOf } from './priors.js';
import { isWarp, learnWarp, unwarped, warped } from './warp.js';

/** Of the process itself. */
export interface LearnedInputs {
  readonly theta: Float64Array;
  readonly inputs: InputMap;
}

export interface Learned extends LearnedInputs {
  readonly sites: Sites | null;
}

export interface Task {
  readonly kernel: Kernel;
  /** Rows as measured, in standard units. */
  readonly data: GaussianData;
  readonly inputs: InputMap;
  /** The columns that are warped. */
  readonly warped: readonly number[];
  /** The rows that are bounds. */
  readonly censored: readonly number[];
  readonly settings: FitSettings;
}

/** How often θ and pseudo-observations take turns: measured, a fifth turn changes the logarithm of the evidence by 10⁻⁴ at most. */
const turns = 4;
/** Above so many rows a warp is learned on some of them. */
const mostWarpRows = 200;

/** `previous` is where to begin. */
export function learn(task: Task, rng: Philox, previous?: LearnedInputs): Learned {
  const { kernel, data, censored } = task;
  if (censored.length === 0) return { ...learnInputs(task, data, rng, previous), sites: null };
  let sites = emptySites(censored, data.y);
  let learned = learnInputs(task, withSites(data, sites), rng, previous);
  const settle = () => propagate(kernel, learned.theta, { ...data, X: learned.inputs.apply(data.X) }, sites);
  for (let turn = 0; turn < turns; turn++) {
    sites = settle();
    learned = learnInputs(task, withSites(data, sites), rng, learned);
  }
  return { ...learned, sites: settle() };
}

function learnInputs(task: Task, data: GaussianData, rng: Philox, start?: LearnedInputs): LearnedInputs {
  const { kernel, inputs, warped: columns, settings } = task;
  const fit = (map: InputMap, from?: Float64Array) =>
    fitHyperparameters(kernel, { ...data, X: map.apply(data.X) }, settings, rng, from);
  if (columns.length === 0) return { theta: fit(inputs, start?.theta), inputs };
  const n = data.X.rows;
  const rows = n > mostWarpRows ? subset(data, rng.split('warp').choose(n, mostWarpRows)) : data;
  const from =
    start && isWarp(start.inputs)
      ? { theta: start.theta, phi: start.inputs.phi }
      : { theta: fit(inputs), phi: unwarped(data.X.cols) };
  const joint = learnWarp(kernel, rows, hyperparametersOf(kernel, settings), columns, from);
  const map = warped(joint.phi);
  return { theta: rows === data ? joint.theta : fit(map, joint.theta), inputs: map };
}
