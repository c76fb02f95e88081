import type { CampaignEvent } from '@ionloop/domain';
import type { RecordOnDisk } from './record.js';
import type { Replayed } from './replayed.js';

const isReplicate = (event: CampaignEvent): boolean =>
  event.type === 'experiment.added' && (event.experiment.replicateOf ?? null) !== null;

/** By what is asked for under a key: the events that it comes to. */
const eventsOf: Readonly<Record<string, (event: CampaignEvent) => boolean>> = {
  addExperiment: (event) => event.type === 'experiment.added' && !isReplicate(event),
  addReplicates: isReplicate,
  recordMeasurement: ({ type }) => type === 'measurement.recorded',
  supersedeMeasurement: ({ type }) => type === 'measurement.superseded',
  askForProposals: ({ type }) => type === 'campaign.proposalsAsked',
};

/** I1 of what people ask for, always under a key: for each thing that an answer names there is one event, and no other. */
export function madeOnce({ answers }: RecordOnDisk, { events }: Replayed): readonly string[] {
  return Object.entries(eventsOf).flatMap(([verb, isOfIt]) => {
    const made = events.filter(({ event }) => isOfIt(event)).length;
    const named = answers
      .filter(({ scope }) => scope.startsWith(`${verb}/`))
      .flatMap(({ response }) => response).length;
    return made === named ? [] : [`I1 ${made} events of ${verb} stand for ${named} answers`];
  });
}
