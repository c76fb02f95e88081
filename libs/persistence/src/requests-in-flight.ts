import type { Held, KeyedRequest, RequestsInFlight } from '@ionloop/engine';
import type { Database } from './database.js';
import { requestInFlightRow } from './rows/request-in-flight.js';
import { holdRequest } from './statements/hold-request.js';

export class PostgresRequestsInFlight implements RequestsInFlight {
  constructor(private readonly database: Database) {}

  hold(request: KeyedRequest, holder: string, seconds: number): Promise<Held> {
    return this.database.ask((manager) => holdRequest(manager, request, holder, seconds));
  }

  async release({ scope, key }: KeyedRequest, holder: string): Promise<void> {
    await this.database.ask((manager) => manager.delete(requestInFlightRow, { scope, key, holder }));
  }
}
