import { createCampaign, labSpecs, moveCampaign, specHashOf } from '../../libs/engine/dist/index.js';

const person = { kind: 'person', name: 'bench' };

/** An active campaign that plans nothing by itself; what it queues is put in by `queueUp`. */
export async function openCampaign(engine, { name, property = 'value', unit = '' }) {
  const { id } = await createCampaign(engine, person, {
    name,
    space: {
      parameters: [
        { kind: 'continuous', name: 'x', min: 0, max: 1 },
        { kind: 'continuous', name: 'y', min: 0, max: 1 },
      ],
    },
    objective: { property, goal: 'maximise', transform: 'none', unit },
    strategy: 'random',
    initial: 1,
    budget: 100_000,
    parallel: 1,
    approval: 'automatic',
    seed: name,
  });
  await moveCampaign(engine, person, id, 'active');
  await engine.store.transact(id, person, (tx) => {
    tx.append({ type: 'campaign.switched', proposing: false, dispatch: true });
    return Promise.resolve();
  });
  return id;
}

const atOnce = 500;

export async function queueUp(engine, campaignId, count) {
  for (let left = count; left > 0; left -= atOnce)
    await queueSome(engine, campaignId, Math.min(left, atOnce));
}

const queueSome = (engine, campaignId, count) =>
  engine.store.transact(campaignId, person, (tx) => {
    const specOf = labSpecs(tx.campaign);
    for (let i = 0; i < count; i += 1) {
      const number = tx.campaign.experiments + 1;
      const point = { x: (number % 1000) / 1000, y: ((number * 7) % 1009) / 1009 };
      const id = engine.ids.next();
      const specHash = specHashOf(specOf({ number, point }));
      tx.append({
        type: 'experiment.added',
        experiment: {
          id,
          number,
          point,
          specHash,
          origin: 'person',
          planId: null,
          prediction: null,
          acquisition: null,
          reason: 'for the bench',
        },
      });
      tx.append({ type: 'experiment.approved', experimentId: id, specHash });
      tx.append({ type: 'experiment.moved', experimentId: id, to: 'queued', note: null });
    }
    return Promise.resolve();
  });

export const archive = (engine, campaignId) => moveCampaign(engine, person, campaignId, 'archived');
