import { invalidState } from './errors.js';
import type { Waiting } from './waiting.js';

export type AttemptState =
  'leased' | 'started' | 'submitted' | 'accepted' | 'flagged' | 'expired' | 'suspect' | 'aborted' | 'late';

export const outcomes = ['measured', 'failed_sample', 'infeasible', 'instrument_fault'] as const;
export type Outcome = (typeof outcomes)[number];

/** One physical try at an experiment by one station. */
export interface Attempt {
  readonly id: string;
  readonly campaignId: string;
  readonly experimentId: string;
  readonly stationId: string;
  readonly bootId: string;
  readonly fence: number;
  readonly specHash: string;
  readonly state: AttemptState;
  readonly cancelRequested: boolean;
  readonly deviceRunId: string | null;
  readonly outcome: Outcome | null;
  readonly note: string | null;
  readonly leasedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly waiting: Waiting | null;
}

/**
 * `started → expired` is missing on purpose: once hardware may have moved, silence makes an attempt suspect, and only
 * a word from the station, a late result or a person ends it.
 */
const moves: Readonly<Record<AttemptState, readonly AttemptState[]>> = {
  leased: ['started', 'expired', 'aborted'],
  started: ['submitted', 'suspect', 'aborted'],
  suspect: ['started', 'submitted', 'aborted'],
  submitted: ['accepted', 'flagged', 'aborted'],
  flagged: ['accepted', 'aborted', 'late'],
  expired: ['late'],
  aborted: ['late'],
  late: ['accepted', 'aborted'],
  accepted: [],
};

export function moveAttempt(attempt: Attempt, state: AttemptState): Attempt {
  if (!moves[attempt.state].includes(state)) {
    throw invalidState(`attempt ${attempt.id} is ${attempt.state} and cannot become ${state}`);
  }
  return { ...attempt, state };
}

/** The station may still be working on it. */
export const isLive = (state: AttemptState): boolean =>
  state === 'leased' || state === 'started' || state === 'suspect';

/** What keeps an attempt alive. It changes with every heartbeat, so it is kept beside the record and not in its log. */
export interface Lease {
  readonly attemptId: string;
  readonly campaignId: string;
  /** Before the start: when the lease ends. After: when silence makes the attempt suspect. */
  readonly deadline: Date;
  readonly lastSeen: Date;
  readonly stage: string | null;
  readonly progress: number | null;
}
