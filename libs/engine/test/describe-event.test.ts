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
});
