/**
 * Nets that each learn from a part of the rows, from different beginnings: where they have seen little they disagree (Lakshminarayanan, Pritzel and
 * Blundell 2017). Each tells mean and variance of a measurement; the variance of the response itself is their disagreement.
 */
import {
  InvalidArgumentError,
  matrix,
  requireCount,
  requireLength,
  type Matrix,
  type Philox,
} from '@ionloop/linalg';
import type {
  Diagnostics,
  Json,
  Prediction,
  Surrogate,
  SurrogateFactory,
  SurrogateJson,
} from '../contract.js';
import { ownData, plainCapabilities, requireInputs } from '../data.js';
import { fieldsFrom, numberFrom, numbersFrom, requireKind } from '../json.js';
import { leftOutFrom, leftOutToJson } from '../leftOut.js';
import { metricsOf } from '../metrics.js';
import { requireAtLeastZero, requireOneOf, requirePositive } from '../options.js';
import { scaled, scalingFrom, scalingToJson } from '../scaling.js';
import { activationNames, type ActivationName } from './activation.js';
import type { Backend } from './backend.js';
import { opinionAt, outputsOf, type Outputs } from './ensemble.js';
import { fitEnsemble, type Backends, type Learnt, type Settings } from './fit.js';
import { parameterCount, type Architecture } from './network.js';

export interface NeuralNetworkOptions {
  /** Of the hidden layers; 64 and 64 where it is left out. */
  readonly widths?: readonly number[];
  /** tanh where it is left out: beyond the rows it levels off. */
  readonly activation?: ActivationName;
  /** At most so many passes over the rows; those that serve the rows left out best are kept. 400 where it is left out. */
  readonly epochs?: number;
  /** 128 where it is left out. */
  readonly batchSize?: number;
  /** At the beginning; it falls to 0 evenly. 0.01 where it is left out. */
  readonly learningRate?: number;
  /** From 0, the likelihood, to 1: how little a large variance excuses from learning. 0.5 where it is left out. */
  readonly beta?: number;
  /** How much of a unit normal prior, scaled by the layer's width, is put on the parameters. 0.1 where it is left out. */
  readonly priorStrength?: number;
  /** Whether the prior of each net is centred on its own beginning, or on 0. True where it is left out. */
  readonly anchored?: boolean;
}

export interface DeepEnsembleOptions extends NeuralNetworkOptions {
  /** At least 2; 5 where it is left out. */
  readonly members?: number;
}

const version = 1;
const { sqrt } = Math;

export function deepEnsembleOn(backends: Backends, options: DeepEnsembleOptions = {}): SurrogateFactory {
  const { members = 5 } = options;
  requireCount('options.members', members, 2);
  return factory('deep-ensemble', backends, settingsOf(options, members));
}

/** One net. It cannot tell its ignorance from the scatter of measurements: its variance is both. */
export function neuralNetworkOn(backends: Backends, options: NeuralNetworkOptions = {}): SurrogateFactory {
  return factory('neural-network', backends, settingsOf(options, 1));
}

function settingsOf(options: NeuralNetworkOptions, members: number): Settings {
  const { widths = [64, 64], epochs = 400, batchSize = 128, learningRate = 0.01 } = options;
  const { beta = 0.5, priorStrength = 0.1, anchored = true } = options;
  widths.forEach((width) => requireCount('options.widths', width, 1));
  requireCount('options.epochs', epochs, 1);
  requireCount('options.batchSize', batchSize, 1);
  requirePositive('options.learningRate', learningRate);
  requireAtLeastZero('options.beta', beta);
  if (beta > 1) throw new InvalidArgumentError('options.beta', `must be at most 1, not ${beta}`);
  requireAtLeastZero('options.priorStrength', priorStrength);
  const activation = requireOneOf('options.activation', options.activation ?? 'tanh', activationNames);
  return {
    members,
    widths: [...widths],
    activation,
    epochs,
    batchSize,
    learningRate,
    beta,
    priorStrength,
    anchored,
  };
}

function factory(kind: string, backends: Backends, settings: Settings): SurrogateFactory {
  const capabilities = { ...plainCapabilities, noise: true, weights: true };
  return {
    kind,
    capabilities,
    fit(data, rng) {
      const learnt = fitEnsemble(backends, settings, ownData(data, capabilities), rng);
      return new DeepEnsemble(kind, backends.portable, learnt);
    },
    fromJSON(json) {
      requireKind(json, kind, version);
      return new DeepEnsemble(kind, backends.portable, learntFrom(json));
    },
  };
}

class DeepEnsemble implements Surrogate {
  readonly dimension: number;
  readonly sampleIsJoint: boolean;

  constructor(
    readonly kind: string,
    private readonly portable: Backend,
    private readonly learnt: Learnt,
  ) {
    this.dimension = learnt.architecture.inputs;
    this.sampleIsJoint = learnt.members.length !== 1;
  }

