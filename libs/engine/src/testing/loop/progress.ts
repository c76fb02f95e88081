import { describe, expect, it } from '@jest/globals';
import type { Engine } from '../../deps.js';
import {
  addExperiment,
  approveExperiments,
  claim,
  createCampaign,
  type Planner,
  rejectExperiment,
  switchCampaign,
  trainingHash,
  verifyCampaign,
} from '../../index.js';
import { type TestLoop } from '../loop.js';
import { ternary } from '../ternary.js';
import { newLoopForEach, type OpenedEngine } from '../opened.js';
import { refusal } from '../refusal.js';

/** How a campaign goes from its first proposals to its end. */
export function progressContract(open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe('from proposal to completion', () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    it('spends exactly its budget and completes by itself', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      for (let n = 1; n <= 8; n += 1) {
        expect((await loop.runOne(robot, n * 1e-5)).disposition).toBe('accepted');
        await loop.look(id);
      }
      const done = await loop.now(id);
      expect(done.state).toBe('completed');
      expect(done.experiments).toBe(8);
      expect(await engine.store.read.countExperiments(id, ['accepted'])).toBe(8);
      expect(await engine.store.read.models(id)).not.toHaveLength(0);
    });

    it('keeps `parallel` experiments open and no more, however often it looks', async () => {
      const { id } = await loop.campaign();
      await Promise.all([loop.look(id), loop.look(id), loop.look(id)]);
      expect(await engine.store.read.countExperiments(id)).toBe(3);
    });

    it('waits for a person where approval is manual, and binds the approval to the spec', async () => {
      const { id } = await loop.campaign({ approval: 'manual' });
      const robot = await loop.station();
      expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 4 })).toEqual([]);
      const proposed = await engine.store.read.experiments(id);
      await approveExperiments(engine, loop.person, [proposed[0]?.id ?? '']);
      await rejectExperiment(engine, loop.person, proposed[1]?.id ?? '', 'too close to the last');
      const [approved, rejected] = await engine.store.read.experiments(id);
      expect(approved).toMatchObject({
        state: 'queued',
        approval: { by: 'ada', specHash: approved?.specHash },
      });
      expect(rejected).toMatchObject({ state: 'rejected', note: 'too close to the last' });
      await expect(approveExperiments(engine, loop.person, [rejected?.id ?? ''])).rejects.toEqual(
        refusal('INVALID_STATE', /rejected/),
      );
    });

    it('keeps why a model proposed what it did, and proves it', async () => {
      const { id } = await loop.campaign({ parallel: 1 });
      const robot = await loop.station();
      for (let n = 0; n < 5; n += 1) {
        await loop.runOne(robot, 1e-5 * (n + 1));
        await loop.look(id);
      }
      const experiments = await engine.store.read.experiments(id);
      const modelled = experiments.filter(({ origin }) => origin === 'model');
      expect(modelled).not.toHaveLength(0);
      for (const { grounds, prediction } of modelled) {
        expect(grounds?.predictions).toEqual([{ property: 'ionic_conductivity', ...prediction }]);
        expect(grounds?.nearest?.distance).toBeGreaterThan(0);
      }
      expect(experiments.find(({ origin }) => origin === 'initial')?.grounds).toBeNull();
      const otherwise: Planner = {
        ...planner,
        plan: async (request) => {
          const answer = await planner.plan(request);
          const proposals = answer.proposals.map((proposal) => ({
            ...proposal,
            ...(proposal.grounds && { grounds: { ...proposal.grounds, feasible: 0 } }),
          }));
          return { ...answer, proposals };
        },
      };
      const { plans } = await verifyCampaign(engine.store.read, otherwise, id);
      expect(plans.filter(({ identical }) => !identical)).toHaveLength(modelled.length);
    });

    it('names in each model the accepted set that it was trained on', async () => {
      const { id } = await loop.campaign({ budget: 20 });
      const robot = await loop.station();
      for (let n = 0; n < 6; n += 1) {
        await loop.runOne(robot, 1e-5 * (n + 1));
        await loop.look(id);
      }
      const accepted = (await engine.store.read.measurements(id)).filter(
        ({ status }) => status === 'accepted',
      );
      const model = await engine.store.read.latestModel(id);
      expect(model).toMatchObject({ trainingSize: 6, trainingHash: trainingHash(accepted) });
    });

    it('takes the same create twice as one campaign, and the key for another as a mistake', async () => {
      const first = await createCampaign(engine, loop.person, ternary, 'once');
      const again = await createCampaign(engine, loop.person, ternary, 'once');
      expect(again.id).toBe(first.id);
      await expect(
        createCampaign(engine, loop.person, { ...ternary, name: 'Other' }, 'once'),
      ).rejects.toEqual(refusal('IDEMPOTENCY_KEY_REUSED'));
    });

    it('adds a point by hand that must lie in the space', async () => {
      const { id } = await loop.campaign();
      const point = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } };
      const added = await addExperiment(engine, loop.person, {
        campaignId: id,
        point,
        reason: 'the literature',
      });
      expect(added).toMatchObject({ state: 'proposed', origin: 'person', number: 4 });
      const crooked = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.5 } };
      await expect(
        addExperiment(engine, loop.person, { campaignId: id, point: crooked, reason: 'a slip' }),
      ).rejects.toEqual(refusal('INVALID_INPUT'));
    });

    it('stops proposing and stops dispatch by switches of their own', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      await switchCampaign(engine, loop.person, id, { dispatch: false });
      expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
      await switchCampaign(engine, loop.person, id, { dispatch: true, proposing: false });
      await loop.runOne(robot);
      await loop.look(id);
      expect(await engine.store.read.countExperiments(id)).toBe(3);
      await engine.store.stations.setPaused((await engine.store.stations.all())[0]?.id ?? '', true);
      expect(await claim(engine, robot, { idempotencyKey: loop.key(), max: 1 })).toEqual([]);
    });
  });
}
