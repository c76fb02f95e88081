import type { DataSource, EntityMetadata, EntitySchema, ObjectLiteral } from 'typeorm';
import type { PreparedQuery, PreparedStatement } from './prepared.js';

type Writing = <R extends ObjectLiteral>(
  dataSource: DataSource,
  schema: EntitySchema<R>,
  rows: readonly R[],
) => readonly PreparedQuery[];

/** A statement whose text is the same however many rows there are; they are written in the order given. */
const writing =
  (statementFor: (metadata: EntityMetadata) => PreparedStatement): Writing =>
  (dataSource, schema, rows) => {
    if (rows.length === 0) return [];
    const metadata = dataSource.getMetadata(schema);
    const values = [JSON.stringify(rows.map((row) => byColumn(metadata, row)))];
    return [{ ...statementFor(metadata), values }];
  };

const insertion = onceForEach(({ tableName, columns }) => {
  const names = quoted(columns);
  return {
    name: `insert-${tableName}`,
    text: `
      INSERT INTO "${tableName}" (${names})
      SELECT ${names} FROM json_populate_recordset(NULL::"${tableName}", $1)`,
  };
});

const upsertion = onceForEach((metadata) => {
  const changes = metadata.columns
    .filter(({ isUpdate }) => isUpdate)
    .map(({ databaseName }) => `"${databaseName}" = excluded."${databaseName}"`);
  const action = changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING';
  return {
    name: `upsert-${metadata.tableName}`,
    text: `${insertion(metadata).text}
      ON CONFLICT (${quoted(metadata.primaryColumns)}) DO ${action}`,
  };
});

function onceForEach(
  statementFor: (metadata: EntityMetadata) => PreparedStatement,
): (metadata: EntityMetadata) => PreparedStatement {
  const statements = new WeakMap<EntityMetadata, PreparedStatement>();
  return (metadata) => {
    const statement = statements.get(metadata) ?? statementFor(metadata);
    statements.set(metadata, statement);
    return statement;
  };
}

function quoted(columns: EntityMetadata['columns']): string {
  return columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
}

function byColumn(metadata: EntityMetadata, row: ObjectLiteral): ObjectLiteral {
  return Object.fromEntries(
    metadata.columns.map(({ databaseName, propertyName }) => [databaseName, row[propertyName] as unknown]),
  );
}

/** Inserts rows, and fails where one is there already. */
export const insertRows = writing(insertion);

/** Inserts rows, or updates those columns of theirs that may change. */
export const upsertRows = writing(upsertion);
