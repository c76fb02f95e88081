import { describe, expect, it } from '@jest/globals';
import { askedInWords } from '../src/format/task-words.js';
import { clockWords } from '../src/format/time.js';

describe('a task in words', () => {
  const now = new Date('2026-01-01T12:00:00Z');

  it('says how much time there is, or how long it is past', () => {
    expect(clockWords('2026-01-01T12:25:30Z', now)).toEqual({ words: 'in 25 min', overdue: false });
    expect(clockWords('2026-01-03T12:00:00Z', now)).toEqual({ words: 'in 2 d', overdue: false });
    expect(clockWords('2026-01-01T12:00:00Z', now)).toEqual({ words: 'Overdue by 0 s', overdue: true });
    expect(clockWords('2026-01-01T09:30:00Z', now)).toEqual({ words: 'Overdue by 2 h', overdue: true });
  });

  it('says who is asked', () => {
    expect(askedInWords({ role: 'approver', person: null })).toBe('Any approver is asked');
    expect(askedInWords({ role: 'admin', person: null })).toBe('The operator is asked');
    expect(askedInWords({ role: null, person: 'grace' })).toBe('grace is asked');
  });
});
