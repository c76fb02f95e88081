import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ErrorCode, JsonObject } from '@ionloop/domain';
import { plan, plannerVersion } from '@ionloop/planner';
import {
  appendPartial,
  type Assignment,
  cancelExperiment,
  claim,
  type Engine,
  heartbeat,
  InMemoryStore,
  moveCampaign,
  type Planner,
  quietEngine,
  registerStation,
  startAttempt,
  type StationVoice,
  submit,
  type SubmitRequest,
  withdrawApproval,
} from '../src/index.js';
import { TestLoop } from '../src/testing/index.js';

const planner: Planner = { version: plannerVersion, plan: (request) => Promise.resolve(plan(request)) };
const sha256 = 'ab'.repeat(32);
const value = { property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm' };
const impedance = { resistanceOhm: 1000, thicknessCm: 0.1, areaCm2: 0.5 };
const refused = (code: ErrorCode, field: string | undefined, says: RegExp): unknown =>
  expect.objectContaining({
    ...{ code, message: expect.stringMatching(says) as unknown },
    ...(field === undefined ? {} : { field }),
  });

let engine: Engine;
let loop: TestLoop;
beforeEach(() => {
  engine = quietEngine(new InMemoryStore(() => new Date()));
  loop = new TestLoop(engine, planner);
});

describe('a station that registers', () => {
  const robot = { station: 'robot', bootId: 'boot-1', properties: ['density'], schemaVersion: 1 };

  it('keeps the limits that it states', async () => {
    const limits = {
      ...{ maxConcurrent: 1, batchSize: 10_000, temperatureC: [null, 900], components: ['Li3PO4'] },
      parameters: { pressure: [1, null], gas: ['air', 'Ar'] },
      info: { furnace: { model: 'X' } },
    };
    expect((await registerStation(engine, { ...robot, limits })).limits).toEqual(limits);
    expect((await registerStation(engine, robot)).limits).toEqual({});
  });

  const many = (count: number) => Array.from({ length: count }, (_, i) => `p${i}`);
  it.each<[string, JsonObject, RegExp]>([
    ['limits.weight', { weight: 3 }, /no "weight"; it may have maxConcurrent, batchSize/],
    ['limits.maxConcurrent', { maxConcurrent: 0 }, /maxConcurrent is 0/],
    ['limits.batchSize', { batchSize: 10_001 }, /batchSize is 10001/],
    ['limits.temperatureC', { temperatureC: 900 }, /must be \[from, to\], null where there is no bound/],
    ['limits.temperatureC', { temperatureC: [1, 2, 3] }, /must be \[from, to\]/],
    ['limits.temperatureC[1]', { temperatureC: [1, 'hot'] }, /finite number/],
    ['limits.temperatureC', { temperatureC: [2, 1] }, /begins at 2 and ends before, at 1/],
    ['limits.components', { components: [] }, /list of 1 to 1000 names/],
    ['limits.components', { components: many(1001) }, /list of 1 to 1000 names/],
    ['limits.components', { components: 'Li' }, /list of 1 to 1000 names/],
    ['limits.components[0]', { components: [' '] }, /must not be empty/],
    ['limits.parameters.gas[1]', { parameters: { gas: ['air', 'x'.repeat(201)] } }, /201 characters/],
    [
      'limits.parameters',
      { parameters: Object.fromEntries(many(201).map((name) => [name, [1, 2]])) },
      /201 parameters; at most 200/,
    ],
    ['limits.info', { info: 'big' }, /object/],
  ])('is refused by %s', async (field, limits, says) => {
    await expect(registerStation(engine, { ...robot, limits })).rejects.toEqual(
      refused('INVALID_INPUT', field, says),
    );
  });

  it.each<[string, object, ErrorCode, RegExp]>([
    [
      'schemaVersion',
      { schemaVersion: 0 },
      'UNSUPPORTED_SCHEMA',
      /speaks version 1 to \d+ of the lab protocol, the station version 0/,
    ],
    ['schemaVersion', { schemaVersion: 99 }, 'UNSUPPORTED_SCHEMA', /the station version 99/],
    ['schemaVersion', { schemaVersion: 1.5 }, 'INVALID_INPUT', /whole number/],
    ['station', { station: ' ' }, 'INVALID_INPUT', /must not be empty/],
    ['station', { station: 'x'.repeat(121) }, 'INVALID_INPUT', /121 characters; at most 120/],
    ['bootId', { bootId: '' }, 'INVALID_INPUT', /must not be empty/],
    ['properties[1]', { properties: ['density', 'x'.repeat(81)] }, 'INVALID_INPUT', /at most 80/],
  ])('is refused by %s: %j', async (field, change, code, says) => {
    await expect(registerStation(engine, { ...robot, ...change })).rejects.toEqual(
      refused(code, field, says),
    );
  });

  it('is asked for by everything that it says', async () => {
    const voice: StationVoice = { station: 'nobody', bootId: 'boot-1' };
    const unknown = refused('INVALID_STATE', undefined, /"nobody" is not registered yet: register it first/);
    await expect(heartbeat(engine, voice, [])).rejects.toEqual(unknown);
    await expect(claim(engine, voice, { idempotencyKey: 'a', max: 1 })).rejects.toEqual(unknown);
    await loop.station('robot', 'boot-2');
    await expect(
      claim(engine, { station: 'robot', bootId: 'boot-1' }, { idempotencyKey: 'a', max: 1 }),
    ).rejects.toEqual(
      refused('LEASE_LOST', undefined, /started again as boot boot-2; boot boot-1 no longer speaks for it/),
    );
  });
});

describe('a claim', () => {
  it.each<[string, object]>([
    ['max', { max: 0 }],
    ['max', { max: 33 }],
    ['idempotencyKey', { idempotencyKey: ' ' }],
    ['idempotencyKey', { idempotencyKey: 'x'.repeat(201) }],
  ])('is refused by %s: %j', async (field, change) => {
    const robot = await loop.station();
    const wrong = claim(engine, robot, { idempotencyKey: 'key', max: 1, ...change });
    await expect(wrong).rejects.toEqual(refused('INVALID_INPUT', field, /./));
  });

  it('leases no more than the hands of the station hold, and no more at once than it takes', async () => {
    await loop.campaign();
    const limited = (limits: JsonObject) =>
      registerStation(engine, {
        ...{ station: 'robot', bootId: 'boot-1', properties: ['ionic_conductivity'], schemaVersion: 1 },
        limits,
      });
    const robot = { station: 'robot', bootId: 'boot-1' };
    const take = async () => (await claim(engine, robot, { idempotencyKey: loop.key(), max: 3 })).length;
    await limited({ batchSize: 1 });
    expect(await take()).toBe(1);
    await limited({ maxConcurrent: 2 });
    expect([await take(), await take()]).toEqual([1, 0]);
  });

  it('says how long its leases last and what fence they carry', async () => {
    const { id } = await loop.campaign();
    const robot = await loop.station();
    expect(await loop.claimOne(robot)).toMatchObject({
      ...{ campaignId: id, experimentNumber: 1, fence: 1, leaseSeconds: 60, heartbeatSeconds: 10 },
    });
  });
});

describe('a heartbeat', () => {
  let robot: StationVoice;
  let work: Assignment;
  let campaign: string;
  beforeEach(async () => {
    campaign = (await loop.campaign()).id;
    robot = await loop.station();
    work = await loop.claimOne(robot);
  });
  const command = async (attemptId = work.attemptId, voice = robot) =>
    (await heartbeat(engine, voice, [{ attemptId, stage: 'milling', progress: 0.5 }])).map(
      (one) => one.command,
    );

  it('lets work go on, and holds what has not begun while its campaign is paused', async () => {
    expect(await command()).toEqual(['continue']);
    await moveCampaign(engine, loop.person, campaign, 'paused');
    expect(await command()).toEqual(['pause']);
    await moveCampaign(engine, loop.person, campaign, 'active');
    await startAttempt(engine, robot, work);
    await moveCampaign(engine, loop.person, campaign, 'paused');
    expect(await command()).toEqual(['continue']);
  });

  it('hears that it is to stop, and that what is handed in is no longer its own', async () => {
    await startAttempt(engine, robot, work);
    await cancelExperiment(engine, loop.person, work.experimentId, 'not needed');
    expect(await command()).toEqual(['cancel']);
    await submit(engine, robot, loop.measured(work));
    expect(await command()).toEqual(['lease_lost']);
  });

  it('is of its own attempts and of its own boot', async () => {
    expect(await command('nothing')).toEqual(['lease_lost']);
    expect(await command(work.attemptId, await loop.station('other'))).toEqual(['lease_lost']);
    expect(await command(work.attemptId, { ...robot, bootId: 'boot-0' })).toEqual(['lease_lost']);
  });

  it('keeps the lease, and what it tells is read back', async () => {
    const before = await engine.store.read.now();
    await command();
    const [lease] = await engine.store.read.leases([work.attemptId]);
    expect(lease).toMatchObject({ stage: 'milling', progress: 0.5 });
    expect(lease?.deadline.getTime()).toBeGreaterThanOrEqual(before.getTime() + 60_000);
    expect(lease?.deadline.getTime()).toBeLessThan(before.getTime() + 600_000);
    await startAttempt(engine, robot, work);
    const [started] = await engine.store.read.leases([work.attemptId]);
    expect(started).toMatchObject({ stage: 'started', progress: 0 });
    expect(started?.deadline.getTime()).toBeGreaterThanOrEqual(before.getTime() + 1_800_000);
  });
});

describe('a start', () => {
  it('is of the fence that was leased, in a campaign that is there', async () => {
    const { id } = await loop.campaign();
    const robot = await loop.station();
    const work = await loop.claimOne(robot);
    await expect(startAttempt(engine, robot, { ...work, fence: 2 })).rejects.toEqual(
      refused('LEASE_LOST', 'fence', /experiment 1 is at fence 1; this start came with fence 2/),
    );
    await expect(startAttempt(engine, robot, { ...work, specHash: 'other' })).rejects.toEqual(
      refused('SPEC_CHANGED', 'specHash', /experiment 1 is no longer what was claimed: claim it again/),
    );
    await expect(startAttempt(engine, robot, { ...work, attemptId: 'nothing' })).rejects.toEqual(
      refused('NOT_FOUND', 'attemptId', /there is no attempt nothing/),
    );
    const other = await loop.station('other');
    await expect(startAttempt(engine, other, work)).rejects.toEqual(
      refused('FORBIDDEN', 'attemptId', /leased to another station, not to "other"/),
    );
    await moveCampaign(engine, loop.person, id, 'archived');
    await expect(startAttempt(engine, robot, work)).rejects.toEqual(refused('LEASE_LOST', undefined, /./));
  });

  it('of what was taken back says why not', async () => {
    await loop.campaign();
    const robot = await loop.station();
    const work = await loop.claimOne(robot);
    await withdrawApproval(engine, loop.person, work.experimentId, 'the powder is wet');
    await expect(startAttempt(engine, robot, work)).rejects.toEqual(
      expect.objectContaining({ message: expect.stringMatching(/wet|no longer|aborted/) as unknown }),
    );
  });

  it('keeps the run of the device', async () => {
    await loop.campaign();
    const robot = await loop.station();
    const work = await loop.claimOne(robot);
    await startAttempt(engine, robot, { ...work, deviceRunId: 'run-7' });
    expect(await engine.store.read.attempt(work.attemptId)).toMatchObject({
      state: 'started',
      deviceRunId: 'run-7',
    });
  });
});

describe('a partial result', () => {
  it('is counted from 0', async () => {
    await loop.campaign();
    const robot = await loop.station();
    const { attemptId } = await loop.startOne(robot);
    for (const seq of [-1, 0.5])
      await expect(appendPartial(engine, robot, { attemptId, seq, partial: {} })).rejects.toEqual(
        refused('INVALID_INPUT', 'seq', /seq is/),
      );
    expect(await appendPartial(engine, robot, { attemptId, seq: 0, partial: {} })).toEqual({ stored: true });
  });
});

describe('a result', () => {
  let robot: StationVoice;
  let work: Assignment;
  beforeEach(async () => {
    await loop.campaign();
    robot = await loop.station();
    work = await loop.startOne(robot);
  });
  const handIn = (change: Partial<SubmitRequest>) =>
    submit(engine, robot, { ...loop.measured(work), ...change });
  const measuring = (change: object) => handIn({ measurements: [{ ...value, ...change }] });

  it.each<[string, Partial<SubmitRequest>, RegExp]>([
    ['idempotencyKey', { idempotencyKey: '' }, /must not be empty/],
    ['outcome', { outcome: 'fine' as 'measured' }, /"fine".*must be one of/],
    ['fence', { fence: 0 }, /fence is 0/],
    ['fence', { fence: 2 }, /was leased with fence 1, not 2/],
    ['measurements', { measurements: [] }, /the outcome is "measured", but there is no measurement/],
    [
      'measurements',
      { outcome: 'failed_sample' },
      /the outcome is "failed_sample", which carries no measurements/,
    ],
    [
      'artifacts',
      { artifacts: Array.from({ length: 101 }, () => ({ sha256, name: 'a' })) },
      /artifacts has 101 entries; at most 100/,
    ],
    [
      'artifacts[0].measurement',
      { outcome: 'failed_sample', measurements: [], artifacts: [{ sha256, name: 'a', measurement: 0 }] },
      /names a measurement, but there is none/,
    ],
    [
      'artifacts[0].mediaType',
      { artifacts: [{ sha256, name: 'a', mediaType: `text/${'x'.repeat(196)}` }] },
      /media type such as/,
    ],
    [
      'artifacts[0].mediaType',
      { artifacts: [{ sha256, name: 'a', mediaType: ' text/csv' }] },
      /media type such as/,
    ],
    [
      'artifacts[0].mediaType',
      { artifacts: [{ sha256, name: 'a', mediaType: 'text/csv, really' }] },
      /media type such as/,
    ],
    [
      'artifacts[0].mediaType',
      { artifacts: [{ sha256, name: 'a', mediaType: 'text/csv;\u0007' }] },
      /media type such as/,
    ],
    ['artifacts[0].kind', { artifacts: [{ sha256, name: 'a', kind: 'x'.repeat(81) }] }, /at most 80/],
    ['artifacts[0].name', { artifacts: [{ sha256, name: 'x'.repeat(201) }] }, /at most 200/],
  ])('is refused by %s', async (field, change, says) => {
    await expect(handIn(change)).rejects.toEqual(refused('INVALID_INPUT', field, says));
  });

  it.each<[string, object, RegExp]>([
    ['measurements[0].property', { property: 'density' }, /measures ionic_conductivity, not "density"/],
    [
      'measurements[0].uncertainty',
      { uncertainty: -1 },
      /uncertainty is -1; it must be a finite number, not negative/,
    ],
    ['measurements[0].temperatureC', { temperatureC: -273.15 }, /above 0 K/],
    ['measurements[0].value', { value: undefined, unit: undefined }, /neither a value nor an impedance/],
    ['measurements[0].unit', { unit: undefined }, /a value without a unit/],
    ['measurements[0]', { impedance }, /both a value and an impedance/],
    [
      'measurements[0].impedance',
      { value: undefined, impedance: { ...impedance, areaCm2: 0 } },
      /measurements\[0\]\.impedance: /,
    ],
    [
      'measurements[0].impedance.frequencyHz',
      { value: undefined, impedance: { ...impedance, frequencyHz: { min: 0, max: 1 } } },
      /goes from 0 to 1; it must rise from above zero/,
    ],
    [
      'measurements[0].impedance.frequencyHz',
      { value: undefined, impedance: { ...impedance, frequencyHz: { min: 2, max: 2 } } },
      /goes from 2 to 2/,
    ],
    [
      'measurements[0].impedance.residual',
      { value: undefined, impedance: { ...impedance, residual: -0.1 } },
      /residual is -0\.1; it must be finite and not negative/,
    ],
    [
      'measurements[0].series',
      {
        value: undefined,
        unit: undefined,
        series: [
          { temperatureC: 25, value: 1e-4, unit: 'S/cm' },
          { temperatureC: 25, value: 2e-4, unit: 'S/cm' },
        ],
      },
      /has one temperature; a line needs at least two/,
    ],
  ])('is refused by %s: %j', async (field, change, says) => {
    await expect(measuring(change)).rejects.toEqual(refused('INVALID_INPUT', field, says));
  });

  it('of another spec, or twice under different keys, is refused', async () => {
    await expect(handIn({ specHash: 'other' })).rejects.toEqual(
      refused('SPEC_CHANGED', 'specHash', /was leased to make spec \w+, not other/),
    );
    expect(await handIn({ specHash: work.specHash })).toMatchObject({ disposition: 'accepted' });
    await expect(handIn({})).rejects.toEqual(
      refused(
        'CONFLICT',
        'idempotencyKey',
        /has its result already, handed in under another key; it is accepted/,
      ),
    );
  });

  it.each<[object, readonly string[]]>([
    [{ suspect: 'the pellet cracked' }, ['station: the pellet cracked']],
    [{ temperatureC: 305 }, []],
    [{ temperatureC: 305.1 }, ['measured at 305.1 °C; the campaign asks for 300 °C']],
    [{ temperatureC: 294.9 }, ['measured at 294.9 °C; the campaign asks for 300 °C']],
    [{ value: undefined, impedance: { ...impedance, residual: 0.1 } }, []],
    [
      { value: undefined, impedance: { ...impedance, residual: 0.2 } },
      ['the circuit is 20.0 % away from the spectrum, more than 10 %'],
    ],
    [{ value: undefined, impedance: { ...impedance, residual: 0, frequencyHz: { min: 1, max: 1e6 } } }, []],
    [{ uncertainty: 0 }, []],
  ])('carries what makes it doubtful: %j', async (change, flags) => {
    const { disposition, measurementIds } = await measuring(change);
    const [kept] = await engine.store.read.measurementsOf([work.experimentId]);
    expect([kept?.id, kept?.flags]).toEqual([measurementIds[0], flags]);
    expect(disposition).toBe(flags.length > 0 ? 'flagged' : 'accepted');
  });

  it('beyond what is plausible is taken only where the station insists, and waits for a person', async () => {
    await expect(measuring({ value: 1e9 })).rejects.toEqual(refused('INVALID_INPUT', 'measurements[0]', /./));
    expect(await measuring({ value: 1e9, force: true })).toMatchObject({ disposition: 'flagged' });
    const [kept] = await engine.store.read.measurementsOf([work.experimentId]);
    expect(kept).toMatchObject({
      value: 1e9,
      raw: { value: 1e9, unit: 'S/cm' },
      flags: [expect.stringMatching(/^outside the plausible range: /)],
    });
  });

  it('of an attempt that never began waits for a person', async () => {
    const unstarted = await loop.claimOne(robot);
    expect(await submit(engine, robot, loop.measured(unstarted))).toMatchObject({ disposition: 'flagged' });
    expect((await engine.store.read.attempt(unstarted.attemptId))?.note).toContain(
      'handed in without a start',
    );
  });

  it('of an instrument that failed closes the attempt; the experiment is made again unless it was to be cancelled', async () => {
    const fault = { outcome: 'instrument_fault', measurements: [] } as const;
    expect(await handIn({ ...fault, note: 'no contact' })).toMatchObject({
      disposition: 'closed',
      measurementIds: [],
    });
    expect((await loop.experiment(work.experimentId)).state).toBe('queued');
    const again = await loop.startOne(robot);
    await cancelExperiment(engine, loop.person, again.experimentId, 'not needed');
    await submit(engine, robot, { ...loop.measured(again), ...fault });
    expect((await loop.experiment(again.experimentId)).state).toBe('cancelled');
  });

  it('for a campaign that is not running is stored, and says so', async () => {
    expect(await handIn({})).not.toHaveProperty('notice');
    const next = await loop.startOne(robot);
    const { campaignId } = next;
    await moveCampaign(engine, loop.person, campaignId, 'paused');
    expect(await submit(engine, robot, loop.measured(next))).toMatchObject({
      notice: 'campaign "Ternary" is paused; the result is stored',
    });
  });

  it('names its files without the blanks around, and of what kind they are', async () => {
    const artifact = { sha256, bytes: 10, mediaType: 'text/csv', station: 'robot', tokenId: 'token' };
    await engine.store.artifacts.add(artifact);
    const mediaType = 'text/plain; charset=utf-8';
    await handIn({
      artifacts: [
        { sha256, name: ' spectrum.csv ', kind: ' impedance_spectrum ', measurement: 0 },
        { sha256, name: 'a photo', mediaType },
      ],
    });
    const [measurement] = await engine.store.read.measurementsOf([work.experimentId]);
    expect(await engine.store.read.attachments(work.campaignId)).toMatchObject([
      {
        name: 'spectrum.csv',
        kind: 'impedance_spectrum',
        mediaType: 'text/csv',
        measurementId: measurement?.id,
      },
      { name: 'a photo', kind: null, mediaType, measurementId: null },
    ]);
  });
});
