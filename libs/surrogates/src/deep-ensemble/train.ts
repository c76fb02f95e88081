/** Adam (Kingma and Ba 2015) on nets side by side. Each net has its own rows, and its own stream for the order in which it sees them. */
import type { Matrix, Philox } from '@ionloop/linalg';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Backend, Tensorflow } from './backend.js';
import { outputGradient } from './likelihood.js';
import { backward, forward, priorVariances, type Architecture } from './network.js';

const { ceil, max, min, sqrt } = Math;

/** Scaled data: X (n,d), y (n) of variance 1, the variance of each row's error (n), how much each row counts (n). */
export interface Lesson {
  readonly X: Matrix;
  readonly y: Float64Array;
  readonly noise: Float64Array;
  readonly weights: Float64Array;
}

export interface Pupil {
  /** The rows that it learns from. */
  readonly rows: readonly number[];
  /** Its parameters (P) at the start. */
  readonly start: Float32Array;
  /** Where its parameters (P) are drawn to. */
  readonly anchor: Float32Array;
  readonly rng: Philox;
}

export interface Schooling {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly beta: number;
  readonly priorStrength: number;
  /** After which epochs the parameters are written down, in ascending order. */
  readonly checkpoints: readonly number[];
}

/** The parameters (P) of each pupil at each checkpoint. */
export function train(
  backend: Backend,
  architecture: Architecture,
  lesson: Lesson,
  pupils: readonly Pupil[],
  schooling: Schooling,
): readonly (readonly Float32Array[])[] {
  const groups = backend.sideBySide ? [pupils] : pupils.map((pupil) => [pupil]);
  return groups.flatMap((group) =>
    backend.run((tf) => trainGroup(tf, architecture, lesson, group, schooling)),
  );
}

function trainGroup(
  tf: Tensorflow,
  architecture: Architecture,
  lesson: Lesson,
  pupils: readonly Pupil[],
  { epochs, batchSize, learningRate, beta, priorStrength, checkpoints }: Schooling,
): Float32Array[][] {
  const seats = max(...pupils.map(({ rows }) => rows.length));
  const stack = (part: (pupil: Pupil) => Float32Array): Tensor =>
    tf.tensor2d(joined(pupils.map(part)), [pupils.length, part(pupils[0]!).length]);
  const anchor = stack((pupil) => pupil.anchor);
  const decay = tf.div(priorStrength, tf.mul(priorVariances(architecture), totalWeights(tf, lesson, pupils)));
  const adam = adamFrom(
    tf,
    stack((pupil) => pupil.start),
  );
  const batches = batchesOf(tf, lesson, pupils, seats, min(batchSize, seats));
  const steps = epochs * ceil(seats / min(batchSize, seats));
  const written: Float32Array[][] = pupils.map(() => []);
  let step = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    batches((batch) => {
      const rate = learningRate * (1 - step / steps);
      step += 1;
      adam.step(rate, (parameters) => {
        const pass = forward(tf, architecture, parameters, batch.X);
        const gradient = backward(tf, architecture, pass, outputGradient(tf, pass.sums.at(-1)!, batch, beta));
        return priorStrength === 0 ? gradient : tf.add(gradient, tf.mul(decay, tf.sub(parameters, anchor)));
      });
    });
    if (checkpoints.includes(epoch)) adam.parameters().forEach((one, g) => written[g]!.push(one));
  }
  return written;
}

/** Σ w of the rows of each pupil (G,1): the prior weighs as much as it would beside the sum over them. */
function totalWeights(tf: Tensorflow, { weights }: Lesson, pupils: readonly Pupil[]): Tensor {
  const total = (rows: readonly number[]) => rows.reduce((sum, i) => sum + weights[i]!, 0);
  return tf.tensor2d(pupils.map(({ rows }) => [total(rows)]));
}

interface Batch {
  /** (G,b,d) */
  readonly X: Tensor;
  /** (G,b,1) */
  readonly y: Tensor;
  readonly noise: Tensor;
  /** Of sum 1 over an epoch's rows, times its number of batches. */
  readonly weights: Tensor;
}

