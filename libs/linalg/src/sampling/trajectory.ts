/**
 * Trajectories of the No-U-Turn Sampler (Hoffman and Gelman 2014) with their points drawn by weight, as Betancourt (2017) describes it and
 * Stan does it.
 *
 * x the point, p the momentum, g the gradient of the log-density, v = M⁻¹p the velocity with M⁻¹ the diagonal of variances, H =
 * −log density + ½·pᵀv the energy. A trajectory ends where it turns back: where v at either end points against the sum of the momenta.
 */
import type { Philox } from '../random/philox.js';
import { exp } from '../special/exp.js';
import { log1p } from '../special/log.js';

const { min, sqrt } = Math;
const { isFinite } = Number;

/** The log-density at x, up to a constant; writes its gradient. What is not finite counts as outside of the support. */
export type LogDensityWithGradient = (x: Float64Array, gradient: Float64Array) => number;

const largestRise = 1000;

export interface State {
  readonly x: Float64Array;
  readonly g: Float64Array;
  readonly logDensity: number;
}

export interface Moving extends State {
  readonly p: Float64Array;
  readonly v: Float64Array;
  readonly energy: number;
}

/** The density, the variances and how often the density has been asked for. */
export class System {
  evaluations = 0;

  constructor(
    readonly logDensity: LogDensityWithGradient,
    public variances: Float64Array,
  ) {}

  at(x: Float64Array): State {
    this.evaluations += 1;
    const g = new Float64Array(x.length);
    return { x, logDensity: this.logDensity(x, g), g };
  }

  /** The state with a momentum drawn for it. */
  kicked(state: State, rng: Philox): Moving {
    return this.#moving(
      state,
      this.variances.map((variance) => rng.normal() / sqrt(variance)),
    );
  }

  /** One leapfrog step, backwards where the size is negative. */
  leap({ x, p, g }: Moving, size: number): Moving {
    const half = p.map((pi, i) => pi + 0.5 * size * g[i]!);
    const to = this.at(x.map((xi, i) => xi + size * this.variances[i]! * half[i]!));
    for (let i = 0; i < half.length; i++) half[i]! += 0.5 * size * to.g[i]!;
    return this.#moving(to, half);
  }

  #moving(state: State, p: Float64Array): Moving {
    const v = p.map((pi, i) => pi * this.variances[i]!);
    const energy = 0.5 * inner(p, v) - state.logDensity;
    return { ...state, p, v, energy: isFinite(energy) ? energy : Infinity };
  }
}

/** A stretch of a trajectory, from the end nearer to where it began to the farther one. */
interface Stretch {
  readonly near: Moving;
  readonly far: Moving;
  /** The sum of the momenta. */
  readonly rho: Float64Array;
  /** ln Σ e^(H₀ − H) over its points, and one of them drawn by these weights. */
  readonly logWeight: number;
  readonly drawn: State;
}

interface Walk {
  readonly system: System;
  readonly rng: Philox;
  readonly startEnergy: number;
  /** With its sign. */
  size: number;
  steps: number;
  accepted: number;
  diverged: boolean;
}

export interface Move {
  readonly to: State;
  readonly depth: number;
  readonly diverged: boolean;
  /** The mean acceptance over the points that were tried. */
  readonly acceptance: number;
}

/** The next point of the chain. */
export function moveOnce(system: System, here: State, size: number, maxDepth: number, rng: Philox): Move {
  const start = system.kicked(here, rng);
  const walk: Walk = {
    system,
    rng,
    startEnergy: start.energy,
    size,
    steps: 0,
    accepted: 0,
    diverged: false,
  };
  let whole: Stretch = { near: start, far: start, rho: start.p, logWeight: 0, drawn: here };
  let depth = 0;
  while (depth < maxDepth) {
    // Always grow at the far end: where the other one is to grow, the ends change their names.
    if (rng.uniform() < 0.5) {
      whole = { ...whole, near: whole.far, far: whole.near };
      walk.size = -walk.size;
    }
    const added = grow(walk, whole.far, depth);
    depth += 1;
    if (added === undefined) break;
    // The newer half is preferred: that moves farther, and keeps the distribution.
    const drawn = -rng.exponential() < added.logWeight - whole.logWeight ? added.drawn : whole.drawn;
    const turned = turns(whole, added);
    whole = joined(whole, added, drawn);
    if (turned) break;
  }
  return {
    to: whole.drawn,
    depth,
    diverged: walk.diverged,
    acceptance: walk.steps === 0 ? 1 : walk.accepted / walk.steps,
  };
}

/** 2^depth more points; undefined where they diverge or turn back within themselves. */
function grow(walk: Walk, from: Moving, depth: number): Stretch | undefined {
  if (depth === 0) return step(walk, from);
  const first = grow(walk, from, depth - 1);
  const second = first && grow(walk, first.far, depth - 1);
  if (first === undefined || second === undefined) return undefined;
  const logWeight = logSum(first.logWeight, second.logWeight);
  const drawn = -walk.rng.exponential() < second.logWeight - logWeight ? second.drawn : first.drawn;
  return turns(first, second) ? undefined : joined(first, second, drawn);
}

function step(walk: Walk, from: Moving): Stretch | undefined {
  const to = walk.system.leap(from, walk.size);
  const logWeight = walk.startEnergy - to.energy;
  walk.steps += 1;
  walk.accepted += min(1, exp(logWeight));
  if (logWeight < -largestRise) {
    walk.diverged = true;
    return undefined;
  }
  return { near: to, far: to, rho: to.p, logWeight, drawn: to };
}

function joined(first: Stretch, second: Stretch, drawn: State): Stretch {
  return {
    near: first.near,
    far: second.far,
    rho: sum(first.rho, second.rho),
    logWeight: logSum(first.logWeight, second.logWeight),
    drawn,
  };
}

/** Whether two neighbouring stretches turn back, as a whole or across the gap between them. */
function turns(first: Stretch, second: Stretch): boolean {
  return (
    turnsBack(first.near, second.far, sum(first.rho, second.rho)) ||
    turnsBack(first.near, second.near, sum(first.rho, second.near.p)) ||
    turnsBack(first.far, second.far, sum(second.rho, first.far.p))
  );
}

function turnsBack(a: Moving, b: Moving, rho: Float64Array): boolean {
  return !(inner(a.v, rho) > 0 && inner(b.v, rho) > 0);
}

function logSum(a: number, b: number): number {
  return a > b ? a + log1p(exp(b - a)) : b + log1p(exp(a - b));
}

function sum(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]!);
}

function inner(a: Float64Array, b: Float64Array): number {
  let result = 0;
  for (let i = 0; i < a.length; i++) result += a[i]! * b[i]!;
  return result;
}
