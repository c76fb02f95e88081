/** θ, the warp of the inputs and what stands for censored rows, found in turn. */
import type { GaussianData, Kernel, Philox } from '@ionloop/linalg';
import { emptySites, propagate, withSites, type Sites } from './censoring.js';
import { fitHyperparameters, subset, type FitSettings } from './fit.js';
import type { InputMap } from './inputMap.js';
import { hyperparametersOf } from './priors.js';
import { learnWarp, warped } from './warp.js';

export interface Learned {
  readonly theta: Float64Array;
  readonly inputs: InputMap;
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

export function learn(task: Task, rng: Philox, previous?: Float64Array): Learned {
  if (task.censored.length === 0) return { ...learnInputs(task, task.data, rng, previous), sites: null };
  const { kernel, data } = task;
  let sites = emptySites(task.censored, data.y);
  let learned = learnInputs(task, withSites(data, sites), rng, previous);
  for (let turn = 0; turn < turns; turn++) {
    const mapped = { ...data, X: learned.inputs.apply(data.X) };
    sites = propagate(kernel, learned.theta, mapped, sites);
    learned = learnInputs(
      { ...task, inputs: learned.inputs, warped: [] },
      withSites(data, sites),
      rng,
      learned.theta,
    );
  }
  const mapped = { ...data, X: learned.inputs.apply(data.X) };
  return { ...learned, sites: propagate(kernel, learned.theta, mapped, sites) };
}

/** θ, and the warp where there is one. */
function learnInputs(
  { kernel, inputs, warped: columns, settings }: Task,
  data: GaussianData,
  rng: Philox,
  previous?: Float64Array,
): Omit<Learned, 'sites'> {
  const theta = fitHyperparameters(kernel, { ...data, X: inputs.apply(data.X) }, settings, rng, previous);
  if (columns.length === 0) return { theta, inputs };
  const n = data.X.rows;
  const rows = n > mostWarpRows ? subset(data, rng.split('warp').choose(n, mostWarpRows)) : data;
  const joint = learnWarp(kernel, rows, hyperparametersOf(kernel, settings), columns, theta);
  const map = warped(joint.phi);
  if (rows === data) return { theta: joint.theta, inputs: map };
  const polished = fitHyperparameters(kernel, { ...data, X: map.apply(data.X) }, settings, rng, joint.theta);
  return { theta: polished, inputs: map };
}
