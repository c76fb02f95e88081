import { describe, expect, it } from '@jest/globals';
import { fromModelScale, toModelScale } from '@ionloop/chemistry';
import type { Campaign, JsonObject, Measurement, PlanObjective } from '@ionloop/domain';
import fc from 'fast-check';
import { propertiesOf } from '../campaigns/goals.js';
import type { Engine } from '../deps.js';
import {
  claim,
  createCampaign,
  decideMeasurement,
  decideResult,
  inputOf,
  moveCampaign,
  parseAnalysis,
  type Planner,
  recordMeasurement,
  registerStation,
  startAttempt,
  submit,
  type SubmittedMeasurement,
  supersedeMeasurement,
  updateCampaign,
} from '../index.js';
import { type TestLoop } from './loop.js';
import { ternary } from './ternary.js';
import { newLoopForEach, type OpenedEngine } from './opened.js';

const reason = 'so it came';
const conductivity = { property: 'ionic_conductivity', transform: 'log10', unit: 'S/cm' } as const;
const density = { property: 'relative_density', unit: '%' } as const;
const leak = { property: 'electronic_conductivity', transform: 'log10', unit: 'S/cm' } as const;
/** As the others, without what it wants. */
const unaimed: JsonObject = Object.fromEntries(
  Object.entries(ternary).filter(([name]) => name !== 'objective'),
);

/** What campaigns want to begin with. */
const wishes: readonly JsonObject[] = [
  { objectives: [{ ...conductivity, goal: 'maximise' }, density], limits: [{ ...leak, high: 1e-8 }] },
  {
    objectives: [{ ...conductivity, goal: 'window', low: 1e-8, high: 1e-7 }],
    limits: [{ ...leak, high: 1e-7 }],
  },
  {
    objectives: [
      { ...density, goal: 'minimise' },
      { ...conductivity, goal: 'window', low: 1e-7, high: null },
      { ...leak, goal: 'minimise' },
    ],
    limits: [{ ...density, low: 2 }],
  },
];
/** What they may want later, of the same properties. */
const changes: readonly ((campaign: Campaign, end: number) => object)[] = [
  ({ limits = [] }, end) => ({
    limits: limits.map(({ property }) => ({ property, ...endsFor(property, end, null) })),
  }),
  ({ limits = [] }) => ({ limits: limits.map(({ property }) => ({ property, low: null, high: null })) }),
  ({ objectives: [{ property }] }, end) => ({
    objectives: [{ property, goal: 'window', ...endsFor(property, end - 1, end) }],
  }),
  ({ objectives: [{ property }] }) => ({
    objectives: [{ property, goal: 'minimise', low: null, high: null }],
  }),
  ({ objectives }) => ({
    objectives: objectives.map(({ property }) => ({ property, goal: 'maximise', low: null, high: null })),
  }),
];

/** Those whose logarithms are whole numbers to the bit: means of them do not depend on their order. */
const decades = [1e-11, 1e-10, 1e-8, 1e-7, 1e-5] as const;
/** Few different values, so that many are equal. */
const valueOf = (property: string, step: number): number =>
  property === density.property ? step : (decades[step] ?? 1);
const unitOf = (property: string): string => (property === density.property ? '%' : 'S/cm');
const endsFor = (property: string, low: number, high: number | null): object => ({
  low: valueOf(property, low),
  high: high === null ? null : valueOf(property, high),
});

interface Happening {
  readonly what: 'result' | 'lacking' | 'failure' | 'replicate' | 'correction' | 'decision' | 'change';
  readonly pick: number;
  readonly steps: readonly number[];
  readonly yes: boolean;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(
    ...(['result', 'result', 'result', 'lacking', 'failure', 'replicate'] as const),
    ...(['replicate', 'correction', 'decision', 'decision', 'change'] as const),
  ),
  pick: fc.nat(1000),
  steps: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }),
  yes: fc.boolean(),
});

