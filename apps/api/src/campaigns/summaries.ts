import type { RecordReader } from '@ionloop/engine';
import { Recent, remembered } from '../graphql/recent.js';
import { type CampaignSummary, summarise } from './summary.js';

/**
 * Summaries by campaign and sequence number. Whatever a summary tells of is in the log, so one that was made for an
 * event is right until the next.
 */
export class Summaries {
  private readonly recent = new Recent<Promise<CampaignSummary | null>>(64);

  constructor(private readonly read: RecordReader) {}

  async of(campaignId: string): Promise<CampaignSummary | null> {
    const seq = await this.read.lastSeq(campaignId);
    return remembered(this.recent, `${campaignId}@${seq}`, () => this.make(campaignId));
  }

  private async make(campaignId: string): Promise<CampaignSummary | null> {
    const snapshot = await this.read.planningSnapshot(campaignId);
    if (!snapshot) return null;
    const tried = snapshot.experiments.filter(({ fence }) => fence > 0).map(({ id }) => id);
    return summarise(snapshot, tried.length === 0 ? [] : await this.read.attempts(tried));
  }
}
