import type { BucketPolicy, Buckets, Taken } from '@ionloop/engine';
import type { Database } from './database.js';
import { forgetBuckets, type TakenRow, takePermits } from './statements/take-permits.js';

/** Rows of an unlogged table: a crash of the database empties it, and every bucket is full again. */
export class PostgresBuckets implements Buckets {
  constructor(private readonly database: Database) {}

  async take(key: string, wanted: number, { rate, burst }: BucketPolicy): Promise<Taken> {
    const [taken] = await this.database.askPrepared<TakenRow>(() => takePermits(key, wanted, rate, burst));
    if (!taken) throw new Error('a bucket gave no row');
    return taken;
  }

  async forget(): Promise<void> {
    await this.database.ask((manager) => manager.query(forgetBuckets));
  }
}
