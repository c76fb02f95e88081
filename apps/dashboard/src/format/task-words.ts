import type { TaskKind } from '../api/generated/graphql.js';
import type { Tone } from './words.js';

export const taskTitles: Readonly<Record<TaskKind, { readonly word: string; readonly tone: Tone }>> = {
  suspect_attempt: { word: 'Contact lost', tone: 'warn' },
  flagged_result: { word: 'Result flagged', tone: 'warn' },
  late_result: { word: 'Late result', tone: 'warn' },
  quarantined: { word: 'Quarantined', tone: 'bad' },
  no_station: { word: 'No station can', tone: 'bad' },
  not_claimed: { word: 'Not claimed', tone: 'warn' },
  planning_failed: { word: 'Planning failed', tone: 'bad' },
  review_proposal: { word: 'Proposal', tone: 'info' },
  start_campaign: { word: 'Draft', tone: 'neutral' },
  resume_campaign: { word: 'Paused', tone: 'warn' },
  dispatch_off: { word: 'Dispatch off', tone: 'warn' },
  proposing_off: { word: 'Proposing off', tone: 'warn' },
};

const roles: Readonly<Record<string, string>> = {
  admin: 'The operator',
  approver: 'Any approver',
  planner: 'Any planner',
  viewer: 'Any viewer',
};

/** "Any approver is asked". */
export const askedInWords = ({
  role,
  person,
}: {
  readonly role: string | null;
  readonly person: string | null;
}): string => `${person ?? roles[role ?? ''] ?? 'Somebody'} is asked`;
