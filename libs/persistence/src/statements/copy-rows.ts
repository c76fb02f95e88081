import { type Connection, Query } from 'pg';
import type { DataSource, EntityMetadata, EntitySchema, ObjectLiteral } from 'typeorm';

/** New rows, as the text that `COPY` takes: for many of them it costs half of what an insert does. */
export interface CopiedRows {
  readonly copy: string;
  readonly text: string;
}

/** What a value is written as, where that is at hand already: a large one is not turned to text twice. */
const texts = new WeakMap<object, string>();
export const keepText = (value: object, text: string): void => {
  texts.set(value, text);
};
export const hasText = (value: object): boolean => texts.has(value);

type TextOf = (value: unknown) => string;

/** Writes a value of a column; null is `\N`. */
interface Written {
  readonly propertyName: string;
  readonly textOf: TextOf;
}

export function copyRows<R extends ObjectLiteral>(
  dataSource: DataSource,
  schema: EntitySchema<R>,
  rows: readonly R[],
): readonly CopiedRows[] {
  if (rows.length === 0) return [];
  const metadata = dataSource.getMetadata(schema);
  const columns = metadata.columns.map(writtenAs);
  const names = metadata.columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  // Most columns have the same in one row as in the next.
  const before: unknown[] = columns.map(() => null);
  const written = columns.map(() => '\\N');
  const lines = rows.map((row) => {
    for (let at = 0; at < columns.length; at += 1) {
      const { propertyName, textOf } = columns[at] as Written;
      const value: unknown = row[propertyName] ?? null;
      if (value === before[at]) continue;
      before[at] = value;
      written[at] = value === null ? '\\N' : textOf(value);
    }
    return written.join('\t');
  });
  const text = `${lines.join('\n')}\n`;
  return [{ copy: `COPY "${metadata.tableName}" (${names}) FROM STDIN`, text }];
}

function writtenAs({ propertyName, type, isArray }: EntityMetadata['columns'][number]): Written {
  return { propertyName, textOf: isArray ? arrayText : (byType[String(type)] ?? plainText) };
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const special = /[\\\t\n\r]/;
const plainText: TextOf = (value) => {
  const text = String(value);
  if (!special.test(text)) return text;
  return text.replaceAll(/[\\\t\n\r]/g, (mark) => escapes[mark] ?? mark);
};

/** Rows that are written together mostly have the same time. */
const lastInstant = { time: Number.NaN, text: '' };
function instantText(value: unknown): string {
  const date = value as Date;
  if (date.getTime() === lastInstant.time) return lastInstant.text;
  lastInstant.text = date.toISOString();
  lastInstant.time = date.getTime();
  return lastInstant.text;
}

/** In JSON's text the other special marks are escaped already. */
function jsonText(value: unknown): string {
  const text = (typeof value === 'object' && value && texts.get(value)) || JSON.stringify(value);
  return text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
}

const numberText: TextOf = (value) => `${value as number}`;

const byType: Readonly<Record<string, TextOf>> = {
  json: jsonText,
  integer: numberText,
  'double precision': numberText,
  'timestamp with time zone': instantText,
};

const arrayText: TextOf = (value) =>
  plainText(
    `{${(value as readonly unknown[]).map((one) => `"${String(one).replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`,
  );

type Answered = (error: Error | null | undefined, answer?: unknown) => void;

/** Sends the rows right behind the statement, so that others may follow it at once. */
class CopyIn extends Query {
  declare callback: Answered;

  constructor(
    private readonly statement: string,
    private readonly bytes: Buffer,
  ) {
    super(statement);
  }

  override submit = (connection: Connection): null => {
    connection.query(this.statement);
    const open = connection as unknown as { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void };
    open.sendCopyFromChunk(this.bytes);
    open.endCopyFrom();
    return null;
  };

  /** All of it was sent already. */
  handleCopyInResponse(): void {}
}

interface Client {
  query(copy: CopyIn): unknown;
}

export const copyIn = (client: Client, { copy, text }: CopiedRows): Promise<{ readonly rows: unknown[] }> =>
  new Promise((done, fail) => {
    const query = new CopyIn(copy, Buffer.from(text));
    query.callback = (error) => {
      if (error) fail(error);
      else done({ rows: [] });
    };
    client.query(query);
  });
