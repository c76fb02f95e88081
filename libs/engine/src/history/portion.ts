import { notFound, type PastReplicate, type PastSource } from '@ionloop/domain';
import type { CampaignTransaction, RecordReader } from '../ports.js';
import type { Sorting } from './sorting.js';

/** What all portions of an import say alike. */
export interface Import {
  readonly importId: string;
  readonly source: PastSource;
}

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

/** Appends the portion as one event; tells from which number on its experiments are. */
export async function appendPortion(
  tx: CampaignTransaction,
  { importId, source }: Import,
  sorting: Sorting,
  replicates: readonly PastReplicate[],
): Promise<number> {
  const [{ property, unit }] = tx.campaign.objectives;
  const first = tx.campaign.experiments + 1;
  const { experiments } = sorting.portion;
  if (sorting.size === 0) return first;
  await tx.experimentsById([...new Set(replicates.map(({ experimentId }) => experimentId))]);
  tx.append({
    type: 'history.imported',
    ...{ importId, source, property, unit, first, experiments, replicates },
  });
  return first;
}
