import type { Held, KeyedRequest, RequestsInFlight } from '@ionloop/engine';
import type { Database } from './database.js';
import { Gather } from './gather.js';
import { type HeldRow, type Holding, holdRequests, releaseRequests } from './statements/hold-request.js';

export class PostgresRequestsInFlight implements RequestsInFlight {
  private readonly holds: Gather<Holding, Held>;
  private readonly releases: Gather<Omit<Holding, 'seconds'>, undefined>;

  constructor(database: Database) {
    // Two under one key cannot be asked for together; then each is asked for by itself.
    this.holds = new Gather(async (asked) => {
      const rows = await database.askPrepared<HeldRow>(() => holdRequests(asked));
      const found = new Map(rows.map((row) => [nameOf(row), row]));
      return asked.map(({ request }) => {
        const row = found.get(nameOf(request));
        return row?.ours === true ? { ours: true } : { ours: false, requestHash: row?.requestHash ?? null };
      });
    });
    this.releases = new Gather(async (asked) => {
      await database.askPrepared(() => releaseRequests(asked));
      return asked.map(() => undefined);
    });
  }

  hold(request: KeyedRequest, holder: string, seconds: number): Promise<Held> {
    return this.holds.get({ request, holder, seconds });
  }

  release(request: KeyedRequest, holder: string): Promise<void> {
    return this.releases.get({ request, holder });
  }
}

const nameOf = ({ scope, key }: Pick<KeyedRequest, 'scope' | 'key'>): string => JSON.stringify([scope, key]);
