import type { Role, Token } from '@ionloop/domain';
import { fixed, flag, instant, key, nullable, table, text } from './columns.js';
import { inWorkspace, toWorkspace } from './workspace.js';

export interface TokenRow {
  id: string;
  name: string;
  hash: string;
  role: Role;
  station: string | null;
  workspace: string;
  campaign: string | null;
  instance: boolean;
  oneTime: boolean;
  createdAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
  /** Under which key it was asked for, and what: null where it was asked for without. */
  requestKey: string | null;
  requestHash: string | null;
}

export const tokenRow = table<TokenRow>({
  name: 'token',
  columns: {
    id: key('token', text()),
    name: fixed(text()),
    hash: fixed(text()),
    role: fixed(text()),
    station: fixed(nullable(text())),
    oneTime: fixed(flag('one_time')),
    createdAt: fixed(instant('created_at')),
    expiresAt: fixed(instant('expires_at')),
    revokedAt: nullable(instant('revoked_at')),
    workspace: fixed(inWorkspace()),
    campaign: fixed(nullable(text())),
    instance: fixed({ ...flag(), default: false }),
    requestKey: fixed(nullable(text('request_key'))),
    requestHash: fixed(nullable(text('request_hash'))),
  },
  uniques: [
    { name: 'token_hash_key', columns: ['hash'] },
    { name: 'token_request_key', columns: ['requestKey'] },
  ],
  foreignKeys: [toWorkspace('token')],
});

export const tokenFromRow = (row: TokenRow): Token => ({
  id: row.id,
  name: row.name,
  hash: row.hash,
  role: row.role,
  station: row.station,
  workspace: row.workspace,
  campaign: row.campaign,
  instance: row.instance,
  oneTime: row.oneTime,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  revokedAt: row.revokedAt?.toISOString() ?? null,
});
