import { beforeEach, describe, expect, it } from '@jest/globals';
import { chain, type RecordedEvent } from '@ionloop/domain';
import { type Engine, type Planner, type RecordReader, submit, verifyCampaign } from '../src/index.js';
import { TestLoop } from '../src/testing/index.js';
import { newEngine, planner } from './questions.js';

let engine: Engine;
let loop: TestLoop;
let id: string;
let events: readonly RecordedEvent[];
beforeEach(async () => {
  engine = newEngine();
  loop = new TestLoop(engine, planner);
  ({ id } = await loop.campaign());
  await loop.runOne(await loop.station());
  await loop.look(id);
  events = await engine.store.read.events(id, 0, 1000);
});

/** The record, but for what somebody did to it. */
const seen = (change: Partial<RecordReader>): RecordReader =>
  Object.assign(Object.create(engine.store.read) as RecordReader, change);
const verdictOf = (change: Partial<RecordReader>, by: Planner = planner) =>
  verifyCampaign(seen(change), by, id);
const withLog = (log: readonly RecordedEvent[]): Partial<RecordReader> => ({
  events: (_, after, limit) => Promise.resolve(log.slice(after, after + limit)),
  lastSeq: () => Promise.resolve(log.length),
});
/** The log as it would be had it been written so, chained anew. */
function rechained(
  change: (event: RecordedEvent['event']) => RecordedEvent['event'],
): readonly RecordedEvent[] {
  const log: RecordedEvent[] = [];
  for (const { campaignId, at, actor, event } of events) {
    const head = log.at(-1) ?? { seq: 0, hash: '0'.repeat(64) };
    log.push(chain(head, campaignId, at, actor, change(event)));
  }
  return log;
}

describe('a campaign that is verified', () => {
  it('is what its log says, to the last hash', async () => {
    expect(await verdictOf({})).toEqual({
      ...{ campaignId: id, ok: true, events: events.length, headHash: events.at(-1)?.hash },
      ...{ tablesCompared: true, faults: [] },
      plans: [
        { number: 1, identical: true, detail: 'identical' },
        { number: 2, identical: true, detail: 'identical' },
      ],
    });
  });

  it('is refused where there is none', async () => {
    await expect(verifyCampaign(engine.store.read, planner, 'nothing')).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', message: 'there is no campaign nothing' },
    });
  });

  it('has a log that was changed, and nothing further is said of it', async () => {
    const [first, second, ...rest] = events;
    if (!first || !second) throw new Error('the log is empty');
    const changed = [first, { ...second, at: first.at.replace('T', 'U') }, ...rest];
    expect(await verdictOf(withLog(changed))).toEqual({
      ...{
        campaignId: id,
        ok: false,
        events: events.length,
        headHash: '0'.repeat(64),
        tablesCompared: false,
      },
      ...{
        plans: [],
        faults: [
          `the log of campaign ${id} is broken: event 2 (${second.event.type}) was changed after it was written`,
        ],
      },
    });
  });

  it('has tables that say something else: a row more, a row less, another row', async () => {
    const { read } = engine.store;
    const [one, ...others] = await read.experiments(id);
    if (!one) throw new Error('there is no experiment');
    const faultsOf = async (experiments: readonly (typeof one)[]) =>
      (await verdictOf({ experiments: () => Promise.resolve(experiments) })).faults;
    expect(await faultsOf([{ ...one, note: 'a word' }, ...others])).toEqual([
      `experiment ${one.id} is not what the log says`,
    ]);
    expect(await faultsOf([one, ...others, { ...one, id: 'more' }])).toEqual([
      'experiment more is in the tables but not in the log',
    ]);
    const verdict = await verdictOf({ experiments: () => Promise.resolve(others) });
    expect(verdict).toMatchObject({ ok: false, tablesCompared: true });
    expect(verdict.faults).toContain(`experiment ${one.id} is in the log but not in the tables`);
    expect(await verdictOf({ campaign: () => Promise.resolve(null) })).toMatchObject({
      faults: [`campaign ${id} is in the log but not in the tables`],
    });
  });

  it('has a row that would be forgotten', async () => {
    const forgotten = [{ kind: 'attempt', id: 'a', why: 'started, without a deadline' }];
    expect(await verdictOf({ forgotten: () => Promise.resolve(forgotten) })).toMatchObject({
      ...{ ok: false, faults: ['attempt a is forgotten: started, without a deadline'] },
    });
  });

  it('is not compared with its tables where it moves on each time that it is looked at', async () => {
    let looks = 0;
    const moving = { lastSeq: () => Promise.resolve(events.length + (looks += 1)) };
    expect(await verdictOf(moving)).toMatchObject({ ok: true, tablesCompared: false, faults: [] });
    expect(looks).toBe(5);
  });
});

