import { describe, expect, it } from '@jest/globals';
import { addTally, type ChunkResult, emptyTally, type ScreenTally } from '@ionloop/domain';
import { topK } from '@ionloop/linalg';
import { openStream } from '@ionloop/space';
import fc from 'fast-check';
import {
  type Filter,
  finishScreen,
  OpenScreen,
  parseFunnel,
  prepareScreen,
  type ScreenPlan,
} from '../../src/index.js';
import { Teacher } from '../../src/screening/teacher.js';
import { quaternary, requestFor } from './support.js';

const still = (): number => 0;
const filters: readonly Filter[] = [
  { kind: 'range', name: 'enough chloride', column: 'LiCl', min: 0.1 },
  { kind: 'sum', name: 'not too heavy', columns: ['LiBr', 'LiI'], max: 0.5 },
  { kind: 'ratio', name: 'fluoride to chloride', of: 'LiF', to: 'LiCl', max: 2 },
];

/** The whole range cut at these places, the pieces in the order given. */
function screened(
  plan: ScreenPlan,
  cuts: readonly number[],
  order: readonly number[],
  kept = 50,
): ScreenTally {
  const screen = new OpenScreen(plan);
  const places = [...new Set([Number(plan.from), ...cuts, Number(plan.to)])].sort((a, b) => a - b);
  const chunks: ChunkResult[] = places
    .slice(1)
    .map((to, i) => screen.chunk(BigInt(places[i]!), BigInt(to), still).result);
  const mixed = chunks
    .map((chunk, i) => ({ chunk, at: order[i] ?? i }))
    .sort((a, b) => a.at - b.at)
    .map(({ chunk }) => chunk);
  return mixed.reduce((tally, chunk) => addTally(tally, chunk, kept), emptyTally);
}

describe('a screen', () => {
  const plan = prepareScreen(requestFor({ filters }));
  const whole = screened(plan, [], []);
  const stream = openStream(quaternary);

  it('finds what scoring the whole list finds', () => {
    const points = Array.from({ length: Number(stream.size) }, (_, i) => stream.pointAt(BigInt(i)));
    const passing = points.flatMap((point, i) => {
      const salt = point['salt'] as Record<string, number>;
      const near = 1e-12;
      const passes =
        salt['LiCl']! >= 0.1 - near &&
        salt['LiBr']! + salt['LiI']! <= 0.5 + near &&
        salt['LiF']! / salt['LiCl']! <= 2 + near;
      return passes ? [i] : [];
    });
    const teacher = new Teacher(plan, stream);
    const scores = teacher.score(stream.encode(passing.map((i) => points[i]!)));
    const best = topK(scores, 50);
    expect(whole.best.map(({ index }) => Number(index))).toEqual([...best.indices].map((i) => passing[i]));
    expect(whole.best.map(({ score }) => score)).toEqual([...best.scores]);
    expect(whole.stages.at(-1)).toEqual({ name: 'model', came: passing.length, passed: passing.length });
  });

  it('has counts that add up along the funnel', () => {
    expect(whole.stages.map(({ name }) => name)).toEqual([
      'enough chloride',
      'not too heavy',
      'fluoride to chloride',
      'model',
    ]);
    expect(whole.stages[0]?.came).toBe(Number(stream.size));
    for (const [i, { came, passed }] of whole.stages.entries()) {
      expect(passed).toBeLessThanOrEqual(came);
      if (i > 0) expect(came).toBe(whole.stages[i - 1]?.passed);
    }
    expect(whole.stages[2]!.passed).toBeLessThan(whole.stages[0]!.passed);
  });

  it('has the same result for any division, in any order', () => {
    const size = Number(stream.size);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: size }), { maxLength: 6 }),
        fc.array(fc.integer(), { maxLength: 7 }),
        (cuts, order) => {
          expect(screened(plan, cuts, order)).toEqual(whole);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('says of the best what the model believes there, in the direction of the property', () => {
    const request = requestFor({ filters, acquisition: 'mean' });
    const flipped = prepareScreen({
      ...request,
      goal: 'minimise',
      observations: request.observations.map(({ point, values }) => ({
        point,
        values: [-(values[0] ?? NaN)],
      })),
    });
    const { best, stages } = finishScreen(flipped, screened(flipped, [], []));
    expect(stages.at(-1)?.passed).toBe(50);
    expect(best).toHaveLength(50);
    expect(best[0]?.mean).toBe(-best[0]!.score);
    expect(best[0]?.point).toEqual(stream.pointAt(BigInt(best[0]!.index)));
    expect(best[0]!.sd).toBeGreaterThan(0);
  });

  it('keeps away from where others have failed', () => {
    const request = requestFor({});
    const free = finishScreen(prepareScreen(request), screened(prepareScreen(request), [], []));
    const failed = prepareScreen({ ...request, failures: [free.best[0]!.point] });
    const warned = finishScreen(failed, screened(failed, [9000], [1, 0]));
    expect(warned.best[0]?.index).not.toBe(free.best[0]?.index);
  });

  it('looks at a range alone', () => {
    const part = prepareScreen(requestFor({ range: { from: '1000', to: '1500' } }));
    const found = screened(part, [1200], [1, 0]);
    expect(found.stages).toEqual([{ name: 'model', came: 500, passed: 500 }]);
    expect(found.best.every(({ index }) => Number(index) >= 1000 && Number(index) < 1500)).toBe(true);
  });
});

