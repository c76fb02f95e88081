import { notFound, type Token } from '@ionloop/domain';
import type { TokenStore } from '@ionloop/engine';
import { type DataSource, type EntityManager, IsNull, Raw } from 'typeorm';
import { asRefusal } from './refusals.js';
import { retrying } from './retry.js';
import { tokenFromRow, tokenRow } from './rows/token.js';
import { addToken } from './statements/add-token.js';
import { redeemToken } from './statements/redeem-token.js';

export class PostgresTokens implements TokenStore {
  constructor(private readonly dataSource: DataSource) {}

  async add(
    token: Omit<Token, 'createdAt' | 'expiresAt' | 'revokedAt'>,
    lifetimeSeconds: number,
  ): Promise<Token> {
    try {
      await addToken(this.dataSource.manager, token, lifetimeSeconds);
    } catch (error) {
      throw asRefusal(error);
    }
    const added = await this.ask((manager) => manager.findOneBy(tokenRow, { id: token.id }));
    if (!added) throw notFound('token', token.id);
    return tokenFromRow(added);
  }

  valid(hash: string): Promise<Token | null> {
    return this.ask(async (manager) => {
      const row = await manager.findOneBy(tokenRow, {
        hash,
        revokedAt: IsNull(),
        expiresAt: Raw((column) => `${column} > clock_timestamp()`),
      });
      return row && tokenFromRow(row);
    });
  }

  /** Not repeated where the connection is lost: whether it was taken is then not known, and it must not be given twice. */
  async redeem(hash: string): Promise<Token | null> {
    if (!(await redeemToken(this.dataSource.manager, hash))) return null;
    return this.ask(async (manager) => {
      const row = await manager.findOneBy(tokenRow, { hash });
      return row && tokenFromRow(row);
    });
  }

  all(): Promise<readonly Token[]> {
    return this.ask(async (manager) => {
      const rows = await manager.find(tokenRow, { order: { createdAt: 'ASC', id: 'ASC' } });
      return rows.map(tokenFromRow);
    });
  }

  async revoke(id: string): Promise<void> {
    const token = await this.ask((manager) => manager.findOneBy(tokenRow, { id }));
    if (!token) throw notFound('token', id);
    await this.ask((manager) =>
      manager.update(tokenRow, { id, revokedAt: IsNull() }, { revokedAt: () => 'clock_timestamp()' }),
    );
  }

  private ask<T>(question: (manager: EntityManager) => Promise<T>): Promise<T> {
    return retrying(() => question(this.dataSource.manager));
  }
}