describe('a plan that is made again', () => {
  it('is another where the planner answers otherwise, of whichever version', async () => {
    const other: Planner = {
      version: 'other',
      plan: async (request) => ({ ...(await planner.plan(request)), proposals: [] }),
    };
    const details = async (by: Planner) => (await verdictOf({}, by)).plans.map(({ detail }) => detail);
    const says = 'the planner gives another answer now';
    expect(await details({ ...other, version: planner.version })).toEqual([says, says]);
    expect(await details(other)).toEqual(
      Array.from({ length: 2 }, () => `${says} (planned by version ${planner.version}, checked by other)`),
    );
    expect(await verdictOf({}, other)).toMatchObject({ ok: false, faults: [] });
  });

  it.each<[string, Partial<Extract<RecordedEvent['event'], { type: 'plan.committed' }>['plan']>]>([
    ['the record at its time asked another question', { requestHash: 'other' }],
    ['the record at its time had other knowledge from elsewhere', { knowledge: ['other'] }],
    ['the planner gives another answer now', { answerHash: 'other' }],
    ['the record at its time asked for no plan', { basedOnSeq: 1 }],
  ])('tells that %s', async (detail, change) => {
    const log = rechained((event) =>
      event.type === 'plan.committed' && event.plan.number === 1
        ? { ...event, plan: { ...event.plan, ...change } }
        : event,
    );
    const { ok, plans } = await verdictOf(withLog(log));
    expect(ok).toBe(false);
    expect(plans).toEqual([
      { number: 1, identical: false, detail },
      { number: 2, identical: true, detail: 'identical' },
    ]);
  });

  it('is another where its proposals are not those of the answer', async () => {
    const log = rechained((event) =>
      event.type === 'plan.committed'
        ? { ...event, experiments: event.experiments.map((one) => ({ ...one, reason: 'luck' })) }
        : event,
    );
    const [first] = (await verdictOf(withLog(log))).plans;
    expect(first).toEqual({ number: 1, identical: false, detail: 'the planner gives another answer now' });
  });
});

describe('a campaign in which nothing is left to try', () => {
  const gases = { parameters: [{ kind: 'categorical', name: 'gas', choices: ['air', 'argon', 'neon'] }] };

  it('is completed, and says so', async () => {
    const { id: campaignId } = await loop.campaign({ space: gases, initial: 2, parallel: 2 });
    const robot = await loop.station('robot', 'boot-2');
    while ((await engine.store.read.countExperiments(campaignId, ['queued'])) > 0) {
      const assignment = await loop.startOne(robot);
      await submit(engine, robot, { ...loop.measured(assignment), outcome: 'infeasible', measurements: [] });
      await loop.look(campaignId);
    }
    expect(await loop.now(campaignId)).toMatchObject({ state: 'completed', experiments: 3 });
    const log = await engine.store.read.events(campaignId, 0, 1000);
    expect(log.map(({ event }) => event)).toContainEqual({
      ...{ type: 'campaign.moved', to: 'completed', note: 'every point of the space has been tried' },
    });
  });
});
