import { type Attempt, defaultWorkspace, isLive, notFound, type Station } from '@ionloop/domain';
import type { NewStation, StationStore } from '../ports.js';
import type { SharedTables } from './tables.js';

export class InMemoryStations implements StationStore {
  constructor(
    private readonly shared: SharedTables,
    private readonly clock: () => Date,
  ) {}

  byName(name: string, workspace: string = defaultWorkspace): Promise<Station | null> {
    const all = [...this.shared.stations.values()];
    return Promise.resolve(
      all.find((station) => station.name === name && station.workspace === workspace) ?? null,
    );
  }

  byId(id: string): Promise<Station | null> {
    return Promise.resolve(this.shared.stations.get(id) ?? null);
  }

  all(workspace?: string): Promise<readonly Station[]> {
    const all = [...this.shared.stations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    return Promise.resolve(
      workspace === undefined ? all : all.filter((station) => station.workspace === workspace),
    );
  }

  async register({ workspace = defaultWorkspace, ...station }: NewStation): Promise<Station> {
    const known = await this.byName(station.name, workspace);
    const registered: Station = {
      ...station,
      workspace,
      id: known?.id ?? station.id,
      paused: known?.paused ?? false,
      lastSeenAt: this.clock().toISOString(),
    };
    this.shared.stations.set(registered.id, registered);
    return registered;
  }

  setPaused(id: string, paused: boolean): Promise<Station> {
    return Promise.resolve(this.change(id, { paused }));
  }

  seen(id: string): Promise<void> {
    this.change(id, { lastSeenAt: this.clock().toISOString() });
    return Promise.resolve();
  }

  liveAttempts(stationId: string): Promise<readonly Attempt[]> {
    return Promise.resolve(
      [...this.shared.campaigns.values()]
        .flatMap(({ rows }) => rows.all('attempt'))
        .filter((attempt) => attempt.stationId === stationId && isLive(attempt.state)),
    );
  }

  private change(id: string, change: Partial<Station>): Station {
    const known = this.shared.stations.get(id);
    if (!known) throw notFound('station', id);
    const changed = { ...known, ...change };
    this.shared.stations.set(id, changed);
    return changed;
  }
}