/** Goes through an epoch, batch after batch. A pupil with fewer rows than `seats` meets some that count nothing. */
function batchesOf(
  tf: Tensorflow,
  { X, y, noise, weights }: Lesson,
  pupils: readonly Pupil[],
  seats: number,
  size: number,
): (teach: (batch: Batch) => void) => void {
  const count = ceil(seats / size);
  const totals = pupils.map(({ rows }) => rows.reduce((sum, i) => sum + weights[i]!, 0));
  const tensorsOf = (seated: readonly (readonly number[])[]): Batch => {
    const b = seated[0]!.length;
    const column = (value: (i: number, g: number) => number): Tensor =>
      tf.tensor3d(Float32Array.from(seated.flatMap((rows, g) => rows.map((i) => value(i, g)))), [
        seated.length,
        b,
        1,
      ]);
    const inputs = new Float32Array(seated.length * b * X.cols);
    seated.flat().forEach((i, at) => {
      if (i >= 0) inputs.set(X.data.subarray(i * X.cols, (i + 1) * X.cols), at * X.cols);
    });
    return {
      X: tf.tensor3d(inputs, [seated.length, b, X.cols]),
      y: column((i) => y[i] ?? 0),
      noise: column((i) => noise[i] ?? 0),
      weights: column((i, g) => ((weights[i] ?? 0) * count) / totals[g]!),
    };
  };
  const seated = pupils.map(({ rows }) => [...rows, ...Array<number>(seats - rows.length).fill(-1)]);
  if (count === 1) {
    const whole = tensorsOf(seated);
    return (teach) => teach(whole);
  }
  return (teach) => {
    const order = pupils.map(({ rng }, g) => rng.permutation(seats).map((at) => seated[g]![at]!));
    for (let from = 0; from < seats; from += size) {
      const batch = tensorsOf(order.map((rows) => rows.slice(from, from + size)));
      teach(batch);
      tf.dispose(Object.values(batch));
    }
  };
}

const momentum = 0.9;
const forgetting = 0.999;
const epsilon = 1e-8;

interface Adam {
  /** Moves the parameters (G,P) against the gradient that is given for them. */
  step(rate: number, gradientAt: (parameters: Tensor) => Tensor): void;
  /** (P) of each net */
  parameters(): Float32Array[];
}

/** The means of gradients and squares are kept without their factors 1 − momentum and 1 − forgetting. */
function adamFrom(tf: Tensorflow, start: Tensor): Adam {
  let parameters = start;
  let mean: Tensor = tf.zerosLike(start);
  let square: Tensor = tf.zerosLike(start);
  let momentumLeft = 1;
  let forgettingLeft = 1;
  return {
    step(rate, gradientAt) {
      momentumLeft *= momentum;
      forgettingLeft *= forgetting;
      const meanFactor = (1 - momentum) / (1 - momentumLeft);
      const rootFactor = sqrt((1 - forgetting) / (1 - forgettingLeft));
      const next = tf.tidy(() => {
        const gradient = gradientAt(parameters);
        const newMean = tf.add(tf.mul(mean, momentum), gradient);
        const newSquare = tf.add(tf.mul(square, forgetting), tf.square(gradient));
        const spread = tf.add(tf.sqrt(newSquare), epsilon / rootFactor);
        const move = tf.div(tf.mul(newMean, (rate * meanFactor) / rootFactor), spread);
        return [tf.sub(parameters, move), newMean, newSquare] as [Tensor, Tensor, Tensor];
      });
      tf.dispose([parameters, mean, square]);
      [parameters, mean, square] = next;
    },
    parameters() {
      const [nets, count] = parameters.shape as [number, number];
      const all = parameters.dataSync();
      return Array.from({ length: nets }, (_, g) =>
        Float32Array.from(all.subarray(g * count, (g + 1) * count)),
      );
    },
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
