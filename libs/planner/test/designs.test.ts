import { describe, expect, it } from '@jest/globals';
import { designNames, type SpaceSpec } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openSpace } from '@ionloop/space';
import { plan } from '../src/index.js';
import { request, sintering } from './support.js';

const limited: SpaceSpec = {
  parameters: [
    {
      ...{ kind: 'mixture', name: 'm', step: 0.02, mostComponents: 3, minimumDose: 0.06 },
      components: ['A', 'B', 'C', 'D'].map((name) => ({ name })),
    },
    { kind: 'continuous', name: 'x', min: 0, max: 10 },
  ],
  constraints: [
    { kind: 'ratio', of: 'm.A', to: 'm.B', min: 0.5, max: 3 },
    { kind: 'expression', expression: 'x * m.A <= 3' },
  ],
};

describe('the designs of a strategy', () => {
  it.each(designNames)('%s places valid points and says so', (design) => {
    const space = openSpace(limited);
    const { proposals } = plan(
      request({ space: limited, strategy: { name: 'auto', initial: 6, design }, count: 6 }),
    );
    expect(new Set(proposals.map(({ point }) => space.key(point))).size).toBe(6);
    for (const { point, reason } of proposals) {
      expect(space.check(point)).toEqual(point);
      expect(reason).toMatch(/^Initial design, \d of 6: .*, before a model knows better\.$/);
    }
    expect(space.initialDesign(6, Philox.fromSeed('other'), [], design)).toHaveLength(6);
  });

  it('refuse a simplex lattice where nothing is mixed', () => {
    expect(() =>
      plan(
        request({
          space: sintering,
          strategy: { name: 'auto', initial: 6, design: 'simplex-lattice' },
          count: 1,
        }),
      ),
    ).toThrow(expect.objectContaining({ field: 'strategy.design' }));
  });
});