/** Streams of whatever can happen to results: how the campaign stands after each is what a count by hand makes of all of them. */
export function standingContract(
  name: string,
  open: () => Promise<OpenedEngine>,
  planner: Planner,
  streams = 4,
): void {
  describe(`how a campaign stands, on ${name}`, () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    it.each(wishes.map((wish, i) => [i + 1, wish] as const))(
      'is as counted by hand after anything that happens to results, campaign %d',
      async (seed, wish) => {
        const stream = fc.array(happening, { minLength: 14, maxLength: 22 });
        for (const happenings of fc.sample(stream, { seed, numRuns: streams })) {
          const told = await begun(wish);
          for (const one of happenings) {
            await told.happen(one);
            await asCounted(told);
          }
          // The stations of the next are not given its work.
          await moveCampaign(engine, loop.person, told.id, 'paused');
        }
      },
      240_000,
    );

    const begun = async (wish: JsonObject): Promise<Told> => {
      const input = { ...unaimed, ...wish, strategy: 'random', budget: 12, parallel: 12 };
      const { id } = await createCampaign(engine, loop.person, input);
      await moveCampaign(engine, loop.person, id, 'active');
      await loop.look(id);
      return new Told(engine, loop, id);
    };

    const asCounted = async ({ id, rows }: Told): Promise<void> => {
      const { read } = engine.store;
      const now = await loop.now(id);
      const counted = standingByHand(now, rows);
      expect((await read.bestResults([id])).get(id)?.experimentId).toBe(counted.best);
      const progress = (await read.progress([id], 1000)).get(id) ?? [];
      expect(progress.map(({ experimentNumber, at }) => [experimentNumber, at])).toEqual(
        counted.progress.map(({ number, at }) => [number, at]),
      );
      progress.forEach(({ value, best, volume }, i) => {
        const own = counted.progress[i];
        expect(value / (own?.value ?? NaN)).toBeCloseTo(1, 9);
        expect(best === null).toBe(own?.best === null);
        expect((best ?? 1) / (own?.best ?? 1)).toBeCloseTo(1, 9);
        expect(volume === null).toBe(now.objectives.length === 1);
        expect(volume ?? 0).toBeCloseTo(volume === null ? 0 : (own?.volume ?? NaN), 9);
      });
      const snapshot = await read.planningSnapshot(id);
      if (!snapshot) throw new Error('the campaign is gone');
      const objectives = now.objectives.map(({ property, goal }) => ({ property, goal }));
      // A front has two sides at least.
      const sides = [...objectives, ...objectives].slice(0, Math.max(2, objectives.length));
      const request = parseAnalysis({ front: { objectives: sides } });
      const { measured } = await inputOf(read, snapshot, request);
      expect(measured.map(({ number, keepsLimits }) => [number, keepsLimits])).toEqual(counted.measured);
    };
  });
}

interface Row {
  readonly experimentId: string;
  readonly number: number;
  readonly measurement: Measurement;
}

const asMeasured = (property: string, step = 1): SubmittedMeasurement => ({
  ...{ property, value: valueOf(property, step), unit: unitOf(property) },
});
const isDecidable = ({ measurement: { status } }: Row): boolean =>
  status === 'accepted' || status === 'excluded';

/** A campaign, and what is known to have been measured in it. */
class Told {
  readonly rows: Row[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly loop: TestLoop,
    readonly id: string,
  ) {}

  async happen({ what, pick, steps, yes }: Happening): Promise<void> {
    const { engine, loop, id } = this;
    const properties = propertiesOf(await loop.now(id));
    const measured = properties.map((property, k) => asMeasured(property, steps[k]));
    const chosen = this.rows[pick % Math.max(1, this.rows.length)];
    switch (what) {
      case 'result':
        return this.handIn(measured, yes);
      case 'lacking':
        return this.handIn(
          measured.filter((_each, k) => k !== pick % measured.length),
          yes,
        );
      case 'failure':
        return this.handIn([], yes);
      case 'replicate':
        return this.replicate(chosen, asMeasured(properties[pick % properties.length] ?? '', steps[0]));
      case 'correction':
        return this.correct(chosen, steps[0]);
      case 'decision':
        return this.decide(chosen, yes);
      case 'change': {
        const change = changes[pick % changes.length]?.(await loop.now(id), 1 + (pick % 4)) ?? {};
        await updateCampaign(engine, loop.person, { id, change, reason });
        return;
      }
      default:
        what satisfies never;
    }
  }

