import { invalidState } from './errors.js';
import {
  addAttachments,
  addExperiment,
  addHistory,
  addMeasurements,
  avoidedUntil,
  bumpData,
  changeAttempt,
  decideMeasurements,
  learnAnew,
  personOf,
  updateCampaign,
} from './apply-rows.js';
import { moveCampaign } from './campaign.js';
import type { RecordedEvent } from './events.js';
import { editExperiment, moveExperiment } from './experiment.js';
import { addedKnowledge, removedKnowledge } from './knowledge.js';
import { CampaignRecord } from './record.js';
import { checkChain } from './log.js';
import {
  changeTask,
  putAttempt,
  putExperiment,
  putMeasurement,
  settleCampaign,
  taskAt,
  withoutTrouble,
} from './settle.js';
import { newWaiting } from './waiting.js';

/** What an event does to the rows: the only place where rows change, live and in replay alike. */
export function apply(record: CampaignRecord, { event, at, actor, campaignId }: Happening): void {
  switch (event.type) {
    case 'campaign.created':
      record.put('campaign', {
        ...event.spec,
        id: event.campaignId,
        state: 'draft',
        proposing: true,
        dispatch: true,
        dataRevision: 0,
        plans: 0,
        experiments: 0,
        revision: 0,
        plansBefore: 0,
        asked: 0,
        createdAt: at,
        owner: actor.kind === 'person' ? actor.name : null,
        waiting: null,
      });
      settleCampaign(record, at);
      return;
    case 'campaign.moved':
      record.put('campaign', { ...moveCampaign(record.campaign, event.to), waiting: null });
      settleCampaign(record, at);
      return;
    case 'campaign.switched': {
      const { proposing, dispatch } = event;
      record.put('campaign', { ...withoutTrouble(record.campaign), proposing, dispatch });
      settleCampaign(record, at);
      return;
    }
    case 'campaign.updated':
      updateCampaign(record, event);
      settleCampaign(record, at);
      return;
    case 'campaign.proposalsAsked':
      record.put('campaign', { ...record.campaign, asked: record.campaign.asked + event.count });
      return;
    case 'campaign.planningFailed':
      record.put('campaign', {
        ...record.campaign,
        waiting: newWaiting('planning_failed', record.campaign, at, event.message),
      });
      return;
    case 'plan.committed':
      record.put('plan', { ...event.plan, campaignId, createdAt: at });
      if (event.model) record.put('model', { ...event.model, campaignId, createdAt: at });
      for (const experiment of event.experiments) addExperiment(record, campaignId, at, experiment, null);
      record.put('campaign', {
        ...withoutTrouble(record.campaign),
        plans: record.campaign.plans + 1,
        asked: 0,
      });
      return;
    case 'experiment.added':
      addExperiment(record, campaignId, at, event.experiment, personOf(actor));
      return;
    case 'history.imported':
      addHistory(record, campaignId, at, event);
      return;
    case 'knowledge.added':
      record.put('knowledge', addedKnowledge(event.knowledge, { campaignId, at, actor }));
      learnAnew(record);
      return;
    case 'knowledge.removed': {
      const { knowledgeId, reason } = event;
      const knowledge = record.get('knowledge', knowledgeId);
      record.put('knowledge', removedKnowledge(knowledge, { by: actor.name, at, reason }));
      learnAnew(record);
      return;
    }
    case 'experiment.approved': {
      const experiment = moveExperiment(record.get('experiment', event.experimentId), 'approved');
      const approval = { by: actor.name, at, specHash: event.specHash };
      putExperiment(record, at, { ...experiment, approval });
      return;
    }
    case 'experiment.moved': {
      const experiment = moveExperiment(record.get('experiment', event.experimentId), event.to);
      putExperiment(record, at, {
        ...experiment,
        note: event.note,
        approval: event.to === 'proposed' ? null : experiment.approval,
        avoidUntil: event.to === 'rejected' ? avoidedUntil(record.campaign) : null,
      });
      return;
    }
    case 'experiment.edited': {
      const { experimentId, outside = null } = event;
      const edit = { ...event, outside, proposedBy: personOf(actor) };
      putExperiment(record, at, editExperiment(record.get('experiment', experimentId), edit));
      return;
    }
    case 'experiments.reordered':
      for (const { experimentId, rank } of event.ranks) {
        record.put('experiment', { ...record.get('experiment', experimentId), rank });
      }
      return;
    case 'experiment.stuck': {
      const { kind, reason } = event;
      const experiment = record.get('experiment', event.experimentId);
      if (experiment.state !== 'queued') {
        throw invalidState(
          `experiment ${experiment.number} is ${experiment.state}; only a queued one is stuck`,
        );
      }
      record.put('experiment', {
        ...experiment,
        waiting: newWaiting(kind, record.campaign, at, reason),
      });
      return;
    }
    case 'experiment.unstuck': {
      const experiment = record.get('experiment', event.experimentId);
      putExperiment(record, at, { ...experiment, waiting: null });
      return;
    }
    case 'task.assigned':
      changeTask(record, event.subject, { owner: event.owner, deadline: event.deadline, escalations: 0 });
      return;
    case 'task.extended':
      changeTask(record, event.subject, { deadline: event.deadline });
      return;
    case 'task.escalated':
      changeTask(record, event.subject, {
        owner: event.owner,
        deadline: event.deadline,
        escalations: taskAt(record, event.subject).escalations + 1,
      });
      return;
    case 'attempt.leased': {
      const experiment = moveExperiment(record.get('experiment', event.experimentId), 'claimed');
      putExperiment(record, at, { ...experiment, fence: event.fence });
      putAttempt(record, at, {
        id: event.attemptId,
        campaignId,
        experimentId: event.experimentId,
        stationId: event.stationId,
        bootId: event.bootId,
        fence: event.fence,
        specHash: event.specHash,
        state: 'leased',
        cancelRequested: false,
        deviceRunId: null,
        outcome: null,
        note: null,
        leasedAt: at,
        startedAt: null,
        endedAt: null,
        waiting: null,
      });
      return;
    }
    case 'attempt.started': {
      const attempt = changeAttempt(record, at, event.attemptId, 'started', {
        startedAt: at,
        deviceRunId: event.deviceRunId,
      });
      putExperiment(record, at, moveExperiment(record.get('experiment', attempt.experimentId), 'running'));
      return;
    }
    case 'attempt.expired':
      changeAttempt(record, at, event.attemptId, 'expired', { endedAt: at, note: event.note });
      return;
    case 'attempt.suspected':
      changeAttempt(record, at, event.attemptId, 'suspect', { note: event.note });
      return;
    case 'attempt.resumed':
      changeAttempt(record, at, event.attemptId, 'started', { note: null });
      return;
    case 'attempt.cancelRequested':
      putAttempt(record, at, {
        ...record.get('attempt', event.attemptId),
        cancelRequested: true,
        note: event.note,
      });
      return;
    case 'attempt.aborted': {
      const attempt = changeAttempt(record, at, event.attemptId, 'aborted', {
        endedAt: at,
        outcome: event.outcome,
        note: event.note,
      });
      addAttachments(record, attempt, at, event.artifacts);
      return;
    }
    case 'attempt.submitted': {
      const attempt = changeAttempt(record, at, event.attemptId, 'submitted', {
        endedAt: at,
        outcome: event.outcome,
        note: event.note,
      });
      const experiment = record.get('experiment', attempt.experimentId);
      if (event.outcome === 'failed_sample' || event.outcome === 'infeasible') {
        putExperiment(record, at, { ...moveExperiment(experiment, event.outcome), note: event.note });
      } else {
        putExperiment(record, at, moveExperiment(experiment, 'measured'));
      }
      addMeasurements(record, attempt, at, event.measurements, 'submitted');
      addAttachments(record, attempt, at, event.artifacts);
      return;
    }
    case 'attempt.accepted': {
      const attempt = changeAttempt(record, at, event.attemptId, 'accepted', { note: event.note });
      decideMeasurements(record, attempt, 'accepted', event.note);
      const experiment = record.get('experiment', attempt.experimentId);
      if (experiment.state === 'measured') putExperiment(record, at, moveExperiment(experiment, 'accepted'));
      return;
    }
    case 'attempt.flagged': {
      const attempt = changeAttempt(record, at, event.attemptId, 'flagged', { note: event.note });
      decideMeasurements(record, attempt, 'flagged', event.note);
      return;
    }
    case 'attempt.late': {
      const attempt = changeAttempt(record, at, event.attemptId, 'late', {
        endedAt: at,
        outcome: event.outcome,
        note: event.note,
      });
      addMeasurements(record, attempt, at, event.measurements, 'late');
      addAttachments(record, attempt, at, event.artifacts);
      return;
    }
    case 'measurement.recorded':
      addMeasurements(
        record,
        { id: null, campaignId, experimentId: event.experimentId },
        at,
        [event.measurement],
        'accepted',
        event.reason ?? null,
      );
      bumpData(record);
      return;
    case 'measurement.superseded': {
      const old = record.get('measurement', event.measurementId);
      putMeasurement(record, { ...old, status: 'superseded', note: event.reason });
      const { experimentId } = old;
      addMeasurements(
        record,
        { id: null, campaignId, experimentId },
        at,
        [event.by],
        'accepted',
        event.reason,
      );
      record.put('measurement', { ...record.get('measurement', event.by.id), supersedes: old.id });
      bumpData(record);
      return;
    }
    case 'measurement.decided': {
      const measurement = record.get('measurement', event.measurementId);
      putMeasurement(record, { ...measurement, status: event.status, note: event.note });
      bumpData(record);
      return;
    }
    default:
      return event satisfies never;
  }
}

export type Happening = Pick<RecordedEvent, 'event' | 'at' | 'actor' | 'campaignId'>;

/** The rows that a whole log gives; refuses a log whose chain is broken. */
export function replay(events: readonly RecordedEvent[]): CampaignRecord {
  checkChain(events);
  const record = new CampaignRecord();
  for (const recorded of events) apply(record, recorded);
  return record;
}
