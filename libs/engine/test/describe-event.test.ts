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
