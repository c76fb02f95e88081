import { describe, expect, it } from '@jest/globals';
import { describeEvent } from '../src/index.js';

describe('an event in words', () => {
  it('says what happened and why', () => {
    expect(describeEvent({ type: 'campaign.moved', to: 'completed', note: 'the budget is spent' })).toBe(
      'The campaign is completed: the budget is spent',
    );
    expect(
      describeEvent({
        type: 'attempt.submitted',
        attemptId: 'a',
        outcome: 'failed_sample',
        note: null,
        measurements: [],
      }),
    ).toBe('A result was handed in: the sample could not be made');
  });

  it('writes values as scientists do', () => {
    const measurements = [4.0612e-4, -0.5, 12_345.6, 3.2e7].map((value) => ({ value, unit: 'S/cm' }));
    const event = {
      type: 'attempt.submitted',
      attemptId: 'a',
      outcome: 'measured',
      note: null,
      measurements,
    };
    expect(describeEvent(event as unknown as Parameters<typeof describeEvent>[0])).toBe(
      'A result was handed in: measured, 4.06 × 10⁻⁴ S/cm, −0.5 S/cm, 12300 S/cm, 3.20 × 10⁷ S/cm',
    );
  });

  it('says what is another now, and what that leaves outside', () => {
    const review = { separate: true, rejectedFor: 5 };
    const marks = [
      { experimentId: 'a', outside: 'too hot' },
      { experimentId: 'b', outside: null },
    ];
    expect(
      describeEvent({
        type: 'campaign.updated',
        change: { budget: 40, review },
        reason: 'more money',
        marks,
      }),
    ).toBe(
      'The budget is 40, nobody approves what they proposed, and a rejected point rests for 5 experiments from now on; ' +
        '1 experiment lies outside now; 1 experiment lies inside again: more money',
    );
    expect(describeEvent({ type: 'campaign.proposalsAsked', count: 1, reason: 'the weekend' })).toBe(
      '1 proposal is asked for now: the weekend',
    );
  });
});
