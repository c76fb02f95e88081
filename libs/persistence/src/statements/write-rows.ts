import type { DataSource, EntityMetadata, EntitySchema, ObjectLiteral } from 'typeorm';
import type { PreparedQuery, PreparedStatement } from './prepared.js';

interface ColumnName {
  readonly databaseName: string;
  readonly propertyName: string;
}

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
    const columns = columnNames(metadata);
    const values = [JSON.stringify(rows.map((row) => byColumn(columns, row)))];
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

const columnNames = onceForEach(({ columns }): readonly ColumnName[] =>
  columns.map(({ databaseName, propertyName }) => ({ databaseName, propertyName })),
);

function onceForEach<T>(make: (metadata: EntityMetadata) => T): (metadata: EntityMetadata) => T {
  const made = new WeakMap<EntityMetadata, T>();
  return (metadata) => {
    const own = made.get(metadata) ?? make(metadata);
    made.set(metadata, own);
    return own;
  };
}

function quoted(columns: EntityMetadata['columns']): string {
  return columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
}

/** What is null is left out, and comes to the same: most of what a row of history has. */
function byColumn(columns: readonly ColumnName[], row: ObjectLiteral): ObjectLiteral {
  const named: ObjectLiteral = {};
  for (const { databaseName, propertyName } of columns) {
    const value: unknown = row[propertyName];
    if (value !== null && value !== undefined) named[databaseName] = value;
  }
  return named;
}

/** Inserts rows, and fails where one is there already. */
export const insertRows = writing(insertion);

/** Inserts rows, or updates those columns of theirs that may change. */
export const upsertRows = writing(upsertion);
