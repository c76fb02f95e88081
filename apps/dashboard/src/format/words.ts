import type {
  AttemptState,
  CampaignState,
  ExperimentState,
  MeasurementStatus,
} from '../api/generated/graphql.js';

export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad';

export const campaignStates: Readonly<Record<CampaignState, { readonly word: string; readonly tone: Tone }>> =
  {
    draft: { word: 'Draft', tone: 'neutral' },
    active: { word: 'Active', tone: 'good' },
    paused: { word: 'Paused', tone: 'warn' },
    completed: { word: 'Completed', tone: 'info' },
    archived: { word: 'Archived', tone: 'neutral' },
  };

export const experimentStates: Readonly<
  Record<ExperimentState, { readonly word: string; readonly tone: Tone }>
> = {
  proposed: { word: 'Proposed', tone: 'info' },
  approved: { word: 'Approved', tone: 'info' },
  rejected: { word: 'Rejected', tone: 'neutral' },
  queued: { word: 'Queued', tone: 'neutral' },
  claimed: { word: 'Claimed', tone: 'info' },
  running: { word: 'Running', tone: 'info' },
  measured: { word: 'Measured', tone: 'info' },
  accepted: { word: 'Accepted', tone: 'good' },
  failed_sample: { word: 'Sample failed', tone: 'bad' },
  infeasible: { word: 'Not feasible', tone: 'bad' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
  quarantined: { word: 'Quarantined', tone: 'warn' },
};

export const measurementStates: Readonly<
  Record<MeasurementStatus, { readonly word: string; readonly tone: Tone }>
> = {
  submitted: { word: 'Handed in', tone: 'neutral' },
  accepted: { word: 'Accepted', tone: 'good' },
  flagged: { word: 'Flagged', tone: 'warn' },
  late: { word: 'Late', tone: 'warn' },
  excluded: { word: 'Excluded', tone: 'neutral' },
  superseded: { word: 'Superseded', tone: 'neutral' },
};

export const attemptStates: Readonly<Record<AttemptState, string>> = {
  leased: 'claimed, not started',
  started: 'running',
  submitted: 'result handed in',
  accepted: 'result accepted',
  flagged: 'result flagged',
  expired: 'lease ran out',
  suspect: 'contact lost',
  aborted: 'ended without a result',
  late: 'late result',
};

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** "a, b and c" */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
