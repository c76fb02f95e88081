import type { EntityMetadata, EntitySchema, ObjectLiteral, QueryRunner } from 'typeorm';

/** Statements whose text is the same however many rows there are; rows are written in the order given. */

/** Inserts rows, or updates those columns of theirs that may change. */
export const upsertRows = <R extends ObjectLiteral>(
  runner: QueryRunner,
  schema: EntitySchema<R>,
  rows: readonly R[],
): Promise<void> => write(runner, schema, rows, upsertion);

/** Inserts rows, and fails where one is there already. */
export const insertRows = <R extends ObjectLiteral>(
  runner: QueryRunner,
  schema: EntitySchema<R>,
  rows: readonly R[],
): Promise<void> => write(runner, schema, rows, insertion);

async function write<R extends ObjectLiteral>(
  runner: QueryRunner,
  schema: EntitySchema<R>,
  rows: readonly R[],
  textFor: (metadata: EntityMetadata) => string,
): Promise<void> {
  if (rows.length === 0) return;
  const metadata = runner.dataSource.getMetadata(schema);
  await runner.query(textFor(metadata), [JSON.stringify(rows.map((row) => byColumn(metadata, row)))]);
}

const insertion = onceForEach(({ tableName, columns }) => {
  const names = quoted(columns);
  return `
    INSERT INTO "${tableName}" (${names})
    SELECT ${names} FROM json_populate_recordset(NULL::"${tableName}", $1)`;
});

const upsertion = onceForEach((metadata) => {
  const changes = metadata.columns
    .filter(({ isUpdate }) => isUpdate)
    .map(({ databaseName }) => `"${databaseName}" = excluded."${databaseName}"`);
  const action = changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING';
  return `${insertion(metadata)}
    ON CONFLICT (${quoted(metadata.primaryColumns)}) DO ${action}`;
});

function onceForEach(textFor: (metadata: EntityMetadata) => string): (metadata: EntityMetadata) => string {
  const texts = new WeakMap<EntityMetadata, string>();
  return (metadata) => {
    const text = texts.get(metadata) ?? textFor(metadata);
    texts.set(metadata, text);
    return text;
  };
}

function quoted(columns: EntityMetadata['columns']): string {
  return columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
}

const byColumn = (metadata: EntityMetadata, row: ObjectLiteral): ObjectLiteral =>
  Object.fromEntries(
    metadata.columns.map(({ databaseName, propertyName }) => [databaseName, row[propertyName] as unknown]),
  );
