import { isLive, type AttemptState } from '@ionloop/domain';
import type { AttemptOnDisk, ExperimentOnDisk, RecordOnDisk, Timed } from './record.js';
import type { Replayed } from './replayed.js';

/** What must hold of a record at any time, judged by the database alone. Each fault begins with its invariant's name. */
export function faultsOf(disk: RecordOnDisk, log: Replayed): readonly string[] {
  return [
    ...storedOnce(disk, log),
    ...oneStarted(disk),
    ...staleChangesNothing(log),
    ...lateIsNeverUsedBySilence(disk, log),
    ...nobodyIsForgotten(disk),
    ...log.differences(disk).map((difference) => `I6 ${difference}`),
    ...modelsNameTheirData(disk, log),
    ...startsAreApproved(log),
    ...nothingRunsAgainByItself(log),
  ];
}

/** I1: every answer to a submit stands for measurements that are there, once, and in the log once. */
function storedOnce({ answers, measurements }: RecordOnDisk, { events }: Replayed): readonly string[] {
  const submits = answers.filter(({ scope }) => scope.startsWith('submit/'));
  const logged = new Map<string, number>();
  for (const { event } of events) {
    if (event.type !== 'attempt.submitted' && event.type !== 'attempt.late') continue;
    for (const { id } of event.measurements) logged.set(id, (logged.get(id) ?? 0) + 1);
  }
  return submits.flatMap(({ key, response }) => {
    const { attemptId, measurementIds } = response as {
      readonly attemptId: string;
      readonly measurementIds: readonly string[];
    };
    const kept = measurements.filter(({ attempt_id }) => attempt_id === attemptId).map(({ id }) => id);
    const same = kept.length === measurementIds.length && measurementIds.every((id) => kept.includes(id));
    const once = measurementIds.every((id) => logged.get(id) === 1);
    return same && once ? [] : [`I1 the result under key ${key} is not stored exactly once`];
  });
}

/** I2, and that whoever may still work on an experiment holds its newest fence. */
function oneStarted({ experiments, attempts }: RecordOnDisk): readonly string[] {
  const live = attempts.filter(({ state }) => isLive(state as AttemptState));
  return experiments.flatMap(({ id, number, fence }) => {
    const own = live.filter(({ experiment_id }) => experiment_id === id);
    const started = own.filter(({ state }) => state === 'started');
    return [
      ...(started.length > 1 ? [`I2 experiment ${number} is started ${started.length} times`] : []),
      ...(own.length > 1 ? [`I2 experiment ${number} is in ${own.length} hands at once`] : []),
      ...(own.some((attempt) => attempt.fence !== fence)
        ? [`I3 experiment ${number} is at fence ${fence}, and an older one still works on it`]
        : []),
    ];
  });
}

/** I3: no result enters the record as current once a newer fence was given out. */
function staleChangesNothing({ events, record }: Replayed): readonly string[] {
  const newest = new Map<string, number>();
  return events.flatMap(({ event, seq }) => {
    if (event.type === 'attempt.leased') newest.set(event.experimentId, event.fence);
    if (event.type !== 'attempt.submitted' && event.type !== 'attempt.started') return [];
    const { experimentId, fence } = record.get('attempt', event.attemptId);
    return fence === newest.get(experimentId)
      ? []
      : [`I3 event ${seq} lets fence ${fence} change an experiment at ${newest.get(experimentId)}`];
  });
}

/** I4: what came late is kept, and used only where a person said so. */
function lateIsNeverUsedBySilence({ measurements }: RecordOnDisk, { events }: Replayed): readonly string[] {
  const late = new Map<string, readonly string[]>();
  const faults: string[] = [];
  for (const { event, actor, seq } of events) {
    if (event.type === 'attempt.late')
      late.set(
        event.attemptId,
        event.measurements.map(({ id }) => id),
      );
    if (event.type === 'attempt.accepted' && late.has(event.attemptId) && actor.kind !== 'person') {
      faults.push(`I4 event ${seq} uses a late result without a person's word`);
    }
  }
  const kept = new Set(measurements.map(({ id }) => id));
  for (const id of [...late.values()].flat()) if (!kept.has(id)) faults.push(`I4 late result ${id} is gone`);
  return faults;
}

const taskOfAttempt: Readonly<Record<string, string>> = {
  suspect: 'suspect_attempt',
  flagged: 'flagged_result',
  late: 'late_result',
};

/** A task of one of these kinds, with somebody who is asked and until when. */
const asked = ({ waiting_kind, waiting_owner, waiting_deadline }: Timed, ...kinds: string[]): boolean =>
  waiting_kind !== null &&
  kinds.includes(waiting_kind) &&
  waiting_owner !== null &&
  waiting_deadline !== null;

