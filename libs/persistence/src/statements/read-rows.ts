import type { DataSource, EntityMetadata, EntitySchema, ObjectLiteral } from 'typeorm';
import type { PreparedQuery } from './prepared.js';

/** A row's columns under the names that its mapper knows, so that hot reads can do without TypeORM's query builder. */
export function reading<R extends ObjectLiteral>(
  schema: EntitySchema<R>,
  name: string,
  rest: string,
): (dataSource: DataSource, values: readonly unknown[]) => PreparedQuery {
  const texts = new WeakMap<EntityMetadata, string>();
  return (dataSource, values) => {
    const metadata = dataSource.getMetadata(schema);
    const text = texts.get(metadata) ?? `SELECT ${columnsOf(metadata)} FROM "${metadata.tableName}" ${rest}`;
    texts.set(metadata, text);
    return { name, text, values };
  };
}

/** For reading `FROM` the table, or from whatever goes by its name. */
export const columnsOf = ({ tableName, columns }: EntityMetadata): string =>
  columns
    .filter(({ isSelect }) => isSelect)
    .map(({ databaseName, propertyName }) => `"${tableName}"."${databaseName}" AS "${propertyName}"`)
    .join(', ');
