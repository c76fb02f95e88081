import { type NodeKind, nodeKinds } from '@ionloop/engine';
import type { EntityManager } from 'typeorm';

/** Each kind has a table of its name. */
const sql = nodeKinds
  .map((kind) => `SELECT '${kind}' AS kind, id FROM ${kind} WHERE id = ANY ($1)`)
  .join(' UNION ALL ');

export async function kinds(
  manager: EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NodeKind>> {
  const rows = await manager.query<{ readonly kind: NodeKind; readonly id: string }[]>(sql, [ids]);
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}
