import { describe, expect, it } from '@jest/globals';
import type { AnalysisInput, FrontRequest, MeasuredOutcomes } from '@ionloop/domain';
import fc from 'fast-check';
import { analysisTasks, type Front } from '../src/index.js';
import { plain, request, smallPool } from './support.js';

type Outcome = Pick<MeasuredOutcomes, 'merits' | 'keepsLimits'>;

const frontOf = (properties: number, outcomes: readonly Outcome[]): Front => {
  const asked: FrontRequest = {
    kind: 'front',
    objectives: Array.from({ length: properties }, (_, k) => ({ property: `p${k}`, goal: 'maximise' })),
  };
  const input: AnalysisInput = {
    plan: request({ space: smallPool, objective: plain }),
    model: null,
    numbers: [],
    measured: outcomes.map((one, i) => ({ ...one, number: i + 1, point: {}, values: one.merits })),
    budget: 10,
  };
  return analysisTasks.analyse({ request: asked, input }) as unknown as Front;
};

const outcome = (properties: number): fc.Arbitrary<Outcome> =>
  fc.record({
    merits: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: properties, maxLength: properties }),
    keepsLimits: fc.constantFrom(true, true, true, false, null),
  });
const some = fc
  .integer({ min: 2, max: 4 })
  .chain((properties) =>
    fc.tuple(fc.constant(properties), fc.array(outcome(properties), { minLength: 1, maxLength: 14 })),
  );
const seeded = { seed: 16, numRuns: 150 } as const;

const beats = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((merit, k) => merit >= (b[k] ?? 0)) && a.some((merit, k) => merit > (b[k] ?? 0));

/** The share of a grid's cells, with edges at all values, that lie below one of the outcomes. */
function volumeByCells(
  outcomes: readonly (readonly number[])[],
  box: readonly (readonly number[])[],
): number {
  const axes = box.map((values) => [...new Set(values)].sort((a, b) => a - b));
  const cellsFrom = (k: number, below: readonly (readonly number[])[]): number => {
    const axis = axes[k];
    if (axis === undefined) return below.length > 0 ? 1 : 0;
    const [low = 0, high = 0] = [axis[0], axis.at(-1)];
    // What does not vary counts as reached.
    if (high === low) return cellsFrom(k + 1, below);
    return axis.slice(1).reduce((sum, top, i) => {
      const width = (top - (axis[i] ?? 0)) / (high - low);
      return (
        sum +
        width *
          cellsFrom(
            k + 1,
            below.filter((merits) => (merits[k] ?? 0) >= top),
          )
      );
    }, 0);
  };
  return cellsFrom(0, outcomes);
}

describe('the front of measured properties', () => {
  it('holds what keeps all limits and no other such beats, however many are equal', () => {
    fc.assert(
      fc.property(some, ([properties, outcomes]) => {
        const kept = outcomes.filter(({ keepsLimits }) => keepsLimits === true);
        const { points } = frontOf(properties, outcomes);
        points.forEach(({ onFront, keepsLimits }, i) => {
          const own = outcomes[i]!;
          const isBeaten = kept.some(({ merits }) => beats(merits, own.merits));
          expect(keepsLimits).toBe(own.keepsLimits);
          expect(onFront).toBe(own.keepsLimits === true && !isBeaten);
        });
      }),
      seeded,
    );
  });

  it('grows by the volume that is beaten, in the box of what keeps all limits', () => {
    fc.assert(
      fc.property(some, ([properties, outcomes]) => {
        const kept = outcomes.filter(({ keepsLimits }) => keepsLimits === true);
        const box = Array.from({ length: properties }, (_, k) => kept.map(({ merits }) => merits[k] ?? 0));
        const { growth } = frontOf(properties, outcomes);
        expect(growth.map(({ number }) => number)).toEqual(outcomes.map((_, i) => i + 1));
        growth.forEach(({ volume }, i) => {
          const sofar = outcomes.slice(0, i + 1).filter(({ keepsLimits }) => keepsLimits === true);
          const expected =
            kept.length === 0
              ? 0
              : volumeByCells(
                  sofar.map(({ merits }) => merits),
                  box,
                );
          expect(volume).toBeCloseTo(expected, 10);
        });
      }),
      seeded,
    );
  });

  it('is empty where nothing keeps the limits, and refused where nothing was measured', () => {
    const { points, growth } = frontOf(2, [{ merits: [1, 2], keepsLimits: false }]);
    expect(points).toEqual([{ number: 1, point: {}, values: [1, 2], keepsLimits: false, onFront: false }]);
    expect(growth).toEqual([{ number: 1, volume: 0 }]);
    expect(() => frontOf(2, [])).toThrow('no experiment has an accepted result of each of p0, p1');
  });
});