  predict(X: Matrix): Prediction {
    requireInputs(X, this.dimension);
    const { centre, spread } = this.learnt.output;
    const mean = new Float64Array(X.rows).fill(centre);
    const variance = new Float64Array(X.rows).fill(spread * spread);
    if (this.learnt.members.length === 0) return { mean, variance };
    const outputs = this.outputsAt(X);
    const all = [...this.learnt.members.keys()];
    for (let i = 0; i < X.rows; i++) {
      const opinion = opinionAt(outputs, i, all);
      mean[i] = centre + spread * opinion.mean;
      variance[i] = spread * spread * (all.length === 1 ? opinion.within : opinion.between);
    }
    return { mean, variance };
  }

  /**
   * A draw is the members' mean plus a normal combination of what each of them differs by: one function over all rows, with the mean and variance that
   * are predicted. A lone net draws each row on its own.
   */
  sample(X: Matrix, count: number, rng: Philox): Matrix {
    requireInputs(X, this.dimension);
    requireCount('count', count);
    const { members, output } = this.learnt;
    if (members.length < 2) return this.sampleOfOne(X, count, rng);
    const { mean } = this.outputsAt(X);
    const draws = matrix(count, X.rows);
    for (let k = 0; k < count; k++) {
      // Σ (1/M + (gₘ − ḡ)/√(M − 1))·μₘ with gₘ standard normal.
      const g = members.map(() => rng.normal());
      const middle = g.reduce((sum, value) => sum + value, 0) / members.length;
      const share = g.map((value) => 1 / members.length + (value - middle) / sqrt(members.length - 1));
      for (let i = 0; i < X.rows; i++) {
        let sum = 0;
        for (let m = 0; m < members.length; m++) sum += share[m]! * mean.data[m * X.rows + i]!;
        draws.data[k * X.rows + i] = output.centre + output.spread * sum;
      }
    }
    return draws;
  }

  /** Of a lone net each row on its own; of a response that has not varied, one level for all rows. */
  private sampleOfOne(X: Matrix, count: number, rng: Philox): Matrix {
    const { mean, variance } = this.predict(X);
    const draws = matrix(count, X.rows);
    for (let k = 0; k < count; k++) {
      const level = rng.normal();
      for (let i = 0; i < X.rows; i++)
        draws.data[k * X.rows + i] =
          mean[i]! + sqrt(variance[i]!) * (this.sampleIsJoint ? level : rng.normal());
    }
    return draws;
  }

  private outputsAt(X: Matrix): Outputs {
    const { architecture, members, inputs } = this.learnt;
    return outputsOf(this.portable, architecture, members, scaled(X, inputs));
  }

  diagnostics(): Diagnostics {
    const { leftOut, importances, noiseVariance } = this.learnt;
    return {
      kind: this.kind,
      n: leftOut.actual.length,
      noiseVariance,
      importances,
      leftOut,
      metrics: metricsOf(leftOut),
    };
  }

  toJSON(): SurrogateJson {
    const { architecture, inputs, output, members, importances, noiseVariance, leftOut } = this.learnt;
    return {
      kind: this.kind,
      version,
      dimension: this.dimension,
      widths: architecture.widths,
      activation: architecture.activation,
      inputs: scalingToJson(inputs),
      output: { centre: output.centre, spread: output.spread },
      members: members.map((parameters) => Array.from(parameters, shortest)),
      importances,
      noiseVariance,
      leftOut: leftOutToJson(leftOut),
    };
  }
}

/** A number in single precision is known by its first nine digits. */
const shortest = (value: number): number => Number(value.toPrecision(9));

function learntFrom(json: SurrogateJson): Learnt {
  const inputs = numberFrom('json.dimension', json['dimension']);
  const architecture: Architecture = {
    inputs,
    widths: Array.from(numbersFrom('json.widths', json['widths'])),
    activation: requireOneOf('json.activation', json['activation'], activationNames),
  };
  const output = fieldsFrom('json.output', json['output']);
  if (!Array.isArray(json['members']))
    throw new InvalidArgumentError('json.members', 'must be a list of nets');
  const members = (json['members'] as readonly Json[]).map((parameters, m) => {
    const values = numbersFrom(`json.members[${m}]`, parameters);
    requireLength(`json.members[${m}]`, values, parameterCount(architecture));
    return Float32Array.from(values);
  });
  return {
    architecture,
    inputs: scalingFrom('json.inputs', json['inputs'], inputs),
    output: {
      centre: numberFrom('json.output.centre', output['centre']),
      spread: numberFrom('json.output.spread', output['spread']),
    },
    members,
    importances: Array.from(numbersFrom('json.importances', json['importances'])),
    noiseVariance: numberFrom('json.noiseVariance', json['noiseVariance']),
    leftOut: leftOutFrom('json.leftOut', json['leftOut']),
  };
}
