import { describe, expect, it } from '@jest/globals';
import type { Observation } from '@ionloop/domain';
import { plan } from '../src/index.js';
import { pool, request } from './support.js';

const members = [
  'log expected improvement',
  'upper confidence bound',
  'Thompson sampling',
  'log probability of improvement',
];
/** Eight results of each member, in turn; those of the first each became the best so far. */
const paid = Array.from({ length: 32 }, (_, i): Observation => {
  const member = i % 4;
  return {
    point: { material: `M${i}` },
    values: [member === 0 ? 1 + i / 100 : (i % 5) / 100],
    proposedBy: members[member]!,
  };
});
const askedBy = (observations: readonly Observation[], goal: 'maximise' | 'minimise' = 'maximise') => {
  const { proposals } = plan(
    request({
      ...{ space: pool, observations, count: 40 },
      objective: { property: 'value', goal, transform: 'none', unit: '1' },
      strategy: { name: 'portfolio', initial: 5 },
    }),
  );
  return members.map((name) => proposals.filter(({ acquisition }) => acquisition?.name === name).length);
};

describe('a portfolio of acquisitions', () => {
  it('asks by one that has paid as often as its share says', () => {
    // w = (1 + improvements)/√(1 + uses): 9/3 of the first, ⅓ of each other: ¾ of 95 %, and a fourth of the rest.
    const [first, ...others] = askedBy(paid);
    expect(first! + others.reduce((sum, count) => sum + count, 0)).toBe(40);
    const expected = 40 * (0.95 * 0.75 + 0.05 / 4);
    const deviation = Math.sqrt(expected * (1 - expected / 40));
    expect(Math.abs(first! - expected)).toBeLessThan(3 * deviation);
  });

  it('asks by all alike while nobody has proposed anything', () => {
    for (const count of askedBy(paid.map(({ point, values }) => ({ point, values })))) {
      expect(Math.abs(count - 10)).toBeLessThan(3 * Math.sqrt(7.5));
    }
  });

  it('counts what became the smallest where less is better', () => {
    const lower = paid.map((one) => ({ ...one, values: [-one.values[0]!] }));
    expect(askedBy(lower, 'minimise')[0]).toBe(askedBy(paid)[0]);
  });

  it('counts no result of another campaign', () => {
    const foreign = paid.map((one) => ({ ...one, source: 1 }));
    const own = paid.slice(0, 6).map(({ point, values }) => ({ point, values }));
    const [first] = askedBy([...own, ...foreign]);
    expect(first).toBeLessThan(25);
  });
});
