import type { Campaign } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';
import { campaignFromRow, type CampaignProgress, campaignRow, withProgress } from './rows/campaign.js';

const atMost = 100;

/** A campaign's settings can be as large as a pool of candidates: they are read once for each of their revisions and kept. */
export class KnownCampaigns {
  private readonly campaigns = new Map<string, Campaign>();

  async get(manager: EntityManager, id: string, progress: CampaignProgress): Promise<Campaign> {
    const known = this.campaigns.get(id);
    const campaign =
      known?.revision === progress.revision
        ? known
        : campaignFromRow(await manager.findOneByOrFail(campaignRow, { id }));
    this.keep(campaign);
    return withProgress(campaign, progress);
  }

  /** The one that was not asked for longest is the first of the map, and goes. */
  private keep(campaign: Campaign): void {
    this.campaigns.delete(campaign.id);
    this.campaigns.set(campaign.id, campaign);
    const [oldest] = this.campaigns.keys();
    if (oldest !== undefined && this.campaigns.size > atMost) this.campaigns.delete(oldest);
  }
}
