import { type Attempt, isLive, notFound, type Station } from '@ionloop/domain';
import type { StationStore } from '../ports.js';
import type { SharedTables } from './tables.js';

export class InMemoryStations implements StationStore {
  constructor(
    private readonly shared: SharedTables,
    private readonly clock: () => Date,
  ) {}

  byName(name: string): Promise<Station | null> {
    return Promise.resolve(
      [...this.shared.stations.values()].find((station) => station.name === name) ?? null,
    );
  }

  byId(id: string): Promise<Station | null> {
    return Promise.resolve(this.shared.stations.get(id) ?? null);
  }

  all(): Promise<readonly Station[]> {
    return Promise.resolve([...this.shared.stations.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  async register(station: Omit<Station, 'paused' | 'lastSeenAt'>): Promise<Station> {
    const known = await this.byName(station.name);
    const registered: Station = {
      ...station,
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
