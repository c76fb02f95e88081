import { describe, expect, it } from '@jest/globals';
import type { AnalysisInput, PlanRequest } from '@ionloop/domain';
import { type Advice, diagnose, stopAdvice } from '../../src/index.js';
import { measured, plain, request } from '../support.js';
import { answer, inputOf, onSquare } from './support.js';

const ask = (campaign: PlanRequest, over: Partial<AnalysisInput> = {}, worth: number | null = null): Advice =>
  answer({ kind: 'advice', worth }, inputOf(campaign, over));
/** A straight line of twenty results, one of them far off. */
const line = request({
  space: { parameters: [{ kind: 'continuous', name: 'x', min: 0, max: 1 }] },
  objective: plain,
  strategy: { name: 'gp-log-ei', initial: 5 },
  observations: measured(
    Array.from({ length: 20 }, (_, i) => ({ x: i / 19 })),
    ({ x }) => ((x as number) === 12 / 19 ? 9 : Math.sin(5 * (x as number))),
  ),
});

describe('advice about a campaign', () => {
  it('is that on stopping with the campaign’s budget, and that on trust', () => {
    const told = ask(onSquare());
    expect(told.stop).toEqual(stopAdvice(onSquare(), { budget: 30 }));
    expect(told.trust).toEqual({ ...diagnose(onSquare()), outliers: told.trust!.outliers });
    expect(ask(onSquare(), { budget: 14 }).stop.budgetLeft).toBe(0);
    expect(told.stop.budgetLeft).toBe(16);
  });

  it('hears what gain is worth an experiment', () => {
    expect(ask(onSquare(), {}, 50).stop).toEqual(stopAdvice(onSquare(), { budget: 30, worth: 50 }));
    expect(ask(onSquare(), {}, 50).stop.verdict).not.toBe(ask(onSquare(), {}, 1e-9).stop.verdict);
  });

  it('names a result that does not belong by the number of its experiment', () => {
    const [first] = ask(line).trust!.outliers;
    expect(first).toMatchObject({ number: 113, point: { x: 12 / 19 } });
    expect(first!.robustZ).toBeGreaterThan(3.5);
  });

  it('of four results says nothing of trust', () => {
    const few = { ...line, observations: line.observations.slice(0, 4), experimentsSoFar: 4 };
    expect(ask(few)).toMatchObject({ trust: null, stop: { verdict: 'go on' } });
  });
});
