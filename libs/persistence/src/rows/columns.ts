import {
  EntitySchema,
  type EntitySchemaColumnOptions,
  EntitySchemaOptions,
  type ObjectLiteral,
} from 'typeorm';

type TableOptions<R> = { readonly [K in keyof EntitySchemaOptions<R>]: EntitySchemaOptions<R>[K] };

export const table = <R extends ObjectLiteral>(options: TableOptions<R>): EntitySchema<R> =>
  new EntitySchema<R>(Object.assign(new EntitySchemaOptions<R>(), options));

/** The few column types that the record is made of. */
const column = (type: EntitySchemaColumnOptions['type'], name?: string): EntitySchemaColumnOptions =>
  name === undefined ? { type } : { type, name };

export const text = (name?: string): EntitySchemaColumnOptions => column('text', name);
export const textArray = (name?: string): EntitySchemaColumnOptions => ({
  ...column('text', name),
  array: true,
});
export const integer = (name?: string): EntitySchemaColumnOptions => column('integer', name);
export const float = (name?: string): EntitySchemaColumnOptions => column('double precision', name);
export const bytes = (name?: string): EntitySchemaColumnOptions => column('bytea', name);
export const flag = (name?: string): EntitySchemaColumnOptions => column('boolean', name);
/** `json` and not `jsonb`: the text stays as it was written, order of keys and digits of numbers included. A column that
 * may hold any JSON is nullable: there JSON's null is kept as the database's. */
export const json = (name?: string): EntitySchemaColumnOptions => column('json', name);
/** To the millisecond, as JavaScript knows time: what is written comes back the same. */
export const instant = (name?: string): EntitySchemaColumnOptions => ({
  ...column('timestamp with time zone', name),
  precision: 3,
});

export const nullable = (options: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...options,
  nullable: true,
});
/** Written once, with the row. */
export const fixed = (options: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...options,
  update: false,
});
export const key = (table: string, options: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...fixed(options),
  primary: true,
  primaryKeyConstraintName: `${table}_pkey`,
});
