import { expect, it } from '@jest/globals';
import {
  addExperiment,
  createCampaign,
  type Engine,
  InMemoryStore,
  quietEngine,
  startAnalysis,
} from '../src/index.js';
import { ternary } from '../src/testing/index.js';

const ada = { kind: 'person', name: 'ada' } as const;

it('an analysis that is asked for again under its key is the same, even where the campaign has changed', async () => {
  const engine: Engine = quietEngine(new InMemoryStore(() => new Date()));
  const hinted: string[] = [];
  const hints = {
    analyse: (id: string) => {
      hinted.push(id);
      return Promise.resolve();
    },
  };
  const { id: campaignId } = await createCampaign(engine, ada, ternary);
  const ask = (request: object, key?: string) => startAnalysis(engine, hints, ada, campaignId, request, key);
  const first = await ask({ verification: true }, 'mine');
  const point = { composition: { Li3PO4: 0.5, Li3BO3: 0.25, Li2SO4: 0.25 } };
  await addExperiment(engine, ada, { campaignId, point, reason: 'another state' });
  expect((await ask({ verification: true }, 'mine')).id).toBe(first.id);
  expect((await ask({ verification: true })).id).not.toBe(first.id);
  await expect(ask({ calibration: true }, 'mine')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  expect(hinted).toHaveLength(2);
});
