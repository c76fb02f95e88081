import type { DataSource } from 'typeorm';

/** The schema as the catalog has it, in an order of its own: the same schema gives the same text, and it can be run. */
export async function dumpSchema(dataSource: DataSource): Promise<string> {
  const ask = async (sql: string): Promise<readonly string[]> =>
    (await dataSource.query<{ definition: string }[]>(sql)).map(({ definition }) => definition);
  const blocks: string[] = [];
  for (const kind of [tables, foreignKeys, indices, views, functions, triggers])
    blocks.push(...(await ask(kind)));
  return `-- What the migrations in src/migrations make. Written by dist/write-schema.js; do not edit.\n\n${blocks.join('\n\n')}\n`;
}

const ours = `relation.relnamespace = current_schema()::regnamespace AND relation.relname <> 'schema_migration'`;

const tables = `
  SELECT format(
    E'CREATE %sTABLE %I (\\n  %s\\n);',
    CASE relation.relpersistence WHEN 'u' THEN 'UNLOGGED ' END,
    relation.relname,
    (
      SELECT string_agg(line, E',\\n  ' ORDER BY part, place, line COLLATE "C")
      FROM (
        SELECT 1 AS part, attnum AS place, concat_ws(' ',
          quote_ident(attname),
          format_type(atttypid, atttypmod),
          CASE WHEN attnotnull THEN 'NOT NULL' END,
          'DEFAULT ' || pg_get_expr(adbin, adrelid)
        ) AS line
        FROM pg_attribute
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT 2, CASE contype WHEN 'p' THEN 1 WHEN 'u' THEN 2 ELSE 3 END,
          format('CONSTRAINT %I %s', conname, pg_get_constraintdef(oid))
        FROM pg_constraint
        WHERE conrelid = relation.oid AND contype IN ('p', 'u', 'c')
      ) AS lines
    )
  ) AS definition
  FROM pg_class AS relation
  WHERE ${ours} AND relation.relkind = 'r'
  ORDER BY relation.relname COLLATE "C"`;

const foreignKeys = `
  SELECT format(
    E'ALTER TABLE %I\\n  ADD CONSTRAINT %I %s;', relation.relname, conname, pg_get_constraintdef(pg_constraint.oid)
  ) AS definition
  FROM pg_constraint
  JOIN pg_class AS relation ON relation.oid = conrelid
  WHERE ${ours} AND contype = 'f'
  ORDER BY relation.relname COLLATE "C", conname COLLATE "C"`;

const indices = `
  SELECT pg_get_indexdef(indexrelid) || ';' AS definition
  FROM pg_index
  JOIN pg_class AS relation ON relation.oid = indexrelid
  WHERE ${ours}
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    AND indrelid IS DISTINCT FROM to_regclass('schema_migration')
  ORDER BY relation.relname COLLATE "C"`;

const views = `
  SELECT format(E'CREATE VIEW %I AS\\n%s', relation.relname, pg_get_viewdef(relation.oid)) AS definition
  FROM pg_class AS relation
  WHERE ${ours} AND relation.relkind = 'v'
  ORDER BY relation.relname COLLATE "C"`;

const functions = `
  SELECT pg_get_functiondef(oid) || ';' AS definition
  FROM pg_proc
  WHERE pronamespace = current_schema()::regnamespace
  ORDER BY proname COLLATE "C"`;

const triggers = `
  SELECT pg_get_triggerdef(pg_trigger.oid) || ';' AS definition
  FROM pg_trigger
  JOIN pg_class AS relation ON relation.oid = tgrelid
  WHERE ${ours} AND NOT tgisinternal
  ORDER BY relation.relname COLLATE "C", tgname COLLATE "C"`;