  private async replicate(chosen: Row | undefined, measurement: SubmittedMeasurement): Promise<void> {
    const { engine, loop } = this;
    if (!chosen || (await loop.experiment(chosen.experimentId)).state !== 'accepted') return;
    const { experimentId } = chosen;
    await recordMeasurement(engine, loop.person, { experimentId, measurement, reason });
    await this.learn(experimentId);
  }

  private async correct(chosen: Row | undefined, step: number | undefined): Promise<void> {
    if (!chosen || !isDecidable(chosen)) return;
    const { id: measurementId, property } = chosen.measurement;
    const measurement = asMeasured(property, step);
    await supersedeMeasurement(this.engine, this.loop.person, { measurementId, measurement, reason });
    await this.learn(chosen.experimentId);
  }

  private async decide(chosen: Row | undefined, yes: boolean): Promise<void> {
    if (!chosen || !isDecidable(chosen)) return;
    const decision = yes ? 'accepted' : 'excluded';
    await decideMeasurement(this.engine, this.loop.person, chosen.measurement.id, decision, reason);
    await this.learn(chosen.experimentId);
  }

  private async handIn(measurements: readonly SubmittedMeasurement[], yes: boolean): Promise<void> {
    const { engine, loop, id } = this;
    const voice = { station: `of-${id}`, bootId: 'boot' };
    await registerStation(engine, {
      ...voice,
      properties: [...propertiesOf(await loop.now(id))],
      schemaVersion: 1,
    });
    const [work] = await claim(engine, voice, { idempotencyKey: `${id}-${loop.key()}`, max: 1 });
    if (!work) return;
    await startAttempt(engine, voice, work);
    const { attemptId, fence, experimentId } = work;
    const outcome = measurements.length === 0 ? 'failed_sample' : 'measured';
    const answer = await submit(engine, voice, {
      ...{ attemptId, fence, outcome, measurements, idempotencyKey: `${id}-${loop.key()}` },
    });
    if (answer.disposition === 'flagged') {
      await decideResult(engine, loop.person, attemptId, yes ? 'accept' : 'discard', reason);
    }
    await this.learn(experimentId);
  }

  /** What is written of the measurements of an experiment. */
  private async learn(experimentId: string): Promise<void> {
    const { number } = await this.loop.experiment(experimentId);
    const others = this.rows.filter((row) => row.experimentId !== experimentId);
    const own = await this.engine.store.read.measurementsOf([experimentId]);
    this.rows.splice(0, this.rows.length, ...others);
    this.rows.push(...own.map((measurement) => ({ experimentId, number, measurement })));
  }
}

interface Counted {
  readonly best: string | undefined;
  readonly progress: readonly {
    readonly number: number;
    readonly at: string;
    readonly value: number;
    readonly best: number | null;
    readonly volume: number;
  }[];
  readonly measured: readonly (readonly [number, boolean | null])[];
}

type Wanted = Pick<PlanObjective, 'property' | 'transform'>;

