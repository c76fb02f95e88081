import { describe, expect, it } from '@jest/globals';
import { campaignTemplates, usualLab } from '../src/index.js';
import { parseCampaignSpec } from '../src/campaigns/spec.js';
import { ternary } from '../src/testing/index.js';

const defaults = {
  seed: 's',
  lab: usualLab,
};
const parse = (change: object): unknown => parseCampaignSpec({ ...ternary, ...change }, defaults);
const mixture = (change: object): object => ({
  space: {
    parameters: [{ kind: 'mixture', name: 'm', components: [{ name: 'A' }, { name: 'B' }], ...change }],
  },
});
const continuous = (change: object): object => ({
  space: { parameters: [{ kind: 'continuous', name: 'T', min: 1, max: 2, ...change }] },
});
const objective = (change: object): object => ({
  objective: { ...(ternary['objective'] as object), ...change },
});

describe('a campaign from untrusted JSON', () => {
  it('is taken in from every template', () => {
    for (const { input } of campaignTemplates) expect(() => parseCampaignSpec(input, defaults)).not.toThrow();
  });

  it.each<[string, object, string, RegExp]>([
    ['bounds that cross', continuous({ min: 900, max: 800 }), 'space.parameters[0]', /900|800/],
    ['NaN as a bound', continuous({ min: Number.NaN }), 'space.parameters[0].min', /NaN|finite|number/],
    ['a logarithmic scale from zero', continuous({ min: 0, scale: 'log' }), 'space.parameters[0].min', /log/],
    [
      'a simplex that cannot sum to one from above',
      mixture({
        components: [
          { name: 'A', max: 0.3 },
          { name: 'B', max: 0.4 },
        ],
      }),
      'space.parameters[0]',
      /0\.7/,
    ],
    [
      'a simplex that cannot sum to one from below',
      mixture({
        components: [
          { name: 'A', min: 0.8 },
          { name: 'B', min: 0.4 },
        ],
      }),
      'space.parameters[0]',
      /1\.2/,
    ],
    ['an unknown property', objective({ property: 'colour' }), 'objective.property', /colour/],
    ['a unit that does not fit', objective({ unit: 'eV' }), 'objective.unit', /eV/],
    ['an unknown strategy', { strategy: 'magic' }, 'strategy', /magic/],
    ['no name', { name: '  ' }, 'name', /empty/],
    ['a budget of none', { budget: 0 }, 'budget', /between 1/],
    ['half an experiment', { budget: 2.5 }, 'budget', /whole/],
    ['more initial points than budget', { initial: 9 }, 'initial', /between 1 and 8/],
    ['a word that it does not know', { speed: 9 }, 'input.speed', /speed/],
    [
      'leases that end before a heartbeat',
      { lab: { heartbeatSeconds: 10, leaseSeconds: 5 } },
      'lab.leaseSeconds',
      /heartbeat/,
    ],
  ])('refuses %s and names the field', (_, change, field, says) => {
    let refused: unknown;
    try {
      parse(change);
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(says) as unknown });
    expect((refused as { field?: string }).field).toContain(field);
  });
});
