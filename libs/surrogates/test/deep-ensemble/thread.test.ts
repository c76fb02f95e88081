import { describe, expect, it } from '@jest/globals';
import { Philox } from '@ionloop/linalg';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeAllLoad, factories, wavy } from './support.js';

beforeAllLoad();

describe('a deep ensemble fitted in a worker thread', () => {
  it('is to the bit the one fitted in the main thread', async () => {
    const { X, y } = wavy(40, 2, 1);
    const options = { widths: [16, 16], epochs: 30, batchSize: 16 };
    const thread = new Worker(join(__dirname, 'fit-in-thread.mjs'), {
      workerData: { X, y, options, seed: 7 },
    });
    const [json] = (await once(thread, 'message')) as [string];
    await thread.terminate();
    const model = factories().deepEnsemble(options).fit({ X, y }, Philox.fromSeed(7));
    expect(json).toBe(JSON.stringify(model));
  });
});
