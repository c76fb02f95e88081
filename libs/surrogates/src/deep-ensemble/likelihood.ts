/**
 * Outputs o = (μ, s) of a net at a row: the response is N(μ, V) with V = floor + v(s) + τ, v(s) = 1/(e⁻ˢ + 1/cap) and τ the known variance of the row's
 * error. Everything in units in which the responses have variance 1.
 */
import { exp, log } from '@ionloop/linalg';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensorflow } from './backend.js';

/** Of a variance, so that one row that is met exactly does not count for all others. */
const floor = 1e-6;
/** Far from all rows s may grow without end; v is eˢ only where that is no more than the responses can scatter. */
const cap = 10;
const logCap = log(cap);
const logTwoPi = 1.8378770664093453;

/** V without τ. */
export function ownVariance(logVariance: number): number {
  return floor + cap / (1 + exp(logCap - logVariance));
}

/** −log N(y; μ, V) */
export function negativeLogDensity(y: number, mean: number, variance: number): number {
  return 0.5 * (logTwoPi + log(variance) + ((y - mean) * (y - mean)) / variance);
}

/**
 * dL/do (G,n,2) of L = Σ w·V^β·(½ log V + ½ r²/V), r = μ − y, where V^β counts as a constant (Seitzer and others 2022): with β = 0, the likelihood,
 * rows that are hard to meet are given a large variance and then no longer learnt from. y, τ and w are (G,n,1).
 */
export function outputGradient(
  tf: Tensorflow,
  o: Tensor,
  { y, noise, weights }: { readonly y: Tensor; readonly noise: Tensor; readonly weights: Tensor },
  beta: number,
): Tensor {
  const [mean, logVariance] = tf.split(o, 2, 2) as [Tensor, Tensor];
  const r = tf.sub(mean, y);
  const own = tf.mul(cap, tf.sigmoid(tf.sub(logVariance, logCap)));
  const slope = tf.mul(own, tf.sub(1, tf.div(own, cap)));
  const V = tf.add(tf.add(own, noise), floor);
  const counts = beta === 0 ? weights : tf.mul(weights, beta === 0.5 ? tf.sqrt(V) : tf.pow(V, beta));
  const pull = tf.div(r, V);
  const dMean = tf.mul(counts, pull);
  const dLogVariance = tf.mul(tf.mul(0.5, tf.mul(counts, slope)), tf.sub(tf.div(1, V), tf.square(pull)));
  return tf.concat([dMean, dLogVariance], 2);
}
