import { beforeAll, describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { activationNames } from '../../src/deep-ensemble/activation.js';
import { portableBackend, type Backend } from '../../src/deep-ensemble/backend.js';
import { negativeLogDensity, outputGradient, ownVariance } from '../../src/deep-ensemble/likelihood.js';
import { backward, forward, newNet, parameterCount } from '../../src/deep-ensemble/network.js';

let portable: Backend;
beforeAll(async () => {
  portable = await portableBackend();
});

const rng = Philox.fromSeed('rows');
const n = 7;
const d = 3;
const X = Float32Array.from({ length: n * d }, () => rng.normal());
const y = Array.from({ length: n }, () => rng.normal());
const noise = y.map((_, i) => 0.1 * i);
const weights = y.map((_, i) => 1 + (i % 2));

const architecture = (activation: (typeof activationNames)[number]) => ({
  inputs: d,
  widths: [5, 4],
  activation,
});

/** Outputs (n,2) of one net, in order. */
function outputs(activation: (typeof activationNames)[number], net: Float32Array): Float32Array {
  return portable.run((tf) => {
    const pass = forward(
      tf,
      architecture(activation),
      tf.tensor2d(net, [1, net.length]),
      tf.tensor3d(X, [1, n, d]),
    );
    return Float32Array.from(pass.sums.at(-1)!.dataSync());
  });
}

const loss = (o: Float32Array): number =>
  y.reduce((sum, value, i) => {
    const variance = ownVariance(o[2 * i + 1]!) + noise[i]!;
    return sum + weights[i]! * negativeLogDensity(value, o[2 * i]!, variance);
  }, 0);

describe('a net', () => {
  it('has the weights and biases that its layers need', () => {
    expect(parameterCount(architecture('relu'))).toBe(4 * 5 + 6 * 4 + 5 * 2);
    expect(newNet(architecture('relu'), -1, Philox.fromSeed(1))).toHaveLength(54);
  });

  it('first gives the same variance everywhere', () => {
    const o = outputs('tanh', newNet(architecture('tanh'), -1, Philox.fromSeed(1)));
    for (let i = 0; i < n; i++) expect(o[2 * i + 1]).toBe(-1);
    expect(new Set(Array.from({ length: n }, (_, i) => o[2 * i])).size).toBe(n);
  });

  it('adds up, bends and adds up again', () => {
    const one = { inputs: 1, widths: [1], activation: 'relu' as const };
    // h = relu(2x − 1), μ = 3h + 0.5, s = −h + 0.25
    const net = Float32Array.of(2, -1, 3, -1, 0.5, 0.25);
    const o = portable.run((tf) =>
      Array.from(
        forward(tf, one, tf.tensor2d(net, [1, 6]), tf.tensor3d([2, 0], [1, 2, 1]))
          .sums.at(-1)!
          .dataSync(),
      ),
    );
    expect(o).toEqual([9.5, -2.75, 0.5, 0.25]);
  });

  it.each(activationNames)('has the gradient that finite differences give, with %s', (activation) => {
    const net = newNet(architecture(activation), 0.3, Philox.fromSeed(2));
    const gradient = portable.run((tf) => {
      const parameters = tf.tensor2d(net, [1, net.length]);
      const pass = forward(tf, architecture(activation), parameters, tf.tensor3d(X, [1, n, d]));
      const column = (values: number[]) => tf.tensor3d(values, [1, n, 1]);
      const batch = { y: column(y), noise: column(noise), weights: column(weights) };
      const dOutput = outputGradient(tf, pass.sums.at(-1)!, batch, 0);
      return Float32Array.from(backward(tf, architecture(activation), pass, dOutput).dataSync());
    });
    const h = 1 / 256;
    net.forEach((_, p) => {
      const moved = (by: number) =>
        loss(
          outputs(
            activation,
            net.map((value, q) => value + (p === q ? by : 0)),
          ),
        );
      const slope = (moved(h) - moved(-h)) / (2 * h);
      expect(Math.abs(gradient[p]! - slope)).toBeLessThan(0.01 * Math.max(1, Math.abs(slope)));
    });
  });

  it('takes a measurement to scatter at most ten times as much as all do', () => {
    expect(ownVariance(-5)).toBeCloseTo(Math.exp(-5), 4);
    expect(ownVariance(500)).toBeCloseTo(10, 5);
    expect(ownVariance(-5000)).toBe(1e-6);
  });

  it('learns as much from rows of large variance as from others when beta is 1', () => {
    const pull = (beta: number, logVariance: number) =>
      portable.run((tf) => {
        const one = (value: number) => tf.tensor3d([value], [1, 1, 1]);
        const o = tf.tensor3d([0, logVariance], [1, 1, 2]);
        return outputGradient(tf, o, { y: one(2), noise: one(0), weights: one(1) }, beta).dataSync()[0]!;
      });
    const variance = ownVariance(1);
    expect(variance).toBeGreaterThan(2);
    expect(pull(1, 1)).toBeCloseTo(-2, 5);
    expect(pull(0, 1)).toBeCloseTo(-2 / variance, 5);
    expect(pull(0.5, 1)).toBeCloseTo(-2 / Math.sqrt(variance), 5);
  });
});
