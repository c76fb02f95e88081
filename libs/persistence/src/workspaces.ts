import { type AccessChange, IonloopError, notFound, type Workspace } from '@ionloop/domain';
import type { AccessLog, WorkspaceStore } from '@ionloop/engine';
import type { Database } from './database.js';
import { campaignRow } from './rows/campaign.js';
import {
  accessChangeFromRow,
  type AccessChangeRow,
  workspaceFromRow,
  workspaceRow,
} from './rows/workspace.js';

/** A campaign stays where it was made: what was looked up once is right for ever. */
const atMost = 20_000;

export class PostgresWorkspaces implements WorkspaceStore {
  private readonly homes = new Map<string, string>();

  constructor(private readonly database: Database) {}

  async add({ id, name }: Pick<Workspace, 'id' | 'name'>): Promise<Workspace> {
    const added = await this.database.ask((manager) => manager.query<unknown[]>(insert, [id, name]));
    if (added.length === 0) throw new IonloopError('CONFLICT', `workspace ${id} exists already`, 'id');
    const workspace = await this.byId(id);
    if (!workspace) throw notFound('workspace', id);
    return workspace;
  }

  byId(id: string): Promise<Workspace | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(workspaceRow, { id });
      return row && workspaceFromRow(row);
    });
  }

  all(): Promise<readonly Workspace[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(workspaceRow, { order: { createdAt: 'ASC', id: 'ASC' } });
      return rows.map(workspaceFromRow);
    });
  }

  async ofCampaign(campaignId: string): Promise<string | null> {
    const known = this.homes.get(campaignId);
    if (known !== undefined) return known;
    const row = await this.database.ask((manager) =>
      manager.findOne(campaignRow, { where: { id: campaignId }, select: { id: true, workspace: true } }),
    );
    if (!row) return null;
    const [oldest] = this.homes.keys();
    if (oldest !== undefined && this.homes.size >= atMost) this.homes.delete(oldest);
    this.homes.set(campaignId, row.workspace);
    return row.workspace;
  }

  async campaignOfModel(modelId: string): Promise<string | null> {
    const select = 'SELECT campaign_id AS id FROM model WHERE id = $1';
    const [row] = await this.database.ask((manager) => manager.query<{ id: string }[]>(select, [modelId]));
    return row?.id ?? null;
  }
}

const insert = `
  INSERT INTO workspace (id, name, created_at)
  VALUES ($1, $2, date_trunc('milliseconds', clock_timestamp()))
  ON CONFLICT DO NOTHING
  RETURNING id`;

export class PostgresAccessLog implements AccessLog {
  constructor(private readonly database: Database) {}

  async add({ id, workspace, actor, action, subject, detail }: Omit<AccessChange, 'at'>): Promise<void> {
    const values = [id, workspace, JSON.stringify(actor), action, subject, JSON.stringify(detail)];
    await this.database.ask((manager) => manager.query(insertChange, values));
  }

  page(workspace: string, first: number, before?: string): Promise<readonly AccessChange[]> {
    return this.database.ask(async (manager) => {
      const values = [workspace, before ?? null, first];
      return (await manager.query<AccessChangeRow[]>(selectChanges, values)).map(accessChangeFromRow);
    });
  }
}

/** Comes to the same however often it is said. */
const insertChange = `
  INSERT INTO access_change (id, workspace, at, actor, action, subject, detail)
  VALUES ($1, $2, date_trunc('milliseconds', clock_timestamp()), $3, $4, $5, $6)
  ON CONFLICT DO NOTHING`;

const selectChanges = `
  SELECT id, workspace, at, actor, action, subject, detail FROM access_change
  WHERE workspace = $1 AND ($2::text IS NULL OR id COLLATE "C" < $2)
  ORDER BY id COLLATE "C" DESC
  LIMIT $3`;
