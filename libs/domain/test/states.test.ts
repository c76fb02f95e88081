import { describe, expect, it } from '@jest/globals';
import { type Attempt, isOpen, may, moveAttempt, roles, spendsBudget } from '../src/index.js';

const attempt = (state: Attempt['state']): Attempt => ({
  id: 'a1',
  campaignId: 'c1',
  experimentId: 'e1',
  stationId: 's1',
  bootId: 'b1',
  fence: 1,
  specHash: 'h',
  state,
  cancelRequested: false,
  deviceRunId: null,
  outcome: null,
  note: null,
  leasedAt: '2026-01-01T00:00:00.000Z',
  startedAt: null,
  endedAt: null,
  waiting: null,
});

describe('states', () => {
  it('never let a started attempt expire: hardware may have moved', () => {
    expect(() => moveAttempt(attempt('started'), 'expired')).toThrow('cannot become expired');
    expect(moveAttempt(attempt('started'), 'suspect').state).toBe('suspect');
  });

  it('let a lease that has not started expire', () => {
    expect(moveAttempt(attempt('leased'), 'expired').state).toBe('expired');
  });

  it('end an accepted attempt for good', () => {
    for (const next of ['started', 'suspect', 'late', 'aborted', 'flagged'] as const) {
      expect(() => moveAttempt(attempt('accepted'), next)).toThrow('cannot become');
    }
  });

  it('count a quarantined experiment as open, a rejected one as not spent', () => {
    expect(isOpen('quarantined')).toBe(true);
    expect(isOpen('accepted')).toBe(false);
    expect(spendsBudget('rejected')).toBe(false);
    expect(spendsBudget('failed_sample')).toBe(true);
  });
});

describe('roles', () => {
  it('keep proposing and approving apart, and labs to their protocol', () => {
    expect(may('planner', 'approve')).toBe(false);
    expect(may('approver', 'plan')).toBe(false);
    expect(may('lab', 'read')).toBe(false);
    expect(roles.filter((role) => may(role, 'administer'))).toEqual(['admin']);
  });
});
