import { describe, expect, it } from '@jest/globals';
import type { PlanRequest, Point, SpaceSpec, WhatIfRequest } from '@ionloop/domain';
import { plan, type WhatIf } from '../../src/index.js';
import { coarseTernary, measured, twoPeaks } from '../support.js';
import { answer, downhill, inputOf, onSquare, scattered, slope, square } from './support.js';

const ask = (asked: Partial<WhatIfRequest>, campaign: PlanRequest = onSquare()): WhatIf =>
  answer(
    { kind: 'whatIf', count: 2, strategy: {}, bounds: [], seed: 'what-if', ...asked },
    inputOf(campaign),
  );
/** What the planner itself says to such a question. */
const planned = (asked: PlanRequest): Pick<WhatIf, 'proposals' | 'model'> => {
  const { proposals, model } = plan({ ...asked, count: 2, seed: 'what-if' });
  return { proposals, model: model?.kind ?? null };
};
const narrow = (max: number): SpaceSpec => ({
  parameters: square.parameters.map((parameter) => ({
    ...parameter,
    ...(parameter.name === 'a' && { max }),
  })),
});
const recipe = (Li3PO4: number, Li3BO3: number): Point => ({
  composition: { Li3PO4, Li3BO3, Li2SO4: 1 - Li3PO4 - Li3BO3 },
});

describe('what if', () => {
  it('nothing is changed: the batch that the planner proposes, and the same again', () => {
    const told = ask({});
    expect(told).toEqual({ ...planned(onSquare()), leftOut: [] });
    expect(ask({})).toEqual(told);
    expect(ask({ seed: 'another' }).proposals).toHaveLength(2);
  });

  it('bounds are narrower: a campaign that never saw what lies outside proposes the same', () => {
    const told = ask({ bounds: [{ name: 'a', min: null, max: 0.6 }] });
    const inside = scattered.filter(({ a }) => (a as number) <= 0.6);
    const outside = scattered.flatMap(({ a }, i) => ((a as number) > 0.6 ? [101 + i] : []));
    expect(inside.length).toBeGreaterThan(3);
    expect(outside.length).toBeGreaterThan(3);
    const alone = { ...onSquare(), space: narrow(0.6), observations: measured(inside, slope) };
    expect(told).toEqual({ ...planned(alone), leftOut: outside });
    for (const { point } of told.proposals) expect(point['a']).toBeLessThanOrEqual(0.6);
  });

  it('another space is asked for, and its bounds are changed as well', () => {
    const told = ask({ space: narrow(0.9), bounds: [{ name: 'a', min: 0.2, max: null }] });
    const inside = scattered.filter(({ a }) => (a as number) >= 0.2 && (a as number) <= 0.9);
    expect(told.leftOut).toHaveLength(scattered.length - inside.length);
    for (const { point } of told.proposals) {
      expect(point['a']).toBeGreaterThanOrEqual(0.2);
      expect(point['a']).toBeLessThanOrEqual(0.9);
    }
  });

  it('it goes the other way: as a campaign of that goal, whose direction is turned', () => {
    const [objective] = onSquare().objectives;
    const turned = planned({ ...onSquare(), objectives: [{ ...objective, goal: 'minimise' as const }] });
    const told = ask({ goal: 'minimise' });
    expect(told).toEqual({ ...turned, leftOut: [] });
    const believed = ({ proposals }: WhatIf): number => proposals[0]!.prediction!.mean;
    expect(believed(told)).toBeLessThan(believed(ask({})));
    expect(believed(ask({ goal: 'maximise' }, downhill()))).toBeGreaterThan(believed(ask({}, downhill())));
  });

  it('a window is given up: what is left of the goal is its property and direction', () => {
    const [{ property, transform, unit }] = onSquare().objectives;
    const window = { property, transform, unit, goal: 'window' as const, low: 0, high: 0.1 };
    const campaign = { ...onSquare(), objectives: [{ ...window, temperatureC: 25 }] as const };
    expect(ask({ goal: 'maximise' }, campaign)).toEqual({ ...planned(onSquare()), leftOut: [] });
  });

  it('the strategy is another: the rest of what was said of it stays', () => {
    const asked = onSquare({ strategy: { name: 'gp-log-ei', initial: 20, design: 'latin-hypercube' } });
    const ucb = { ...asked, strategy: { ...asked.strategy, name: 'gp-ucb' as const, initial: 3, beta: 1 } };
    expect(ask({ strategy: { name: 'gp-ucb', initial: 3, beta: 1 } }, asked)).toEqual({
      ...planned(ucb),
      leftOut: [],
    });
    expect(ask({}, asked)).toMatchObject({ model: null, leftOut: [] });
  });

  it('a component of a mixture has less room', () => {
    const tried = [recipe(1, 0), recipe(0, 1), recipe(0, 0), recipe(0.3, 0.3), recipe(0.2, 0.5)];
    const campaign = onSquare({ space: coarseTernary, observations: measured(tried, twoPeaks) });
    const told = ask({ bounds: [{ name: 'composition.Li3BO3', min: null, max: 0.4 }] }, campaign);
    expect(told.leftOut).toEqual([102, 105]);
    expect(told.proposals).toHaveLength(2);
    for (const { point } of told.proposals) {
      expect((point['composition'] as Record<string, number>)['Li3BO3']).toBeLessThanOrEqual(0.4);
    }
  });

  it('a result between two steps is learned from, as the campaign learns from it', () => {
    const tried = [recipe(1, 0), recipe(0, 1), recipe(0, 0), recipe(0.3, 0.3), recipe(0.25, 0.15)];
    const campaign = onSquare({
      space: coarseTernary,
      observations: measured(tried, twoPeaks),
      failures: [recipe(0.55, 0.35)],
      pending: [recipe(0.15, 0.05)],
    });
    expect(ask({}, campaign)).toEqual({ ...planned(campaign), leftOut: [] });
  });

  it('what failed and what is under way outside of the bounds no longer counts', () => {
    const campaign = onSquare({
      space: { parameters: [{ kind: 'integer', name: 'n', min: 0, max: 6 }] },
      observations: measured([{ n: 0 }, { n: 2 }, { n: 3 }], ({ n }) => n as number),
      failures: [{ n: 1 }, { n: 6 }],
      pending: [{ n: 4 }],
    });
    const { proposals } = ask({ count: 9, bounds: [{ name: 'n', min: null, max: 5 }] }, campaign);
    expect(proposals.map(({ point }) => point['n'])).toEqual([5]);
  });

  it.each([
    [[{ name: 'c', min: 0, max: 1 }], 'bounds[0].name', 'there is no parameter or component "c" with bounds'],
    [
      [
        { name: 'a', min: null, max: 0.9 },
        { name: 'a.b', min: 0, max: 1 },
      ],
      'bounds[1].name',
      'there is no parameter or component "a.b" with bounds',
    ],
    [
      [{ name: 'a', min: 2, max: null }],
      expect.stringContaining('parameters[0]'),
      expect.stringMatching(/min/),
    ],
  ])('is refused where bounds make no sense: %j', (bounds, field, message) => {
    let refused: unknown;
    try {
      ask({ bounds });
    } catch (error) {
      refused = error;
    }
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', field, message });
  });
});
