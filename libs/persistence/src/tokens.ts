import { defaultWorkspace, notFound, type Token } from '@ionloop/domain';
import type { AskedUnder, MadeUnder, NewTokenRow, TokenStore } from '@ionloop/engine';
import { IsNull } from 'typeorm';
import type { Database } from './database.js';
import { Gather } from './gather.js';
import { tokenFromRow, type TokenRow, tokenRow } from './rows/token.js';
import { addToken } from './statements/add-token.js';
import { reading } from './statements/read-rows.js';
import { redeemToken } from './statements/redeem-token.js';

const goodTokens = reading(
  tokenRow,
  'good-tokens',
  'WHERE hash = ANY ($1::text[]) AND revoked_at IS NULL AND expires_at > clock_timestamp()',
);

export class PostgresTokens implements TokenStore {
  private readonly good: Gather<string, Token | null>;

  constructor(private readonly database: Database) {
    const { dataSource } = database;
    this.good = new Gather(async (hashes) => {
      const rows = await database.askPrepared<TokenRow>(() => goodTokens(dataSource, [hashes]));
      const found = new Map(rows.map((row) => [row.hash, tokenFromRow(row)]));
      return hashes.map((hash) => found.get(hash) ?? null);
    });
  }

  async add(token: NewTokenRow, lifetimeSeconds: number): Promise<Token> {
    await this.insert(token, lifetimeSeconds, null);
    const added = await this.database.ask((manager) => manager.findOneBy(tokenRow, { id: token.id }));
    if (!added) throw notFound('token', token.id);
    return tokenFromRow(added);
  }

  async addUnder(asked: AskedUnder, token: NewTokenRow, lifetimeSeconds: number): Promise<MadeUnder<Token>> {
    await this.insert(token, lifetimeSeconds, asked);
    const found = await this.under(asked.key);
    if (!found) throw notFound('token', token.id);
    return found;
  }

  async under(key: string): Promise<MadeUnder<Token> | null> {
    const row = await this.database.ask((manager) => manager.findOneBy(tokenRow, { requestKey: key }));
    return row && { made: tokenFromRow(row), requestHash: row.requestHash ?? '' };
  }

  valid(hash: string): Promise<Token | null> {
    return this.good.get(hash);
  }

  async redeem(hash: string): Promise<Token | null> {
    const taken = await this.database.tellOnce((manager) => redeemToken(manager, hash));
    if (!taken) return null;
    return this.database.ask(async (manager) => {
      const row = await manager.findOneBy(tokenRow, { hash });
      return row && tokenFromRow(row);
    });
  }

  all(workspace?: string): Promise<readonly Token[]> {
    return this.database.ask(async (manager) => {
      const where = workspace === undefined ? {} : { workspace };
      const rows = await manager.find(tokenRow, { where, order: { createdAt: 'ASC', id: 'ASC' } });
      return rows.map(tokenFromRow);
    });
  }

  async revoke(id: string): Promise<void> {
    const token = await this.database.ask((manager) => manager.findOneBy(tokenRow, { id }));
    if (!token) throw notFound('token', id);
    await this.database.ask((manager) =>
      manager.update(tokenRow, { id, revokedAt: IsNull() }, { revokedAt: () => 'clock_timestamp()' }),
    );
  }

  private insert(token: NewTokenRow, lifetimeSeconds: number, asked: AskedUnder | null): Promise<void> {
    const { workspace = defaultWorkspace, campaign = null, instance = false } = token;
    const whole = { ...token, workspace, campaign, instance };
    return this.database.tellOnce((manager) => addToken(manager, whole, lifetimeSeconds, asked));
  }
}