/** By the definitions alone, each time from nothing. */
function standingByHand({ objectives, limits = [] }: Campaign, rows: readonly Row[]): Counted {
  const accepted = rows.filter(({ measurement }) => measurement.status === 'accepted');
  const numbers = [...new Set(accepted.map(({ number }) => number))].sort((a, b) => a - b);
  const own = (number: number, property: string): readonly Measurement[] =>
    accepted
      .filter((row) => row.number === number && row.measurement.property === property)
      .map(({ measurement }) => measurement);
  const scaled = (number: number, { property, transform }: Wanted): number | null => {
    const values = own(number, property).map(({ value }) => toModelScale(value, transform));
    return values.length === 0 ? null : values.reduce((a, b) => a + b) / values.length;
  };
  const valued = (number: number, wanted: Wanted): number | null => {
    const [single, ...more] = own(number, wanted.property);
    const mean = scaled(number, wanted);
    if (single === undefined || mean === null) return null;
    return more.length === 0 ? single.value : fromModelScale(mean, wanted.transform);
  };
  const within = (value: number, low: number | null, high: number | null): boolean =>
    (low === null || value >= low) && (high === null || value <= high);
  const keeps = (number: number): boolean | null => {
    const each = limits
      .filter(({ low, high }) => low !== null || high !== null)
      .map((limit) => {
        const found = valued(number, limit);
        return found === null ? null : within(found, limit.low, limit.high);
      });
    return each.includes(false) ? false : each.includes(null) ? null : true;
  };
  const merit = (number: number, objective: PlanObjective): number | null => {
    const value = valued(number, objective);
    if (value === null) return null;
    const onScale = (at: number): number => toModelScale(at, objective.transform);
    if (objective.goal !== 'window') return onScale(value) * (objective.goal === 'maximise' ? 1 : -1);
    const { low, high } = objective;
    if (within(value, low, high)) return 0;
    return low !== null && value < low ? onScale(value) - onScale(low) : onScale(high ?? 0) - onScale(value);
  };
  const [first] = objectives;
  const standing = numbers
    .filter((number) => own(number, first.property).length > 0)
    .map((number) => ({
      number,
      at:
        own(number, first.property)
          .map(({ createdAt }) => createdAt)
          .sort()[0] ?? '',
      value: valued(number, first) ?? NaN,
      merit: keeps(number) === true ? merit(number, first) : null,
      merits: keeps(number) === true ? objectives.map((one) => merit(number, one)) : [null],
    }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.number - b.number));
  const whole = (one: (typeof standing)[number]): boolean => one.merits.every((each) => each !== null);
  const box = standing.filter(whole).map(({ merits }) => merits.map(Number));
  const best = (some: typeof standing): (typeof standing)[number] | undefined =>
    some
      .filter((one) => one.merit !== null)
      .reduce<(typeof standing)[number] | undefined>(
        (most, one) => (most === undefined || Number(one.merit) > Number(most.merit) ? one : most),
        undefined,
      );
  return {
    best: rows.find(({ number }) => number === best(standing)?.number)?.experimentId,
    progress: standing.map(({ number, at, value }, i) => {
      const sofar = standing.slice(0, i + 1);
      const points = sofar.filter(whole).map(({ merits }) => merits.map(Number));
      return { number, at, value, best: best(sofar)?.value ?? null, volume: shareBeaten(points, box) };
    }),
    measured: numbers
      .filter((number) => objectives.every((one) => merit(number, one) !== null))
      .map((number) => [number, keeps(number)] as const),
  };
}

/** Of the cells between all values of a box, the share that lies below one of the points. */
function shareBeaten(points: readonly (readonly number[])[], box: readonly (readonly number[])[]): number {
  if (box.length === 0) return 0;
  const below = (k: number, left: readonly (readonly number[])[]): number => {
    if (left.length === 0) return 0;
    if (k === (box[0]?.length ?? 0)) return 1;
    const axis = [...new Set(box.map((point) => point[k] ?? 0))].sort((a, b) => a - b);
    const [low = 0, high = 0] = [axis[0], axis.at(-1)];
    if (high === low) return below(k + 1, left);
    return axis.slice(1).reduce((sum, top, i) => {
      const width = (top - (axis[i] ?? 0)) / (high - low);
      return (
        sum +
        width *
          below(
            k + 1,
            left.filter((point) => (point[k] ?? 0) >= top),
          )
      );
    }, 0);
  };
  return below(0, points);
}
