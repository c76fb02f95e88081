import { describe, expect, it } from '@jest/globals';
import {
  failuresOf,
  kindWord,
  lostWords,
  oldestWords,
  standingWords,
  unlistedWords,
} from '../src/pages/lab/job-words.js';

const idle = { waiting: 0, running: 0, later: 0, done: 0, failed: 0, oldestSeconds: 0, failures: [] };
const failure = (id: string, at: string, reason: string, attempts = 1) => ({ id, at, reason, attempts });

describe('the jobs in the background, in words', () => {
  it('that there are none', () => {
    const kinds = [
      { ...idle, name: 'reconcile' },
      { ...idle, name: 'import', done: 3 },
    ];
    expect(standingWords(kinds)).toBe('No job waits or runs; none failed in the last week.');
    expect(standingWords([])).toBe('No job waits or runs; none failed in the last week.');
    expect(failuresOf(kinds)).toEqual([]);
    expect(unlistedWords(kinds, 0)).toBeNull();
    expect(lostWords(0)).toBeNull();
  });

  it('how many of all kinds wait, run and come later', () => {
    const reconcile = { ...idle, name: 'reconcile', waiting: 1 };
    expect(standingWords([reconcile])).toBe('1 job waits; none failed in the last week.');
    expect(standingWords([{ ...reconcile, waiting: 0, running: 2 }])).toBe(
      '2 jobs run; none failed in the last week.',
    );
    const analysis = { ...idle, name: 'analysis', waiting: 3, running: 1, later: 2, failed: 1 };
    expect(standingWords([reconcile, analysis])).toBe(
      '4 jobs wait, 1 runs and 2 come later; 1 failed in the last week.',
    );
  });

  it('how long the oldest has waited, where one waits and that is known', () => {
    const waiting = { ...idle, name: 'screen', waiting: 2, oldestSeconds: 3725 };
    expect(oldestWords(waiting)).toBe('1 h 2 min');
    expect(oldestWords({ ...waiting, oldestSeconds: 0 })).toBeNull();
    expect(oldestWords({ ...waiting, waiting: 0 })).toBeNull();
  });

  it('what failed, of all kinds, the newest first, with its reason', () => {
    const kinds = [
      {
        ...{ ...idle, name: 'analysis', failed: 2 },
        failures: [
          failure('7', '2030-01-01T12:00:00.000Z', 'the furnace is cold'),
          failure('5', '2030-01-01T10:00:00.000Z', ' '),
        ],
      },
      {
        ...{ ...idle, name: 'reconcile', failed: 41 },
        failures: [failure('7', '2030-01-01T11:00:00.000Z', 'no connection', 3)],
      },
    ];
    const failures = failuresOf(kinds);
    expect(failures.map(({ kind, reason, tried }) => [kind, reason, tried])).toEqual([
      ['Analyses', 'the furnace is cold', 'tried once'],
      ['Looks at campaigns', 'no connection', 'tried 3 times'],
      ['Analyses', 'It gave no reason.', 'tried once'],
    ]);
    expect(new Set(failures.map(({ key }) => key)).size).toBe(3);
    expect(unlistedWords(kinds, failures.length)).toBe('And 40 more of the last week.');
    expect(unlistedWords(kinds, 43)).toBeNull();
  });

  it('what was lost, and who finds it', () => {
    expect(lostWords(1)).toMatch(/^1 hint did not reach the queue .* what it was about[.]$/);
    expect(lostWords(4)).toMatch(/^4 hints did not .* what they were about[.]$/);
  });

  it('every kind that the server has by a name of its own, and a new one by the server’s', () => {
    const kinds = ['reconcile', 'sweep', 'posterior', 'verify', 'screen', 'analysis', 'import'];
    const words = kinds.map(kindWord);
    expect(new Set([...words, ...kinds]).size).toBe(14);
    expect(kindWord('distil')).toBe('distil');
  });
});
