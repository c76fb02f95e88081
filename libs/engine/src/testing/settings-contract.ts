import { describe, expect, it } from '@jest/globals';
import type { CampaignEvent, Experiment, JsonObject } from '@ionloop/domain';
import type { Engine } from '../deps.js';
import {
  addExperiment,
  approveExperiments,
  askForProposals,
  describeEvent,
  moveCampaign,
  type Planner,
  planRequestOf,
  rejectExperiment,
  switchCampaign,
  updateCampaign,
} from '../index.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';
import { refusal } from './refusal.js';
import { TestLoop } from './loop.js';
import { ternary } from './ternary.js';

const reason = 'the beam time ends on Friday';
const composition = (min: number) => ({
  kind: 'mixture',
  name: 'composition',
  step: 0.05,
  components: [{ name: 'Li3PO4', min }, { name: 'Li3BO3' }, { name: 'Li2SO4' }],
});
const narrow = { parameters: [composition(0.3)] };

/** What a planner turns while a campaign runs, whichever store keeps the record. */
export function settingsContract(name: string, open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe(`other settings in mid-run, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const change = (id: string, what: object, revision?: number) =>
      updateCampaign(engine, loop.person, {
        ...{ id, change: what, reason },
        ...(revision !== undefined && { revision }),
      });
    const eventsOf = async (id: string): Promise<readonly CampaignEvent[]> =>
      (await engine.store.read.events(id, 0, 1000)).map(({ event }) => event);
    const experiments = (id: string): Promise<readonly Experiment[]> => engine.store.read.experiments(id);
    /** A campaign whose model has proposed something. */
    const modelled = async (settings: JsonObject = {}) => {
      const { id } = await loop.campaign({ parallel: 1, budget: 30, ...settings });
      const robot = await loop.station();
      for (let n = 0; n < 5; n += 1) {
        await loop.runOne(robot, 1e-5 * (n + 1));
        await loop.look(id);
      }
      return { id, robot };
    };

    it('a strategy takes over from the next plan on, and is seen in the plans, the grounds and the log', async () => {
      const { id, robot } = await modelled();
      const before = await engine.store.read.plans(id);
      const changed = await change(id, { strategy: 'gp-ucb', settings: { beta: 1.5 } });
      expect(changed).toMatchObject({ revision: 1, strategy: { name: 'gp-ucb', initial: 4, beta: 1.5 } });
      await loop.runOne(robot);
      await loop.look(id);
      const plans = await engine.store.read.plans(id);
      expect(plans.slice(0, before.length)).toEqual(before);
      expect(plans.at(-1)?.strategy).toEqual({ name: 'gp-ucb', initial: 4, beta: 1.5 });
      const [newest] = (await experiments(id)).slice(-1);
      expect(newest?.planId).toBe(plans.at(-1)?.id);
      expect(newest?.acquisition?.name).toMatch(/ucb|upper/i);
      const said = (await eventsOf(id)).map(describeEvent);
      expect(said).toContain(
        `The strategy is gp-ucb after 4 initial experiments, beta 1.5 from now on: ${reason}`,
      );
      await change(id, { settings: { beta: null } });
      expect((await loop.now(id)).strategy).toEqual({ name: 'gp-ucb', initial: 4 });
    });

    it('only what is another is written, and nothing where nothing is', async () => {
      const { id } = await loop.campaign();
      const seq = await engine.store.read.lastSeq(id);
      await change(id, { name: 'Ternary', budget: 8, strategy: 'auto', space: ternary['space'] });
      expect(await engine.store.read.lastSeq(id)).toBe(seq);
      await change(id, { name: '  Glasses of May ', budget: 8, parallel: 2 });
      expect((await eventsOf(id)).at(-1)).toEqual({
        type: 'campaign.updated',
        change: { name: 'Glasses of May', parallel: 2 },
        reason,
        marks: [],
      });
      expect(await loop.now(id)).toMatchObject({
        name: 'Glasses of May',
        parallel: 2,
        budget: 8,
        revision: 1,
      });
    });

    it('a smaller batch waits until enough is done, a larger one proposes at once', async () => {
      const { id } = await loop.campaign();
      await change(id, { parallel: 1 });
      await loop.runOne(await loop.station());
      await loop.look(id);
      expect(await engine.store.read.countExperiments(id)).toBe(3);
      await change(id, { parallel: 5 });
      await loop.look(id);
      expect(await engine.store.read.countExperiments(id, ['queued'])).toBe(5);
    });

    it('a budget is not smaller than what is spent; a larger one takes a completed campaign up again', async () => {
      const { id } = await loop.campaign({ budget: 4 });
      const robot = await loop.station();
      for (let n = 0; n < 4; n += 1) {
        await loop.runOne(robot);
        await loop.look(id);
      }
      expect((await loop.now(id)).state).toBe('completed');
      await expect(change(id, { budget: 3 })).rejects.toEqual(
        refusal('INVALID_INPUT', /4 experiments are spent/),
      );
      await expect(moveCampaign(engine, loop.person, id, 'active')).rejects.toEqual(
        refusal('INVALID_STATE', /budget of 4 is spent; give it a larger one/),
      );
      await change(id, { budget: 6 });
      await moveCampaign(engine, loop.person, id, 'active');
      await loop.look(id);
      expect(await engine.store.read.countExperiments(id, ['queued'])).toBe(2);
    });

    it('is brought back from the archive, paused or completed as its budget says', async () => {
      const { id } = await loop.campaign();
      await moveCampaign(engine, loop.person, id, 'archived');
      await expect(change(id, { name: 'Other' })).rejects.toEqual(refusal('INVALID_STATE', /bring it back/));
      await expect(moveCampaign(engine, loop.person, id, 'active')).rejects.toEqual(
        refusal('INVALID_STATE', /archived and cannot become active/),
      );
      expect((await moveCampaign(engine, loop.person, id, 'paused')).waiting?.kind).toBe('resume_campaign');
      await moveCampaign(engine, loop.person, id, 'active');
      await loop.look(id);
      expect(await engine.store.read.countExperiments(id, ['queued'])).toBe(3);
    });

    it('experiments outside a narrower space stay and are marked; the next are inside, and models do not see beyond', async () => {
      const { id, robot } = await modelled();
      await change(id, { space: narrow });
      const all = await experiments(id);
      const share = ({ point }: Experiment): number => (point['composition'] as { Li3PO4: number }).Li3PO4;
      const out = all.filter((one) => share(one) < 0.3);
      expect(out).not.toHaveLength(0);
      expect(out.length).toBeLessThan(all.length);
      expect(all.filter(({ outside }) => outside !== null)).toEqual(out);
      expect(out[0]?.outside).toMatch(/Li3PO4 is .* must lie between 0.3 and/);
      await loop.runOne(robot);
      await loop.look(id);
      const [newest] = (await experiments(id)).slice(-1);
      expect(newest).toMatchObject({ outside: null });
      expect(newest && share(newest)).toBeGreaterThanOrEqual(0.3);
      const snapshot = await engine.store.read.planningSnapshot(id);
      const request =
        snapshot && planRequestOf({ ...snapshot, campaign: { ...snapshot.campaign, parallel: 9 } });
      expect(request?.observations.every(({ point }) => share({ point } as Experiment) >= 0.3)).toBe(true);
      await change(id, { space: ternary['space'] });
      expect((await experiments(id)).every(({ outside }) => outside === null)).toBe(true);
      expect(await loop.now(id)).toMatchObject({ revision: 2, plansBefore: (await loop.now(id)).plans });
    });

    it.each([
      [
        'other parameters',
        { space: { parameters: [{ kind: 'continuous', name: 't', min: 0, max: 1 }] } },
        /are composition and stay so/,
      ],
      [
        'another component',
        {
          space: { parameters: [{ ...composition(0), components: [{ name: 'Li3PO4' }, { name: 'Li2S' }] }] },
        },
        /keeps its components/,
      ],
      [
        'another property',
        { objective: { property: 'density', goal: 'minimise' } },
        /what is measured stays/,
      ],
      ['another scale after a plan', { objective: { transform: 'none' } }, /scale is log10/],
      ['an unknown strategy', { strategy: 'guess' }, /"guess"; it must be one of auto/],
      ['an unknown setting', { settings: { luck: 1 } }, /no "luck"; it may have design/],
      ['an unknown field', { seed: 'x' }, /no "seed"/],
      ['no name', { name: ' ' }, /must not be empty/],
    ])('refuses %s by name', async (_, what, says) => {
      const { id } = await loop.campaign();
      await expect(change(id, what)).rejects.toEqual(refusal('INVALID_INPUT', says));
      expect((await loop.now(id)).revision).toBe(0);
    });

    it('a goal may turn, and the next plan seeks the other way', async () => {
      const { id, robot } = await modelled();
      await change(id, { objective: { goal: 'minimise' } });
      await loop.runOne(robot);
      await loop.look(id);
      const snapshot = await engine.store.read.planningSnapshot(id);
      expect(snapshot?.campaign.objectives[0].goal).toBe('minimise');
      expect((await eventsOf(id)).map(describeEvent)).toContain(
        `The goal is to minimise ionic conductivity (log10) from now on: ${reason}`,
      );
    });

    it('whoever changes what another changed meanwhile is told so', async () => {
      const { id } = await loop.campaign();
      await change(id, { parallel: 2 }, 0);
      await expect(change(id, { budget: 20 }, 0)).rejects.toEqual(
        refusal('CONFLICT', /from revision 0, they are at 1/),
      );
      expect((await change(id, { budget: 20 }, 1)).revision).toBe(2);
    });

    it('a plan that was thought under other settings is thought again', async () => {
      const { id } = await loop.campaign({ parallel: 2 });
      const robot = await loop.station();
      await loop.runOne(robot);
      let first = true;
      const interrupted: Planner = {
        version: planner.version,
        plan: async (request) => {
          if (first) await change(id, { space: narrow });
          first = false;
          return planner.plan(request);
        },
      };
      await new TestLoop(engine, interrupted).look(id);
      const [newest] = (await experiments(id)).slice(-1);
      expect(newest).toMatchObject({ number: 3, outside: null });
    });

    it('proposals are asked for beyond the rhythm, also where proposing is off, and never beyond the budget', async () => {
      const { id } = await loop.campaign({ parallel: 1, budget: 6 });
      await switchCampaign(engine, loop.person, id, { proposing: false });
      const ask = (count: number, idempotencyKey = loop.key()) =>
        askForProposals(engine, loop.person, { campaignId: id, count, reason, idempotencyKey });
      expect((await ask(3, 'three')).asked).toBe(3);
      expect((await ask(3, 'three')).asked).toBe(3);
      await expect(ask(2, 'three')).rejects.toEqual(refusal('IDEMPOTENCY_KEY_REUSED', /three/));
      await expect(ask(3)).rejects.toEqual(refusal('INVALID_INPUT', /leaves 2 more; 3/));
      await loop.look(id);
      await loop.look(id);
      expect(await loop.now(id)).toMatchObject({ asked: 0, experiments: 4, plans: 2 });
      await loop.runOne(await loop.station());
      await loop.look(id);
      expect((await loop.now(id)).experiments).toBe(4);
      await moveCampaign(engine, loop.person, id, 'paused');
      await expect(ask(1)).rejects.toEqual(refusal('INVALID_STATE', /paused; only an active one/));
    });

    it('approval stands for what was seen: an edit in between refuses it, of all or none', async () => {
      const { id } = await loop.campaign({ approval: 'manual' });
      const [one, two] = await experiments(id);
      if (!one || !two) throw new Error('nothing is proposed');
      const hashes = [one.specHash, 'f'.repeat(64)];
      await expect(approveExperiments(engine, loop.person, [one.id, two.id], hashes)).rejects.toEqual(
        refusal('SPEC_CHANGED', /experiment 2 was changed since/),
      );
      expect(await loop.experiment(one.id)).toMatchObject({ state: 'proposed' });
      await expect(approveExperiments(engine, loop.person, [one.id], [])).rejects.toEqual(
        refusal('INVALID_INPUT', /1 ids and 0 hashes/),
      );
      const [approved] = await approveExperiments(engine, loop.person, [one.id], [one.specHash]);
      expect(approved).toMatchObject({ state: 'queued', approval: { specHash: one.specHash } });
    });

    it('who proposed a point does not approve it, where the campaign wants that', async () => {
      const { id } = await loop.campaign({ approval: 'manual', review: { separate: true } });
      const point = { composition: { Li3PO4: 0.25, Li3BO3: 0.15, Li2SO4: 0.6 } };
      const own = await addExperiment(engine, loop.person, { campaignId: id, point, reason });
      const [proposed] = await experiments(id);
      await expect(approveExperiments(engine, loop.person, [proposed?.id ?? '', own.id])).rejects.toEqual(
        refusal('INVALID_STATE', /experiment 4 is ada's own; in this campaign somebody else/),
      );
      await approveExperiments(engine, loop.person, [proposed?.id ?? '']);
      const grace = { kind: 'person', name: 'grace' } as const;
      expect(await approveExperiments(engine, grace, [own.id])).toMatchObject([{ state: 'queued' }]);
    });

    it('a rejected point rests for as many proposals as the campaign says', async () => {
      const levels = { parameters: [{ kind: 'levels', name: 'mill', levels: [1, 2, 3] }] };
      const settings = { space: levels, initial: 1, budget: 8, parallel: 1, approval: 'manual' };
      const { id } = await loop.campaign({ ...settings, review: { rejectedFor: 2 } });
      const reject = async (): Promise<unknown> => {
        const [waiting] = await engine.store.read.experiments(id, { states: ['proposed'] });
        await rejectExperiment(engine, loop.person, waiting?.id ?? '', 'not now');
        await loop.look(id);
        return waiting?.point['mill'];
      };
      const drawn = [await reject(), await reject(), await reject(), await reject()];
      expect(new Set(drawn.slice(0, 3)).size).toBe(3);
      expect(drawn.slice(0, 3)).toContain(drawn[3]);
      expect((await experiments(id))[0]).toMatchObject({ state: 'rejected', avoidUntil: 3 });
    });
  });
}
