import type { RecordStore } from '../ports.js';

/** What a caller can see: a workspace, or one campaign of it. */
export interface Scope {
  readonly workspace: string;
  readonly campaign: string | null;
}

interface OfCampaign {
  readonly campaignId: string;
}

/** Whether something lies within a scope. What does not is treated as what is not there. */
export class Within {
  constructor(
    private readonly store: Pick<RecordStore, 'workspaces'>,
    readonly scope: Scope,
  ) {}

  async has(campaignId: string): Promise<boolean> {
    const { workspace, campaign } = this.scope;
    if (campaign !== null && campaign !== campaignId) return false;
    return (await this.store.workspaces.ofCampaign(campaignId)) === workspace;
  }

  async orNull<T extends OfCampaign>(row: T | null): Promise<T | null> {
    return row !== null && (await this.has(row.campaignId)) ? row : null;
  }

  async those<T extends OfCampaign>(rows: readonly T[]): Promise<readonly T[]> {
    const ids = await this.campaigns(rows.map(({ campaignId }) => campaignId));
    return rows.filter(({ campaignId }) => ids.has(campaignId));
  }

  async campaigns(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const asked = [...new Set(ids)];
    const known = await Promise.all(asked.map((id) => this.has(id)));
    return new Set(asked.filter((_, index) => known[index]));
  }

  /** The answer for a campaign within, and what there is to say of one that is not there. */
  async of<T>(campaignId: string, read: () => Promise<T>, nothing: T): Promise<T> {
    return (await this.has(campaignId)) ? read() : nothing;
  }

  /** Keys of idempotency are each workspace's own. Those of the default one are as they were before there were others. */
  keyScope(scope: string): string {
    const { workspace } = this.scope;
    return workspace === 'default' ? scope : `@${workspace}:${scope}`;
  }
}
