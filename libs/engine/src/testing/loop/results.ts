import { describe, expect, it } from '@jest/globals';
import type { Engine } from '../../deps.js';
import {
  approveExperiments,
  type Assignment,
  cancelExperiment,
  decideMeasurement,
  decideResult,
  type Planner,
  restoreExperiment,
  type StationVoice,
  submit,
  type SubmitRequest,
} from '../../index.js';
import { hasty, pause, type TestLoop } from '../loop.js';
import { newLoopForEach, type OpenedEngine } from '../opened.js';
import { refusal } from '../refusal.js';

/** What becomes of the numbers that a station hands in. */
export function resultsContract(open: () => Promise<OpenedEngine>, planner: Planner): void {
  describe('what a station hands in', () => {
    let engine: Engine;
    let loop: TestLoop;
    newLoopForEach(open, planner, (opened) => ({ engine, loop } = opened));

    const state = async (experimentId: string): Promise<string> =>
      (await loop.experiment(experimentId)).state;
    const attemptState = async (id: string): Promise<string | undefined> =>
      (await engine.store.read.attempt(id))?.state;

    it('a resistance with its geometry becomes a conductivity, and both are kept', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const impedance = { resistanceOhm: 1000, thicknessCm: 0.1, areaCm2: 0.5 };
      await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', impedance }],
      });
      const [measurement] = await engine.store.read.measurements(id);
      expect(measurement?.value).toBeCloseTo(2e-4, 12);
      expect(measurement).toMatchObject({ unit: 'S/cm', raw: { impedance } });
    });

    it('several temperatures become an Arrhenius line, read where the campaign asks, with its error', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      // σT = 1e4·exp(−0.5 eV/kT), with one reading a little off the line.
      const off = [1, 1.03, 0.98, 1.01];
      const series = [200, 250, 300, 350].map((temperatureC, i) => {
        const kelvin = temperatureC + 273.15;
        const conductivity = (1e4 * Math.exp(-0.5 / (8.617333262e-5 * kelvin))) / kelvin;
        return { temperatureC, value: conductivity * (off[i] ?? 1), unit: 'S/cm' };
      });
      const { disposition } = await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', series, conditions: { electrode: 'Au' } }],
      });
      expect(disposition).toBe('accepted');
      const [measurement] = await engine.store.read.measurements(id);
      const wanted = (1e4 * Math.exp(-0.5 / (8.617333262e-5 * 573.15))) / 573.15;
      expect((measurement?.value ?? 0) / wanted).toBeCloseTo(1, 1);
      expect(measurement?.uncertainty).toBeGreaterThan(0);
      expect(measurement).toMatchObject({ unit: 'S/cm', conditions: { electrode: 'Au' }, flags: [] });
      const { series: kept, arrhenius } = measurement?.raw as {
        series: readonly { temperatureC: number; value: number }[];
        arrhenius: {
          activationEnergyEv: number;
          at25C: { value: number; uncertainty: number };
          interval95: { low: number; high: number; unit: string };
          flags: readonly string[];
        };
      };
      expect(kept.map(({ temperatureC, value }) => [temperatureC, value])).toEqual(
        series.map(({ temperatureC, value }) => [temperatureC, value]),
      );
      expect(arrhenius.activationEnergyEv).toBeCloseTo(0.5, 1);
      expect(arrhenius.at25C.value).toBeGreaterThan(0);
      expect(arrhenius.at25C.uncertainty).toBeGreaterThan(0);
      expect(arrhenius.flags).toEqual([]);
      expect(arrhenius.interval95.low).toBeLessThan(measurement?.value ?? 0);
      expect(arrhenius.interval95.high).toBeGreaterThan(measurement?.value ?? 0);
      expect(arrhenius.interval95.unit).toBe('S/cm');
    });

    it('a line read far outside its temperatures waits for a person', async () => {
      await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const series = [20, 40, 60].map((temperatureC, i) => ({
        temperatureC,
        value: 1e-6 * 2 ** i,
        unit: 'S/cm',
      }));
      const answer = await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', series }],
      });
      expect(answer.disposition).toBe('flagged');
      const attempt = await engine.store.read.attempt(run.attemptId);
      expect(attempt?.note).toMatch(/Arrhenius: 300 °C lies outside the temperatures by \d+ %/);
    });

    it.each([
      [
        'a line that does not explain its points',
        [1e-5, 1e-3, 2e-5, 1e-4],
        /Arrhenius: r² is 0\.\d+, below 0\.98/,
      ],
      ['a line through two temperatures', [1e-5, 1e-4], /Arrhenius: 2 temperatures always lie on a line/],
    ])('%s waits for a person', async (_, values, says) => {
      await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const series = values.map((value, i) => ({ temperatureC: 200 + 50 * i, value, unit: 'S/cm' }));
      const answer = await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', series }],
      });
      expect(answer.disposition).toBe('flagged');
      expect((await engine.store.read.attempt(run.attemptId))?.note).toMatch(says);
    });

    it.each([
      [
        'a temperature that was not asked for',
        { value: 1e-4, unit: 'S/cm', temperatureC: 25 },
        /25 °C.*300 °C/,
      ],
      [
        'a circuit that does not fit the spectrum',
        { impedance: { resistanceOhm: 1000, thicknessCm: 0.1, areaCm2: 0.5, residual: 0.3 } },
        /30.*% away/,
      ],
    ])('%s flags the value', async (_, measurement, says) => {
      await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const { disposition } = await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', ...measurement }],
      });
      expect(disposition).toBe('flagged');
      expect((await engine.store.read.attempt(run.attemptId))?.note).toMatch(says);
    });

    it('a result for another spec than was leased is refused', async () => {
      await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const other = { ...loop.measured(run), specHash: '0'.repeat(64) };
      await expect(submit(engine, robot, other)).rejects.toEqual(refusal('SPEC_CHANGED'));
      const own = { ...loop.measured(run), specHash: run.specHash };
      expect((await submit(engine, robot, own)).disposition).toBe('accepted');
    });

    it('units are converted, and what came in is kept', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', value: 0.3, unit: 'mS/cm', uncertainty: 0.03 }],
      });
      const [measurement] = await engine.store.read.measurements(id);
      expect(measurement?.value).toBeCloseTo(3e-4, 12);
      expect(measurement?.uncertainty).toBeCloseTo(3e-5, 12);
      expect(measurement?.raw).toMatchObject({ value: 0.3, unit: 'mS/cm' });
    });

    it.each([
      ['a unit that does not convert', { value: 1, unit: 'eV' }, /eV/],
      ['a negative conductivity', { value: -1e-4, unit: 'S/cm' }, /-0\.0001|positive/],
      ['NaN', { value: Number.NaN, unit: 'S/cm' }, /NaN|finite/],
      ['a conductivity beyond anything known', { value: 1e9, unit: 'S/cm' }, /range|between|plausible/],
      ['a value without a unit', { value: 1e-4 }, /unit/],
      ['an unknown property', { property: 'colour', value: 1, unit: '' }, /colour/],
      ['neither value nor impedance', {}, /neither/],
      ['a temperature below 0 K', { value: 1e-4, unit: 'S/cm', temperatureC: -274 }, /0 K/],
      ['a series of one temperature', { series: [{ temperatureC: 25, value: 1e-4, unit: 'S/cm' }] }, /two/],
      [
        'a series with a value beside it',
        { value: 1, series: [{ temperatureC: 25, value: 1e-4, unit: 'S/cm' }] },
        /both a series/,
      ],
      [
        'frequencies that fall',
        {
          impedance: {
            resistanceOhm: 1,
            thicknessCm: 1,
            areaCm2: 1,
            frequencyHz: { min: 1e6, max: 1 },
          },
        },
        /rise/,
      ],
    ])('refuses %s by name, and the attempt goes on', async (_, measurement, says) => {
      await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const request = {
        ...loop.measured(run),
        measurements: [{ property: 'ionic_conductivity', ...measurement }],
      };
      await expect(submit(engine, robot, request)).rejects.toEqual(refusal('INVALID_INPUT', says));
      expect(await attemptState(run.attemptId)).toBe('started');
      expect((await submit(engine, robot, loop.measured(run))).disposition).toBe('accepted');
    });

    it('a doubtful result waits for a person, and can be put aside', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const run = await loop.startOne(robot);
      const answer = await submit(engine, robot, {
        ...loop.measured(run),
        measurements: [
          { property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm', suspect: 'contact was poor' },
        ],
      });
      expect(answer.disposition).toBe('flagged');
      expect((await loop.now(id)).dataRevision).toBe(0);
      await decideResult(engine, loop.person, run.attemptId, 'discard', 'measure it again');
      expect(await state(run.experimentId)).toBe('queued');
      expect(await engine.store.read.measurements(id)).toMatchObject([{ status: 'excluded' }]);
    });

    const doubtful = (run: Assignment): SubmitRequest => ({
      ...loop.measured(run),
      measurements: [{ property: 'ionic_conductivity', value: 1e-4, unit: 'S/cm', suspect: 'poor contact' }],
    });

    it('a late result that is put aside does not have made again what waits as doubtful', async () => {
      const { id } = await loop.campaign({ lab: hasty });
      const slow = await loop.station('slow');
      const lost = await loop.claimOne(slow);
      await pause(90);
      await loop.look(id);
      expect((await submit(engine, slow, loop.measured(lost))).disposition).toBe('late');
      const quick = await loop.station('quick');
      const second = await loop.startOne(quick);
      expect(second.experimentId).toBe(lost.experimentId);
      expect((await submit(engine, quick, doubtful(second))).disposition).toBe('flagged');
      await decideResult(engine, loop.person, lost.attemptId, 'discard', 'it is another sample');
      expect(await state(lost.experimentId)).toBe('measured');
      await decideResult(engine, loop.person, second.attemptId, 'accept', 'the contact was good');
      expect(await state(lost.experimentId)).toBe('accepted');
    });

    it('of two doubtful results the second still counts once the first is put aside', async () => {
      await loop.campaign();
      const robot = await loop.station();
      const { first, second } = await measuredTwice(robot);
      await decideResult(engine, loop.person, first.attemptId, 'discard', 'the first pellet broke');
      expect(await state(first.experimentId)).toBe('measured');
      await decideResult(engine, loop.person, second.attemptId, 'discard', 'and the second too');
      expect(await state(first.experimentId)).toBe('queued');
    });

    it('a doubtful result that is accepted after all spares what was queued again its run', async () => {
      await loop.campaign();
      const robot = await loop.station();
      const first = await loop.startOne(robot);
      await submit(engine, robot, doubtful(first));
      await takenUpAgain(first.experimentId);
      expect(await state(first.experimentId)).toBe('queued');
      await decideResult(engine, loop.person, first.attemptId, 'accept', 'the contact was good');
      expect(await state(first.experimentId)).toBe('accepted');
    });

    async function takenUpAgain(experimentId: string): Promise<void> {
      await cancelExperiment(engine, loop.person, experimentId, 'no use');
      await restoreExperiment(engine, loop.person, experimentId, 'of use after all');
      await approveExperiments(engine, loop.person, [experimentId]);
    }

    async function measuredTwice(
      robot: StationVoice,
    ): Promise<{ readonly first: Assignment; readonly second: Assignment }> {
      const first = await loop.startOne(robot);
      await submit(engine, robot, doubtful(first));
      await takenUpAgain(first.experimentId);
      const second = await loop.startOne(robot);
      expect(second.experimentId).toBe(first.experimentId);
      await submit(engine, robot, doubtful(second));
      return { first, second };
    }

    it('an accepted measurement can be excluded and restored, by name and with a reason', async () => {
      const { id } = await loop.campaign();
      const robot = await loop.station();
      const { measurementIds } = await loop.runOne(robot);
      const [measurementId] = measurementIds;
      await decideMeasurement(engine, loop.person, measurementId ?? '', 'excluded', 'wrong pellet');
      expect(await engine.store.read.measurements(id)).toMatchObject([
        { status: 'excluded', note: 'wrong pellet' },
      ]);
      await decideMeasurement(engine, loop.person, measurementId ?? '', 'accepted', 'it was the right one');
      expect((await loop.now(id)).dataRevision).toBe(3);
    });
  });
}
