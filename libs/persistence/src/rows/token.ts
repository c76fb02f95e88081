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
  },
  uniques: [{ name: 'token_hash_key', columns: ['hash'] }],
  foreignKeys: [toWorkspace('token')],
});

export const tokenFromRow = ({ createdAt, expiresAt, revokedAt, ...rest }: TokenRow): Token => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  revokedAt: revokedAt?.toISOString() ?? null,
});
