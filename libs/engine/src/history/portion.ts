import { notFound, type PastReplicate, type PastSource } from '@ionloop/domain';
import { setImmediate as turn } from 'node:timers/promises';
import type { CampaignTransaction, RecordReader } from '../ports.js';
import type { Sorting } from './sorting.js';

/** What all portions of an import say alike. */
export interface Import {
  readonly importId: string;
  readonly source: PastSource;
}

/** So many experiments and replicates make one event: more would keep everybody else of the process waiting. */
const mostInEvent = 250;

/** The ids of experiments by their numbers are looked up before a transaction holds the campaign. */
export async function replicatesOf(
  read: RecordReader,
  campaignId: string,
  sorting: Sorting,
): Promise<readonly PastReplicate[]> {
  const found: PastReplicate[] = [];
  for (const { number, ...replicate } of sorting.portion.replicates) {
    const experimentId = sorting.ownId(number) ?? (await idOf(read, campaignId, number));
    found.push({ ...replicate, experimentId });
  }
  return found;
}

async function idOf(read: RecordReader, campaignId: string, number: number): Promise<string> {
  const [experiment] = await read.experiments(campaignId, {}, { first: 1, after: number - 1 });
  if (!experiment) throw notFound('experiment', String(number));
  return experiment.id;
}

/**
 * Appends the portion, an event at a time, and has its rows written out; tells from which number on its experiments are.
 * While the database writes the rows of one event, the next is made: what that one changes is asked for before.
 */
export async function appendPortion(
  tx: CampaignTransaction,
  { importId, source }: Import,
  sorting: Sorting,
  replicates: readonly PastReplicate[],
): Promise<number> {
  const [{ property, unit }] = tx.campaign.objectives;
  const first = tx.campaign.experiments + 1;
  const writing: Promise<void>[] = [];
  const all = [...events(sorting.portion.experiments, replicates)];
  let coming = tx.experimentsById(namedIn(all[0]));
  for (const [i, some] of all.entries()) {
    await coming;
    // Of these, what the event before has changed.
    await tx.experimentsById(namedIn(some));
    const { experiments } = tx.campaign;
    tx.append({
      type: 'history.imported',
      ...{ importId, source, property, unit, first: experiments + 1, ...some },
    });
    const changed = new Set(namedIn(some));
    coming = tx.experimentsById(namedIn(all[i + 1]).filter((id) => !changed.has(id)));
    coming.catch(() => undefined);
    await turn();
    const written = tx.writeOut();
    // Where the next one is refused, this one is not waited for.
    written.catch(() => undefined);
    writing.push(written);
    // Others get their turn, and not more than two wait for the database.
    await turn();
    if (writing.length > 2) await writing.shift();
  }
  await Promise.all(writing);
  return first;
}

const namedIn = (some: Some<unknown> | undefined): readonly string[] => [
  ...new Set(some?.replicates.map(({ experimentId }) => experimentId)),
];

type Some<E> = { readonly experiments: readonly E[]; readonly replicates: readonly PastReplicate[] };

/** Each with as many as fit into it, experiments first. */
function* events<E>(experiments: readonly E[], replicates: readonly PastReplicate[]): Generator<Some<E>> {
  const size = experiments.length + replicates.length;
  for (let from = 0; from < size; from += mostInEvent) {
    const behind = Math.max(0, from - experiments.length);
    const some = experiments.slice(from, from + mostInEvent);
    yield {
      experiments: some,
      replicates:
        some.length === mostInEvent ? [] : replicates.slice(behind, behind + mostInEvent - some.length),
    };
  }
}
