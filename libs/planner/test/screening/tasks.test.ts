import { describe, expect, it } from '@jest/globals';
import { addTally, emptyTally, type ScreenTally } from '@ionloop/domain';
import {
  chunkCount,
  chunkRange,
  finishScreen,
  OpenScreen,
  parseFunnel,
  prepareScreen,
  type ScreenPlan,
  type ScreenRequest,
  type ScreenSettings,
  screeningTasks,
} from '../../src/index.js';
import { requestFor } from './support.js';

const added = (plan: ScreenPlan, of: (chunk: number) => ScreenTally): ScreenTally =>
  Array.from({ length: chunkCount(plan) }, (_, chunk) => chunk).reduce(
    (tally, chunk) => addTally(tally, of(chunk), plan.settings.top),
    emptyTally,
  );

describe('a screen as a thread is asked for it', () => {
  it('is prepared, gone through and finished as it is by itself', () => {
    const request = requestFor({ top: 5 });
    const plan = screeningTasks.prepareScreen(request);
    expect(plan).toEqual(prepareScreen(request));
    const byThreads = added(plan, (chunk) => screeningTasks.screenChunk({ chunk }, plan).result);
    const screen = new OpenScreen(plan);
    const alone = added(plan, (chunk) => {
      const { from, to } = chunkRange(plan, chunk);
      return screen.chunk(from, to, () => 0).result;
    });
    expect(byThreads.best).toEqual(alone.best);
    expect(screeningTasks.finishScreen(byThreads, plan)).toEqual(finishScreen(plan, alone));
  });

  it('is divided without a gap, and the last piece ends where the range does', () => {
    const plan = { ...prepareScreen(requestFor({})), from: '10', to: '35', chunk: 10 };
    expect(chunkCount(plan)).toBe(3);
    expect([0, 1, 2].map((chunk) => chunkRange(plan, chunk))).toEqual([
      { from: 10n, to: 20n },
      { from: 20n, to: 30n },
      { from: 30n, to: 35n },
    ]);
  });

  it('ranks by what may be gained where it is asked to, apart from what failed', () => {
    const best = (over: Partial<ScreenRequest>, changed: Partial<ScreenSettings>) => {
      const plan = prepareScreen({ ...requestFor({ top: 5, ...changed }), ...over });
      return finishScreen(
        plan,
        added(plan, (chunk) => screeningTasks.screenChunk({ chunk }, plan).result),
      ).best;
    };
    const found = best({}, { acquisition: 'log-ei' });
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const failed = best({ failures: [found[0]!.point] }, { acquisition: 'log-ei' });
    const same = failed.find(({ index }) => index === found[0]!.index);
    expect(same?.score ?? -Infinity).toBeLessThan(found[0]!.score);
  });
});

describe('a screen that makes no sense is refused', () => {
  it.each<[string, Partial<ScreenSettings>, string, string]>([
    ['beta', { beta: -1 }, 'beta', 'beta is -1; it must be a finite number, not negative'],
    [
      'the share of the student',
      { student: { labels: 50, alpha: 0.5 } },
      'student.alpha',
      'alpha is 0.5; it must be at least 1 and alpha·top at most 100000',
    ],
    ['the top', { top: 100_001 }, 'top', 'top is 100001; it must be a whole number from 1 to 100000'],
  ])('by %s', (_, changed, field, message) => {
    expect(() => prepareScreen(requestFor(changed))).toThrow(expect.objectContaining({ field, message }));
  });

  it('of fewer than two results, of which those of other sources are none', () => {
    const request = requestFor({}, 3);
    const observations = request.observations.map((one, i) => (i === 0 ? one : { ...one, source: 1 }));
    expect(() => prepareScreen({ ...request, observations })).toThrow(
      'there are 1 results; a model needs two to compare',
    );
  });

  it('by models of the unit cube where substitutions are screened', () => {
    const space = { template: 'Li6{A}{B}2O12', sites: { A: ['Na', 'K'], B: ['Zr', 'Sn', 'Ti'] } };
    expect(() => prepareScreen({ ...requestFor({ space }, 5), model: 'sparse-gp' })).toThrow(
      'sparse-gp is for columns in the unit cube; screen substitutions by gp or forest',
    );
  });

  it.each<[string, unknown, string, string | RegExp]>([
    ['no filter', ['range'], 'funnel[0]', 'funnel[0] must be an object, not "range"'],
    ['nothing', [null], 'funnel[0]', /must be an object/],
    [
      'too many',
      Array.from({ length: 51 }, () => ({})),
      'funnel',
      'the funnel has 51 filters; at most 50 can be handled',
    ],
    [
      'a name that is none',
      [{ kind: 'range', name: ' ', column: 'LiF', min: 0 }],
      'funnel[0].name',
      /must be a text of 1 to 200 characters/,
    ],
    [
      'a limit that is none',
      [{ kind: 'ratio', name: 'r', of: 'LiF', to: 'LiCl', max: 'two' }],
      'funnel[0].max',
      'funnel[0].max must be a finite number, not "two"',
    ],
    [
      'a column of a sum that is none',
      [{ kind: 'sum', name: 's', columns: ['LiF', 7], max: 1 }],
      'funnel[0].columns[1]',
      /must be a text/,
    ],
  ])('by a funnel with %s', (_, funnel, field, message) => {
    let refused: unknown;
    try {
      parseFunnel(funnel);
    } catch (error) {
      refused = error;
    }
    const says = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field, message: says });
  });
});
