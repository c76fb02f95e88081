import { type AccessChange, defaultWorkspace, IonloopError, type Workspace } from '@ionloop/domain';
import type { AccessLog, WorkspaceStore } from '../ports.js';
import type { SharedTables } from './tables.js';

export class InMemoryWorkspaces implements WorkspaceStore {
  private readonly workspaces = new Map<string, Workspace>();

  constructor(
    private readonly shared: SharedTables,
    private readonly clock: () => Date,
  ) {
    const createdAt = clock().toISOString();
    this.workspaces.set(defaultWorkspace, { id: defaultWorkspace, name: 'Default', createdAt });
  }

  add({ id, name }: Pick<Workspace, 'id' | 'name'>): Promise<Workspace> {
    if (this.workspaces.has(id)) {
      return Promise.reject(new IonloopError('CONFLICT', `workspace ${id} exists already`, 'id'));
    }
    const workspace = { id, name, createdAt: this.clock().toISOString() };
    this.workspaces.set(id, workspace);
    return Promise.resolve(workspace);
  }

  byId(id: string): Promise<Workspace | null> {
    return Promise.resolve(this.workspaces.get(id) ?? null);
  }

  all(): Promise<readonly Workspace[]> {
    return Promise.resolve([...this.workspaces.values()]);
  }

  ofCampaign(campaignId: string): Promise<string | null> {
    return Promise.resolve(this.shared.campaigns.get(campaignId)?.workspace ?? null);
  }

  campaignOfModel(modelId: string): Promise<string | null> {
    const found = [...this.shared.campaigns].find(([, { rows }]) => rows.find('model', modelId));
    return Promise.resolve(found?.[0] ?? null);
  }
}

export class InMemoryAccessLog implements AccessLog {
  private readonly changes: AccessChange[] = [];

  constructor(private readonly clock: () => Date) {}

  add(change: Omit<AccessChange, 'at'>): Promise<void> {
    if (!this.changes.some(({ id }) => id === change.id)) {
      this.changes.push({ ...change, at: this.clock().toISOString() });
    }
    return Promise.resolve();
  }

  page(workspace: string, first: number, before?: string): Promise<readonly AccessChange[]> {
    const own = this.changes.filter(
      (change) => change.workspace === workspace && (before === undefined || change.id < before),
    );
    return Promise.resolve(own.sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, first));
  }
}
