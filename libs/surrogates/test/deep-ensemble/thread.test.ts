import { beforeAll, describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAllLoad, factories, wavy } from './support.js';

beforeAllLoad();

interface Answer {
  readonly loadedUnasked: boolean;
  readonly loaded: boolean;
  readonly listenersAdded: number;
  readonly json: string;
}

describe('a deep ensemble fitted in a worker thread', () => {
  const { X, y } = wavy(40, 2, 1);
  const options = { widths: [16, 16], epochs: 30, batchSize: 16 };
  let answer: Answer;
  beforeAll(async () => {
    const thread = new Worker(join(__dirname, 'fit-in-thread.mjs'), {
      workerData: { X, y, options, seed: 7 },
    });
    [answer] = (await once(thread, 'message')) as [Answer];
    await thread.terminate();
  });

  it('is to the bit the one fitted in the main thread', () => {
    const model = factories().deepEnsemble(options).fit({ X, y }, Philox.fromSeed(7));
    expect(answer.json).toBe(JSON.stringify(model));
  });

  it('has loaded TensorFlow.js when it was asked to, not with the package', () => {
    expect(answer).toMatchObject({ loadedUnasked: false, loaded: true });
  });

  it('leaves it to the process how to die', () => {
    expect(answer.listenersAdded).toBe(0);
  });
});
