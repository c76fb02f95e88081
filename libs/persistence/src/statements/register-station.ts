import type { Station } from '@ionloop/domain';
import type { EntityManager } from 'typeorm';

const sql = `
  INSERT INTO station (id, workspace, name, boot_id, properties, limits, schema_version, paused, last_seen_at)
  VALUES ($1, $7, $2, $3, $4, $5, $6, false, clock_timestamp())
  ON CONFLICT (workspace, name) DO UPDATE SET
    boot_id = excluded.boot_id,
    properties = excluded.properties,
    limits = excluded.limits,
    schema_version = excluded.schema_version,
    last_seen_at = excluded.last_seen_at`;

/** A station that is known by its name keeps its id and its switch. */
export async function registerStation(
  manager: EntityManager,
  station: Omit<Station, 'paused' | 'lastSeenAt'>,
): Promise<void> {
  const { id, workspace, name, bootId, properties, limits, schemaVersion } = station;
  await manager.query(sql, [id, name, bootId, properties, JSON.stringify(limits), schemaVersion, workspace]);
}