/**
 * I5: whatever is not at its end has a deadline, or a person who is asked with a deadline too. Judged here row by row, and
 * by the view that the operator's check reads: the two must agree that there is nothing.
 */
function nobodyIsForgotten(disk: RecordOnDisk): readonly string[] {
  const { campaign, experiments, attempts, leases } = disk;
  const leased = new Set(leases.map(({ attempt_id }) => attempt_id));
  const own = (id: string): readonly AttemptOnDisk[] =>
    attempts.filter(({ experiment_id }) => experiment_id === id);
  const held = (attempt: AttemptOnDisk): boolean =>
    attempt.state === 'leased' || attempt.state === 'started'
      ? leased.has(attempt.id)
      : asked(attempt, taskOfAttempt[attempt.state] ?? '');
  return [
    ...(campaignHasSomebody(campaign) ? [] : [`I5 the campaign is ${campaign.state}, and nobody is asked`]),
    ...attempts
      .filter(({ state }) => isLive(state as AttemptState) || state in taskOfAttempt)
      .filter((attempt) => !held(attempt))
      .map(({ id, state }) => `I5 attempt ${id} is ${state}, without a deadline or a person`),
    ...experiments
      .filter(
        (experiment) => !experimentHasSomebody(experiment, own(experiment.id).some(held), campaign.state),
      )
      .map(({ number, state }) => `I5 experiment ${number} is ${state}, and nobody has it`),
    ...leases
      .filter(
        ({ attempt_id }) =>
          !attempts.some(({ id, state }) => id === attempt_id && (state === 'leased' || state === 'started')),
      )
      .map(({ attempt_id }) => `I5 attempt ${attempt_id} has ended, and its lease has not`),
    ...disk.forgotten.map(({ kind, id, why }) => `I5 by query: ${kind} ${id} is ${why}`),
  ];
}

function campaignHasSomebody(campaign: RecordOnDisk['campaign']): boolean {
  const stands = campaign['dispatch'] !== true || campaign['proposing'] !== true;
  switch (campaign.state) {
    case 'draft':
      return asked(campaign, 'start_campaign');
    case 'paused':
      return asked(campaign, 'resume_campaign');
    case 'active':
      return !stands || asked(campaign, 'dispatch_off', 'proposing_off', 'planning_failed');
    default:
      return campaign.waiting_kind === null;
  }
}

function experimentHasSomebody(experiment: ExperimentOnDisk, held: boolean, campaign: string): boolean {
  const over = campaign === 'completed' || campaign === 'archived';
  switch (experiment.state) {
    case 'proposed':
      return !over && asked(experiment, 'review_proposal');
    case 'queued':
      if (over) return false;
      return experiment.waiting_kind === 'claim'
        ? experiment.waiting_deadline !== null
        : asked(experiment, 'no_station', 'not_claimed');
    case 'quarantined':
      return asked(experiment, 'quarantined');
    case 'claimed':
    case 'running':
    case 'measured':
      return held && experiment.waiting_kind === null;
    case 'approved':
      return false;
    default:
      return experiment.waiting_kind === null;
  }
}

/** I7: each model carries the hash of exactly the accepted set that it was made from. */
function modelsNameTheirData({ models, plans }: RecordOnDisk, log: Replayed): readonly string[] {
  const basis = new Map(plans.map((plan) => [plan['id'], plan.based_on_seq]));
  return models
    .filter((model) => model['training_hash'] !== log.trainingHashAt(basis.get(model.plan_id) ?? 0))
    .map((model) => `I7 model ${String(model['id'])} was trained on something else than it says`);
}

/** I8: hardware moves only for what was approved, word for word, at that time. */
function startsAreApproved({ events, record }: Replayed): readonly string[] {
  const approved = new Map<string, string>();
  return events.flatMap(({ event, seq }) => {
    if (event.type === 'experiment.approved') approved.set(event.experimentId, event.specHash);
    if (event.type === 'experiment.moved' && event.to === 'proposed') approved.delete(event.experimentId);
    if (event.type !== 'attempt.started') return [];
    const { experimentId, specHash } = record.get('attempt', event.attemptId);
    return approved.get(experimentId) === specHash
      ? []
      : [`I8 event ${seq} starts what is not approved as it is`];
  });
}

/** The split that matters: after a start only a station's or a person's word queues an experiment again. */
function nothingRunsAgainByItself({ events, record }: Replayed): readonly string[] {
  const running = new Set<string>();
  return events.flatMap(({ event, actor, seq }) => {
    if (event.type === 'attempt.started') running.add(record.get('attempt', event.attemptId).experimentId);
    if (event.type !== 'experiment.moved' || !running.delete(event.experimentId)) return [];
    return (event.to === 'queued' || event.to === 'quarantined') && actor.kind === 'loop'
      ? [`I8 event ${seq} runs again by itself what may have been made`]
      : [];
  });
}
