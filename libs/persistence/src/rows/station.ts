import type { Station } from '@ionloop/domain';
import { fixed, flag, instant, integer, json, key, table, text, textArray } from './columns.js';
import { inWorkspace, toWorkspace } from './workspace.js';

export interface StationRow {
  id: string;
  workspace: string;
  name: string;
  bootId: string;
  properties: string[];
  limits: Station['limits'];
  schemaVersion: number;
  paused: boolean;
  lastSeenAt: Date;
}

export const stationRow = table<StationRow>({
  name: 'station',
  columns: {
    id: key('station', text()),
    name: fixed(text()),
    bootId: text('boot_id'),
    properties: textArray(),
    limits: json(),
    schemaVersion: integer('schema_version'),
    paused: flag(),
    lastSeenAt: instant('last_seen_at'),
    workspace: fixed(inWorkspace()),
  },
  uniques: [{ name: 'station_name_key', columns: ['workspace', 'name'] }],
  foreignKeys: [toWorkspace('station')],
});

export const stationFromRow = ({ lastSeenAt, ...rest }: StationRow): Station => ({
  ...rest,
  lastSeenAt: lastSeenAt.toISOString(),
});
