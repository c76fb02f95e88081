/** What a hidden layer does to each sum x: y = value(x), and dL/dx out of dL/dy. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tensorflow } from './backend.js';

export const activationNames = ['swish', 'relu', 'tanh'] as const;
export type ActivationName = (typeof activationNames)[number];

export interface Activation {
  value(tf: Tensorflow, x: Tensor): Tensor;
  backward(tf: Tensorflow, x: Tensor, y: Tensor, dy: Tensor): Tensor;
  /** The variance of a weight, times its layer's number of inputs, that keeps the spread from layer to layer. */
  readonly gain: number;
}

export const activations: Readonly<Record<ActivationName, Activation>> = {
  swish: {
    value: (tf, x) => tf.mul(x, tf.sigmoid(x)),
    backward(tf, x, y, dy) {
      const gate = tf.sigmoid(x);
      return tf.mul(dy, tf.add(gate, tf.mul(y, tf.sub(1, gate))));
    },
    gain: 2,
  },
  relu: {
    value: (tf, x) => tf.relu(x),
    backward: (tf, x, _y, dy) => tf.mul(dy, tf.step(x)),
    gain: 2,
  },
  tanh: {
    // 2·sigmoid(2x) − 1: the WebAssembly backend's own tanh is ten times slower.
    value: (tf, x) => tf.sub(tf.mul(2, tf.sigmoid(tf.mul(2, x))), 1),
    backward: (tf, _x, y, dy) => tf.mul(dy, tf.sub(1, tf.square(y))),
    gain: 1,
  },
};
