import type { DataSource, EntityManager } from 'typeorm';
import { type DatabaseAddress, unreachable } from './address.js';
import { Alike } from './alike.js';
import { StatementNames } from './statements/named.js';
import { ask, type PreparedQuery } from './statements/prepared.js';
import { asRefusal } from './refusals.js';
import { retrying } from './retry.js';
import { type Trouble, troubleOf } from './trouble.js';

/** Reads that many make: their statements are prepared, and asked once for all who wait for the same. */
export interface Asking {
  rows<R>(text: string, values: readonly unknown[]): Promise<readonly R[]>;
}

/** The database with its manners: what is worth a second try gets one, and what fails says why. */
export class Database implements Asking {
  private readonly names = new StatementNames();
  private readonly alike = new Alike();

  constructor(
    readonly dataSource: DataSource,
    private readonly address: DatabaseAddress,
  ) {}

  /** A question that may be asked twice: it reads, or comes to the same when it is repeated. */
  ask<T>(question: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.withRetries(() => question(this.dataSource.manager));
  }

  /** The same with a prepared statement, on whichever connection is free. */
  askPrepared<R>(query: () => PreparedQuery): Promise<readonly R[]> {
    return this.withRetries(async () => {
      const runner = this.dataSource.createQueryRunner();
      try {
        return await ask<R>(runner, query());
      } finally {
        await runner.release();
      }
    });
  }

  rows<R>(text: string, values: readonly unknown[]): Promise<readonly R[]> {
    return this.share({ name: this.names.of(text), text, values });
  }

  /** The same with a statement that has a name of its own. */
  share<R>(query: PreparedQuery): Promise<readonly R[]> {
    return this.alike.ask(`${query.text}\n${JSON.stringify(query.values)}`, () =>
      this.askPrepared<R>(() => query),
    );
  }

  /** What must not be repeated where nobody knows whether it was done. */
  tellOnce<T>(order: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.withRetries(
      () => order(this.dataSource.manager),
      () => null,
    );
  }

  async withRetries<T>(
    attempt: () => Promise<T>,
    classify: (error: unknown) => Trouble | null = troubleOf,
  ): Promise<T> {
    try {
      return await retrying(attempt, classify);
    } catch (error) {
      throw troubleOf(error) === 'lost' ? unreachable(this.address, error) : asRefusal(error);
    }
  }
}
