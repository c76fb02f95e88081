import type { CountsOf, Listed, PageAsked } from '@ionloop/engine';
import type { EntitySchema, ObjectLiteral } from 'typeorm';
import type { Asking, Database } from '../database.js';
import type { Chosen } from './chosen.js';
import { columnsOf } from './read-rows.js';

/** SQL of one list. It may name the parameters from $1 on, in the order of `values`. */
export interface ListSql<R extends ObjectLiteral> {
  readonly schema: EntitySchema<R>;
  /** The column that says whose row it is; null where the list has no parent. */
  readonly parent: string | null;
  /** What it is sorted by, and its type; null where the tie alone is the order. */
  readonly key: { readonly sql: string; readonly type: string } | null;
  readonly tie: { readonly sql: string; readonly type: string };
  readonly where: string;
  readonly values: readonly unknown[];
  readonly descending: boolean;
}

/** All rows of a campaign by the time at which they were made. */
export const ofCampaign = <R extends ObjectLiteral>(
  schema: EntitySchema<R>,
  descending: boolean,
): ListSql<R> => ({
  ...{ schema, parent: 'campaign_id', where: 'true', values: [], descending },
  key: { sql: 'created_at', type: 'timestamptz' },
  tie: { sql: 'id COLLATE "C"', type: 'text' },
});

/** How many rows of its own each campaign has, of those that are chosen. */
export async function countsOf(
  asking: Asking,
  table: string,
  campaignIds: readonly string[],
  { where, values }: Chosen = { where: 'true', values: [] },
): CountsOf {
  const sql = `
    SELECT campaign_id AS id, count(*)::integer AS count FROM ${table}
    WHERE campaign_id = ANY ($${values.length + 1}::text[]) AND (${where}) GROUP BY campaign_id`;
  const rows = await asking.rows<{ readonly id: string; readonly count: number }>(sql, [
    ...values,
    campaignIds,
  ]);
  const counts = new Map(rows.map(({ id, count }) => [id, count]));
  return new Map(campaignIds.map((id) => [id, counts.get(id) ?? 0]));
}

type Found<R> = R & {
  readonly list_parent: string;
  readonly list_key: number | string | Date | null;
  readonly list_tie: number | string;
};

/** The same page of each parent, in one statement however many they are. */
export async function pageOf<R extends ObjectLiteral, T>(
  database: Database,
  list: ListSql<R>,
  parents: readonly string[],
  page: PageAsked,
  fromRow: (row: R) => T,
): Promise<ReadonlyMap<string, readonly Listed<T>[]>> {
  const metadata = database.dataSource.getMetadata(list.schema);
  const { from, values } = pageSql(list, metadata.tableName, parents, page);
  const columns = `${columnsOf(metadata)}, asked.id AS list_parent, list_key, list_tie`;
  const rows = await database.rows<Found<R>>(`SELECT ${columns} ${from}`, values);
  const pages = new Map<string, Listed<T>[]>(parents.map((parent) => [parent, []]));
  for (const row of page.backward ? rows.toReversed() : rows) {
    const { list_parent, list_key, list_tie, ...own } = row;
    const key = list_key instanceof Date ? list_key.toISOString() : list_key;
    pages.get(list_parent)?.push({ item: fromRow(own as unknown as R), place: { key, tie: list_tie } });
  }
  return pages;
}

/**
 * Rows with a key come first, in its order; those without one after them. Each part is a stretch of an index, and
 * neither has to be read further than the page goes.
 */
function pageSql<R extends ObjectLiteral>(
  { parent, key, tie, where, values: own, descending }: ListSql<R>,
  table: string,
  parents: readonly string[],
  { count, backward, from: place }: PageAsked,
): { readonly from: string; readonly values: readonly unknown[] } {
  const values: unknown[] = [...own];
  const given = (value: unknown, type: string): string => `$${values.push(value)}::${type}`;
  const direction = descending === backward ? 'ASC' : 'DESC';
  const beyond = direction === 'ASC' ? '>' : '<';
  const most = given(count, 'integer');
  const part = (number: number, condition: string, keySql: string): string => `(
      SELECT "${table}".*, ${number} AS list_part, ${keySql} AS list_key, ${tie.sql} AS list_tie
      FROM "${table}"
      WHERE ${parent === null ? '' : `${parent} = asked.id AND`} (${where}) AND ${condition}
      ORDER BY ${number === 0 && key !== null ? `${key.sql} ${direction}, ` : ''}${tie.sql} ${direction}
      LIMIT ${most}
    )`;
  const keyed = (condition: string): string =>
    key === null ? '' : part(0, `${key.sql} IS NOT NULL AND ${condition}`, key.sql);
  const blank = (condition: string): string =>
    key === null
      ? part(1, condition, 'NULL::text')
      : part(1, `${key.sql} IS NULL AND ${condition}`, `NULL::${key.type}`);
  const beyondTie = (): string => `${tie.sql} ${beyond} ${given(place?.tie, tie.type)}`;
  const parts = (): readonly string[] => {
    if (place === null) return [keyed('true'), blank('true')];
    if (key === null) return [blank(beyondTie())];
    if (place.key === null) return backward ? [keyed('true'), blank(beyondTie())] : [blank(beyondTie())];
    const later = `(${key.sql}, ${tie.sql}) ${beyond} (${given(place.key, key.type)}, ${given(place.tie, tie.type)})`;
    return backward ? [keyed(later)] : [keyed(later), blank('true')];
  };
  const both = parts().filter((sql) => sql !== '');
  const order = `list_part ${backward ? 'DESC' : 'ASC'}, list_key ${direction}, list_tie ${direction}`;
  const from = `FROM unnest(${given(parents, 'text[]')}) AS asked (id) CROSS JOIN LATERAL (
    SELECT * FROM (${both.join(' UNION ALL ')}) AS parts ORDER BY ${order} LIMIT ${most}
  ) AS "${table}" ORDER BY asked.id, ${order}`;
  return { from, values };
}
