/**
 * Multilayer perceptrons of one shape, G of them side by side: inputs X (G,n,d), outputs (G,n,2), parameters (G,P). A layer's weights (in,out)
 * and then its biases (out) stand one after the other among the P.
 */
import type { Philox } from '@ionloop/linalg';
import type { Tensor } from '@tensorflow/tfjs-core';
import { activations, type ActivationName } from './activation.js';
import type { Tensorflow } from './backend.js';

const { sqrt } = Math;

export interface Architecture {
  /** d */
  readonly inputs: number;
  /** Of the hidden layers. */
  readonly widths: readonly number[];
  readonly activation: ActivationName;
}

/** The mean of the response and the logarithm of its variance. */
const outputs = 2;

interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  /** Where its weights begin among the parameters. */
  readonly at: number;
}

function layersOf({ inputs, widths }: Architecture): readonly Layer[] {
  const sizes = [inputs, ...widths, outputs];
  let at = 0;
  return sizes.slice(1).map((out, l) => {
    const layer = { inputs: sizes[l]!, outputs: out, at };
    at += (layer.inputs + 1) * out;
    return layer;
  });
}

/** P */
export function parameterCount(architecture: Architecture): number {
  return layersOf(architecture).reduce((sum, layer) => sum + (layer.inputs + 1) * layer.outputs, 0);
}

/** The variance of each parameter (P) before anything is known. */
export function priorVariances(architecture: Architecture): Float32Array {
  const { gain } = activations[architecture.activation];
  const variances = new Float32Array(parameterCount(architecture));
  for (const { inputs, outputs: out, at } of layersOf(architecture)) {
    variances.fill(gain / inputs, at, at + inputs * out);
    variances.fill(biasVariance, at + inputs * out, at + (inputs + 1) * out);
  }
  return variances;
}

const biasVariance = 0.1;

/** A net (P) as it is before it has learnt: the variance that it gives is the same everywhere. */
export function newNet(architecture: Architecture, logVariance: number, rng: Philox): Float32Array {
  const parameters = priorVariances(architecture).map((variance) => sqrt(variance) * rng.normal());
  const { inputs, at } = layersOf(architecture).at(-1)!;
  for (let i = 0; i < inputs; i++) parameters[at + i * outputs + 1] = 0;
  parameters[at + inputs * outputs + 1] = logVariance;
  return parameters;
}

interface Pass {
  /** Weights (G,in,out) of each layer. */
  readonly weights: readonly Tensor[];
  /** What goes into each layer (G,n,in). */
  readonly into: readonly Tensor[];
  /** What each layer adds up (G,n,out); the last of them are the outputs. */
  readonly sums: readonly Tensor[];
}

export function forward(tf: Tensorflow, architecture: Architecture, parameters: Tensor, X: Tensor): Pass {
  const { value } = activations[architecture.activation];
  const nets = parameters.shape[0];
  const layers = layersOf(architecture);
  const weights: Tensor[] = [];
  const into: Tensor[] = [];
  const sums: Tensor[] = [];
  for (const { inputs, outputs: out, at } of layers) {
    const part = (from: number, rows: number) =>
      tf.reshape(tf.slice(parameters, [0, from], [nets, rows * out]), [nets, rows, out]);
    const last = sums.at(-1);
    into.push(last === undefined ? X : value(tf, last));
    weights.push(part(at, inputs));
    sums.push(tf.add(tf.matMul(into.at(-1)!, weights.at(-1)!), part(at + inputs * out, 1)));
  }
  return { weights, into, sums };
}

/** dL/d(parameters) (G,P) out of dL/d(outputs) (G,n,2). */
export function backward(tf: Tensorflow, { activation }: Architecture, pass: Pass, dOutput: Tensor): Tensor {
  const flipped = (A: Tensor) => tf.transpose(A, [0, 2, 1]);
  const nets = dOutput.shape[0];
  const gradients: Tensor[] = [];
  let dSum = dOutput;
  for (let l = pass.sums.length - 1; l >= 0; l--) {
    const into = pass.into[l]!;
    gradients.unshift(
      tf.reshape(tf.matMul(flipped(into), dSum), [nets, into.shape[2]! * dSum.shape[2]!]),
      tf.sum(dSum, 1),
    );
    if (l === 0) break;
    const dInto = tf.matMul(dSum, flipped(pass.weights[l]!));
    dSum = activations[activation].backward(tf, pass.sums[l - 1]!, into, dInto);
  }
  return tf.concat(gradients, 1);
}
