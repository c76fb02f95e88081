import { describe, expect, it } from '@jest/globals';
import type { KnowledgeRow, OutcomeLimit, PlanObjective } from '@ionloop/domain';
import { observedElsewhere } from '../src/index.js';

const conductivity: PlanObjective = {
  ...{ property: 'ionic_conductivity', goal: 'maximise', transform: 'log10', unit: 'S/cm' },
};
const density: PlanObjective = { property: 'density', goal: 'maximise', transform: 'none', unit: '%' };
const leak: OutcomeLimit = {
  ...{ property: 'leak', transform: 'log10', unit: 'S/cm', low: null, high: 1e-8 },
};
const space = { parameters: [{ kind: 'continuous', name: 't', min: 0, max: 10 }] } as const;
const seen = (
  rows: readonly KnowledgeRow[],
  { objectives = [conductivity] as [PlanObjective, ...PlanObjective[]], limits = [] as OutcomeLimit[] } = {},
) => observedElsewhere({ space, objectives, limits }, [{ number: 3, rows }]);
const at = (t: number, ...values: KnowledgeRow['values']): KnowledgeRow => ({ point: { t }, values });
const sigma = (value: number, sd?: number) => ({
  ...{ property: 'ionic_conductivity', value },
  ...(sd !== undefined && { sd }),
});

const about = (value: number): unknown => expect.closeTo(value, 12);

describe('results from elsewhere, as the planner sees them', () => {
  it('are on the models’ scale, and name their source', () => {
    expect(seen([at(1, sigma(1e-4)), at(2, sigma(1e-3))])).toEqual([
      { point: { t: 1 }, values: [about(-4)], source: 3 },
      { point: { t: 2 }, values: [about(-3)], source: 3 },
    ]);
    expect(observedElsewhere({ space, objectives: [conductivity] }, [])).toEqual([]);
  });

  it('say how unsure they are: one by what was told of it, several by how they differ', () => {
    const [single] = seen([at(1, sigma(1e-4, 1e-5))]);
    expect(single!.variances![0]).toBeCloseTo((0.1 / Math.LN10) ** 2, 12);
    const [plain] = seen([at(1, { property: 'density', value: 90, sd: 3 })], { objectives: [density] });
    expect(plain!.variances).toEqual([9]);
    // Two results a decade apart: the variance of their mean is a quarter, whatever was told of each.
    const [both] = seen([at(1, sigma(1e-4, 1e-9), sigma(1e-3, 1e-9))]);
    expect(both!.values[0]).toBeCloseTo(-3.5, 12);
    expect(both!.variances![0]).toBeCloseTo(0.25, 12);
    expect(seen([at(1, sigma(1e-4))])[0]).not.toHaveProperty('variances');
  });

  it('are left out where models would not see them as they are, or there is no logarithm', () => {
    expect(seen([at(11, sigma(1e-4)), at(2, sigma(0)), at(3, sigma(-1)), at(4)])).toEqual([]);
    const zero = { property: 'density', value: 0 };
    expect(seen([at(4, zero)], { objectives: [density] })[0]!.values).toEqual([0]);
    // A value without a logarithm leaves the others of its point.
    expect(seen([at(5, sigma(0), sigma(1e-2))])[0]!.values).toEqual([about(-2)]);
  });

  it('have null for what was not measured, and are kept for a limit alone', () => {
    const several = { objectives: [conductivity, density] as [PlanObjective, PlanObjective], limits: [leak] };
    const leaking = { property: 'leak', value: 1e-9 };
    expect(
      seen([at(1, sigma(1e-4)), at(2, leaking), at(3, { property: 'colour', value: 1 })], several),
    ).toEqual([
      { point: { t: 1 }, values: [about(-4), null], limited: [null], source: 3 },
      { point: { t: 2 }, values: [null, null], limited: [about(-9)], source: 3 },
    ]);
    const [told] = seen([at(1, sigma(1e-4, 1e-5), { property: 'density', value: 90 })], several);
    expect(told!.variances).toEqual([expect.closeTo((0.1 / Math.LN10) ** 2, 12), null]);
    // A limit that says neither end is none.
    const open = { ...leak, high: null };
    expect(seen([at(2, leaking)], { objectives: [conductivity], limits: [open] })).toEqual([]);
  });
});
