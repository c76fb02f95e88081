import { type Attempt, defaultWorkspace, notFound, type Station } from '@ionloop/domain';
import type { NewStation, StationStore } from '@ionloop/engine';
import { In } from 'typeorm';
import type { Database } from './database.js';
import { Gather } from './gather.js';
import { attemptFromRow, attemptRow } from './rows/attempt.js';
import { stationFromRow, type StationRow, stationRow } from './rows/station.js';
import { reading } from './statements/read-rows.js';
import { registerStation } from './statements/register-station.js';
import { sawStations } from './statements/saw-stations.js';

const byNames = reading(
  stationRow,
  'stations-by-name',
  'JOIN unnest($1::text[], $2::text[]) AS asked (workspace, name) USING (workspace, name)',
);

const stationsIn = reading(
  stationRow,
  'stations-in',
  'WHERE $1::text IS NULL OR workspace = $1 ORDER BY name, id',
);

interface Named {
  readonly workspace: string;
  readonly name: string;
}
const inFull = ({ workspace, name }: Named): string => JSON.stringify([workspace, name]);

export class PostgresStations implements StationStore {
  private readonly named: Gather<Named, Station | null>;
  private readonly sightings: Gather<string, boolean>;

  constructor(private readonly database: Database) {
    const { dataSource } = database;
    this.named = new Gather(async (asked) => {
      const values = [asked.map(({ workspace }) => workspace), asked.map(({ name }) => name)];
      const rows = await database.askPrepared<StationRow>(() => byNames(dataSource, values));
      const found = new Map(rows.map((row) => [inFull(row), stationFromRow(row)]));
      return asked.map((one) => found.get(inFull(one)) ?? null);
    });
    this.sightings = new Gather(async (ids) => {
      const rows = await database.askPrepared<{ id: string }>(() => sawStations(ids));
      const known = new Set(rows.map(({ id }) => id));
      return ids.map((id) => known.has(id));
    });
  }

  byName(name: string, workspace: string = defaultWorkspace): Promise<Station | null> {
    return this.named.get({ workspace, name });
  }

  byId(id: string): Promise<Station | null> {
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(stationRow, { id });
      return row && stationFromRow(row);
    });
  }

  async all(workspace?: string): Promise<readonly Station[]> {
    const { dataSource } = this.database;
    const rows = await this.database.share<StationRow>(stationsIn(dataSource, [workspace ?? null]));
    return rows.map(stationFromRow);
  }

  async register(station: NewStation): Promise<Station> {
    const { workspace = defaultWorkspace } = station;
    await this.database.ask((manager) => registerStation(manager, { ...station, workspace }));
    const registered = await this.byName(station.name, workspace);
    if (!registered) throw notFound('station', station.name);
    return registered;
  }

  async setPaused(id: string, paused: boolean): Promise<Station> {
    const { affected } = await this.database.ask((manager) => manager.update(stationRow, id, { paused }));
    if (affected === 0) throw notFound('station', id);
    const station = await this.byId(id);
    if (!station) throw notFound('station', id);
    return station;
  }

  async seen(id: string): Promise<void> {
    if (!(await this.sightings.get(id))) throw notFound('station', id);
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
}
