import { describe, expect, it } from '@jest/globals';
import * as tf from '@tensorflow/tfjs-core';
import { latinHypercube, matrix, Philox } from '@ionloop/linalg';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { loadDeepEnsemble, nativeBackend, portableBackend } from '../../src/deep-ensemble/index.js';
import { wavy } from './support.js';

const brief = { widths: [16, 16], epochs: 60 };
const at = latinHypercube(2, 50, Philox.fromSeed('somewhere'));

/** What should be the reason, found out by other means; undefined where the library is there. */
function whatIsMissing(): RegExp | undefined {
  let folder: string;
  try {
    folder = dirname(createRequire(__filename).resolve('@tensorflow/tfjs-node/package.json'));
  } catch {
    return /tfjs-node is not installed/;
  }
  const names = existsSync(join(folder, 'lib')) ? readdirSync(join(folder, 'lib'), { recursive: true }) : [];
  return names.some((name) => String(name).endsWith('.node')) ? undefined : /without its native library/;
}

describe('the native backend', () => {
  it('is used and agrees with the portable one, or the reason why it cannot be had is told', async () => {
    const native = await nativeBackend();
    const auto = await loadDeepEnsemble();
    if (!native.available) {
      expect(native.reason).toMatch(whatIsMissing() ?? /does not run here/);
      expect(auto.backend).toEqual({ name: 'portable', why: native.reason });
      await expect(loadDeepEnsemble('native')).rejects.toThrow(native.reason);
      return;
    }
    expect(whatIsMissing()).toBeUndefined();
    expect(auto.backend).toEqual({ name: 'native', why: 'its library runs here' });
    const data = wavy(40, 2, 1);
    const means = async (wish: 'portable' | 'native') => {
      // Rounding differs, and a long fit would carry it away.
      const { deepEnsemble } = await loadDeepEnsemble(wish);
      return deepEnsemble({ ...brief, epochs: 10 })
        .fit(data, Philox.fromSeed(1))
        .predict(at).mean;
    };
    const portable = await means('portable');
    (await means('native')).forEach((value, i) => expect(value).toBeCloseTo(portable[i]!, 3));
  });
});

describe('the portable backend', () => {
  it('is used when it is asked for', async () => {
    expect((await loadDeepEnsemble('portable')).backend).toEqual({
      name: 'portable',
      why: 'it was asked for',
    });
  });

  it('keeps no tensor after fits, predictions and draws, nor after a failure', async () => {
    const { deepEnsemble, neuralNetwork } = await loadDeepEnsemble('portable');
    const before = tf.memory().numTensors;
    for (const factory of [deepEnsemble({ ...brief, batchSize: 16 }), neuralNetwork(brief)]) {
      const model = factory.fit(wavy(40, 2, 1), Philox.fromSeed(1));
      model.predict(at);
      model.sample(at, 3, Philox.fromSeed(1));
      factory.fromJSON(model.toJSON()).diagnostics();
    }
    const portable = await portableBackend();
    expect(() =>
      portable.run(() => {
        tf.ones([3]);
        throw new Error('half way');
      }),
    ).toThrow('half way');
    expect(tf.memory().numTensors).toBe(before);
  });

  it('says the same of a row whatever stands beside it', async () => {
    const { deepEnsemble } = await loadDeepEnsemble('portable');
    const model = deepEnsemble({ epochs: 10 }).fit(wavy(30, 2, 1), Philox.fromSeed(1));
    const many = latinHypercube(2, 4099, Philox.fromSeed('many'));
    const { mean, variance } = model.predict(many);
    for (const i of [0, 1, 2, 3, 100, 2047, 4095, 4096, 4098]) {
      const alone = model.predict(matrix(1, 2, many.data.slice(2 * i, 2 * i + 2)));
      expect([alone.mean[0], alone.variance[0]]).toEqual([mean[i], variance[i]]);
    }
  });

  it('gives TensorFlow.js back to whoever used it before', async () => {
    const { deepEnsemble } = await loadDeepEnsemble('portable');
    const model = deepEnsemble(brief).fit(wavy(20, 2, 1), Philox.fromSeed(1));
    const { mean } = model.predict(at);
    tf.registerBackend('somebody', () => tf.findBackend('wasm'));
    await tf.setBackend('somebody');
    expect(model.predict(at).mean).toEqual(mean);
    expect(tf.getBackend()).toBe('somebody');
    await tf.setBackend('wasm');
  });
});