describe('a teacher and its student', () => {
  const request = requestFor({ student: { labels: 400, alpha: 5 } });
  const plan = prepareScreen(request);

  it('agree, as measured on labels that the student has not seen', () => {
    const report = plan.student!.report;
    expect(report).toMatchObject({ labels: 400, heldOut: 120, among: 6 });
    expect(report.rankAgreement).toBeGreaterThan(0.97);
    expect(report.recall).toBeGreaterThan(0.9);
  });

  it('let the teacher choose among what the student kept', () => {
    const tally = screened(plan, [5000], [], 250);
    expect(tally.best).toHaveLength(250);
    const { best, stages } = finishScreen(plan, tally);
    expect(stages.map(({ name, passed }) => [name, passed])).toEqual([
      ['student', 250],
      ['teacher', 50],
    ]);
    const alone = prepareScreen(requestFor({}));
    const exact = new Set(screened(alone, [], []).best.map(({ index }) => index));
    const found = best.filter(({ index }) => exact.has(index)).length;
    expect(found).toBeGreaterThan(40);
  });

  it('work on substitutions, the student with fewer columns', () => {
    const elements = [
      'Na',
      'K',
      'Mg',
      'Ca',
      'Sr',
      'Al',
      'Ga',
      'La',
      'Y',
      'Zr',
      'Hf',
      'Sn',
      'Ti',
      'Ge',
      'Si',
      'P',
    ];
    const space = { template: 'Li6{A}{B}2{C}O12', sites: { A: elements, B: elements, C: elements } };
    const neutral = { kind: 'range', name: 'neutral', column: 'charge', min: -3, max: 3 } as const;
    const student = { labels: 100, alpha: 4, properties: ['electronegativity', 'shannonRadius'] };
    const own = requestFor({ space, filters: [neutral], student, top: 10, acquisition: 'mean' }, 12);
    const taught = prepareScreen(own);
    const { best, stages } = finishScreen(taught, screened(taught, [1000], [], 40));
    expect(stages[0]?.came).toBe(16 ** 3);
    expect(stages[0]!.passed).toBeLessThan(16 ** 3);
    expect(best).toHaveLength(10);
    const whole = openStream(space);
    const charge = whole.names.indexOf('charge');
    for (const { point } of best)
      expect(Math.abs(whole.encode([point]).data[charge]!)).toBeLessThanOrEqual(3);
  }, 30_000);
});

describe('what a screen refuses', () => {
  it.each([
    [
      'a column that is not there',
      { filters: [{ kind: 'range', name: 'x', column: 'NaF', min: 0 }] },
      'funnel[0].column',
    ],
    ['limits the wrong way round', { filters: [{ ...filters[0]!, max: 0.05 }] }, 'funnel[0].max'],
    ['an empty range', { range: { from: '5', to: '5' } }, 'range'],
    ['a range beyond the end', { range: { from: '0', to: '99999999' } }, 'range'],
    ['no number', { range: { from: 'a', to: '5' } }, 'range.from'],
    ['none wanted', { top: 0 }, 'top'],
    ['too few labels', { student: { labels: 3, alpha: 2 } }, 'student.labels'],
    [
      'properties of a mixture',
      { student: { labels: 50, alpha: 2, properties: ['period'] } },
      'student.properties',
    ],
  ] as const)('%s', (_, changed, field) => {
    expect(() => prepareScreen(requestFor(changed))).toThrow(expect.objectContaining({ field }));
  });

  it('a funnel of another shape', () => {
    expect(parseFunnel(JSON.parse(JSON.stringify(filters)))).toEqual(filters);
    for (const [funnel, field] of [
      [{}, 'funnel'],
      [[{ kind: 'colour' }], 'funnel[0].kind'],
      [[{ kind: 'range', name: 'a', column: 'LiF' }], 'funnel[0]'],
      [[{ kind: 'range', name: 'a', column: 'LiF', mim: 1 }], 'funnel[0].mim'],
      [[{ kind: 'sum', name: 'a', columns: [], min: 1 }], 'funnel[0].columns'],
    ] as const) {
      expect(() => parseFunnel(funnel)).toThrow(expect.objectContaining({ field }));
    }
  });
});
