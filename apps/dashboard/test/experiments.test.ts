import { describe, expect, test } from '@jest/globals';
import type { AttemptState, ExperimentRowFragment, ExperimentState } from '../src/api/generated/graphql.js';
import {
  decisionsOf,
  experimentOf,
  filesOf,
  failuresOf,
  latestAttempt,
  mapPointsOf,
  numbersOf,
} from '../src/pages/campaign/experiment-views.js';

const objective = {
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
  temperatureC: 25,
} as const;

const attempt = (fence: number, state: AttemptState, endedAt: string | null = null) => ({
  id: `a${fence}`,
  fence,
  state,
  outcome: null,
  note: null,
  cancelRequested: false,
  startedAt: null,
  endedAt,
  stage: null,
  progress: null,
  lastSeenAt: null,
  station: null,
  artifacts: [],
});

const row = (
  number: number,
  state: ExperimentState,
  rest: Partial<ExperimentRowFragment> = {},
): ExperimentRowFragment => ({
  id: `e${number}`,
  number,
  state,
  point: { mix: { A: 1 } },
  label: 'A 100 %',
  origin: 'model',
  reason: '',
  specHash: 'hash',
  rank: 0,
  outside: null,
  proposedBy: null,
  prediction: null,
  acquisition: null,
  note: null,
  createdAt: '2030-01-01T00:00:00Z',
  value: null,
  attempts: [],
  measurements: [],
  ...rest,
});

describe('experiments', () => {
  test('the attempt with the highest fence tells where one stands', () => {
    const { attempts } = row(1, 'running', { attempts: [attempt(2, 'started'), attempt(1, 'expired')] });
    expect(latestAttempt({ attempts })?.fence).toBe(2);
    expect(latestAttempt({ attempts: [] })).toBeNull();
  });

  test('the files of all attempts are counted, and the spectra among them', () => {
    const artifacts = [
      { id: 'f1', kind: 'impedance_spectrum' },
      { id: 'f2', kind: null },
    ];
    const attempts = [
      { ...attempt(1, 'aborted'), artifacts: [{ id: 'f0', kind: 'log' }] },
      { ...attempt(2, 'accepted'), artifacts },
    ];
    expect(filesOf({ attempts })).toEqual({ count: 3, spectra: 1 });
    expect(filesOf({ attempts: [attempt(1, 'leased')] })).toEqual({ count: 0, spectra: 0 });
  });

  test('suspects, flagged and late results and the quarantined wait for a person', () => {
    const decisions = decisionsOf([
      row(1, 'running', { attempts: [attempt(1, 'suspect')] }),
      row(2, 'measured', { attempts: [attempt(1, 'flagged')] }),
      row(3, 'accepted', { attempts: [attempt(1, 'late'), attempt(2, 'accepted')] }),
      row(4, 'quarantined', { attempts: [attempt(3, 'aborted')] }),
      row(5, 'running', { attempts: [attempt(1, 'started')] }),
    ]);
    expect(decisions.map((decision) => [decision.row.number, decision.kind])).toEqual([
      [1, 'suspect'],
      [2, 'flagged'],
      [3, 'late'],
      [4, 'quarantined'],
    ]);
  });

  test('a failure is placed where its last attempt ended', () => {
    const failed = row(6, 'failed_sample', {
      attempts: [
        attempt(1, 'aborted', '2030-01-01T01:00:00Z'),
        attempt(2, 'accepted', '2030-01-01T02:00:00Z'),
      ],
    });
    expect(failuresOf([failed, row(7, 'accepted')])).toEqual([
      { experimentNumber: 6, what: 'Sample failed', at: '2030-01-01T02:00:00Z' },
    ]);
  });

  test('a map shows what was measured, failed, or is on its way, but not what was cancelled', () => {
    const points = mapPointsOf(
      [
        row(1, 'accepted', { value: 1e-4 }),
        row(2, 'accepted', { value: 1e-3 }),
        row(3, 'infeasible'),
        row(4, 'proposed', { prediction: { mean: -3, sd: 0.5 } }),
        row(5, 'cancelled'),
      ],
      objective,
      'e2',
    );
    expect(points.map(({ experiment, kind }) => [experiment, kind])).toEqual([
      [1, 'measured'],
      [2, 'best'],
      [3, 'failed'],
      [4, 'proposed'],
    ]);
    expect(points[3]?.what).toBe('proposed, predicted 1.0 × 10⁻³ S/cm (95 %: 0.10 to 10 × 10⁻³)');
  });

  test('an event names its experiment by its own id or its attempt', () => {
    const numbers = numbersOf([row(8, 'running', { attempts: [attempt(1, 'started')] })]);
    expect(experimentOf({ experimentId: 'e8' }, numbers)).toBe(8);
    expect(experimentOf({ attemptId: 'a1' }, numbers)).toBe(8);
    expect(experimentOf({ to: 'paused' }, numbers)).toBeNull();
  });
});
