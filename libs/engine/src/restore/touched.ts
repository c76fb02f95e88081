import type { CampaignEvent } from '@ionloop/domain';
import type { CampaignTransaction } from '../ports.js';

type Rows = Pick<
  CampaignTransaction,
  'experiment' | 'attempt' | 'measurement' | 'measurementsOf' | 'knowledge'
>;

/** Brings the rows that an event names to hand, as each use case does for the events that it appends. */
export async function fetchTouched(rows: Rows, event: CampaignEvent): Promise<void> {
  if ('experimentId' in event) await rows.experiment(event.experimentId);
  if ('measurementId' in event) await rows.measurement(event.measurementId);
  if (event.type === 'knowledge.removed') await rows.knowledge();
  if ('marks' in event) for (const { experimentId } of event.marks) await rows.experiment(experimentId);
  if ('ranks' in event) for (const { experimentId } of event.ranks) await rows.experiment(experimentId);
  if ('replicates' in event) {
    await Promise.all(event.replicates.map(({ experimentId }) => rows.experiment(experimentId)));
  }
  if ('subject' in event) {
    const { kind, id } = event.subject;
    if (kind === 'experiment') await rows.experiment(id);
    if (kind === 'attempt') await rows.attempt(id);
  }
  if ('attemptId' in event && event.type !== 'attempt.leased') {
    const { experimentId } = await rows.attempt(event.attemptId);
    await rows.experiment(experimentId);
    await rows.measurementsOf(event.attemptId);
  }
}
