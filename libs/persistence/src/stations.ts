import { type Attempt, notFound, type Station } from '@ionloop/domain';
import type { StationStore } from '@ionloop/engine';
import { In } from 'typeorm';
import type { Database } from './database.js';
import { attemptFromRow, attemptRow } from './rows/attempt.js';
import { stationFromRow, stationRow } from './rows/station.js';
import { registerStation } from './statements/register-station.js';

export class PostgresStations implements StationStore {
  constructor(private readonly database: Database) {}

  byName(name: string): Promise<Station | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(stationRow, { name });
      return row && stationFromRow(row);
    });
  }

  byId(id: string): Promise<Station | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(stationRow, { id });
      return row && stationFromRow(row);
    });
  }

  all(): Promise<readonly Station[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(stationRow, { order: { name: 'ASC' } });
      return rows.map(stationFromRow);
    });
  }

  async register(station: Omit<Station, 'paused' | 'lastSeenAt'>): Promise<Station> {
    await this.database.ask((manager) => registerStation(manager, station));
    const registered = await this.byName(station.name);
    if (!registered) throw notFound('station', station.name);
    return registered;
  }

  async setPaused(id: string, paused: boolean): Promise<Station> {
    await this.change(id, { paused });
    const station = await this.byId(id);
    if (!station) throw notFound('station', id);
    return station;
  }

  seen(id: string): Promise<void> {
    return this.change(id, { lastSeenAt: () => 'clock_timestamp()' });
  }

  liveAttempts(stationId: string): Promise<readonly Attempt[]> {
    return this.database.ask(async (manager) => {
      const rows = await manager.find(attemptRow, {
        where: { stationId, state: In(['leased', 'started', 'suspect']) },
        order: { leasedAt: 'ASC', id: 'ASC' },
      });
      return rows.map(attemptFromRow);
    });
  }

  private async change(
    id: string,
    change: { readonly paused: boolean } | { readonly lastSeenAt: () => string },
  ): Promise<void> {
    const { affected } = await this.database.ask((manager) => manager.update(stationRow, id, change));
    if (affected === 0) throw notFound('station', id);
  }
}
