import { type Connection, Query } from 'pg';
import { jsonOnce } from '../rows/once.js';
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

/** Rows are made one by one as they are written: none has to be kept until all are there. */
export function copyRows<T, R extends ObjectLiteral>(
  dataSource: DataSource,
  schema: EntitySchema<R>,
  items: readonly T[],
  toRow: (item: T) => R,
): readonly CopiedRows[] {
  if (items.length === 0) return [];
  const metadata = dataSource.getMetadata(schema);
  const names = metadata.columns.map(({ databaseName }) => `"${databaseName}"`).join(', ');
  const lines = new Lines(metadata.columns.map(writtenAs));
  for (const item of items) lines.add(toRow(item));
  return [{ copy: `COPY "${metadata.tableName}" (${names}) FROM STDIN`, text: lines.text() }];
}

/** Most columns have the same in one row as in the next: those that have had it in all so far are written together. */
class Lines {
  private readonly parts: string[] = [];
  /** What steady columns have, and how it is written. */
  private readonly values: unknown[];
  private readonly texts: string[] = [];
  private steady: readonly number[];
  private varying: readonly number[] = [];
  /** What is written before each of the varying columns, and behind the last. */
  private between: readonly string[] = [];

  constructor(private readonly columns: readonly Written[]) {
    this.values = columns.map(() => undefined);
    this.steady = columns.map((_, at) => at);
  }

  add(row: ObjectLiteral): void {
    const { parts, columns, values } = this;
    for (const at of this.steady) {
      if (valueIn(row, columns[at] as Written) === values[at]) continue;
      this.change(row);
      break;
    }
    const { varying, between } = this;
    for (let i = 0; i < varying.length; i += 1) {
      const column = columns[varying[i] as number] as Written;
      parts.push(between[i] as string, textIn(column, valueIn(row, column)));
    }
    parts.push(between[varying.length] as string);
  }

  text(): string {
    return this.parts.join('');
  }

  /** Some of the steady columns have something else in this row: they vary from here on, but in the first. */
  private change(row: ObjectLiteral): void {
    const { columns, values, texts } = this;
    const isFirst = this.parts.length === 0;
    const varying = new Set(this.varying);
    columns.forEach((column, at) => {
      const value = valueIn(row, column);
      if (isFirst) {
        values[at] = value;
        texts[at] = textIn(column, value);
      } else if (value !== values[at]) varying.add(at);
    });
    const between = [''];
    columns.forEach((_, at) => {
      const tab = at === 0 ? '' : '\t';
      between.push(`${between.pop() ?? ''}${tab}${varying.has(at) ? '' : (texts[at] ?? '')}`);
      if (varying.has(at)) between.push('');
    });
    this.between = [...between.slice(0, -1), `${between.at(-1) ?? ''}\n`];
    this.varying = [...varying].sort((a, b) => a - b);
    this.steady = columns.map((_, at) => at).filter((at) => !varying.has(at));
  }
}

const valueIn = (row: ObjectLiteral, { propertyName }: Written): unknown =>
  (row[propertyName] as unknown) ?? null;
const textIn = ({ textOf }: Written, value: unknown): string => (value === null ? '\\N' : textOf(value));

function writtenAs({ propertyName, type, isArray }: EntityMetadata['columns'][number]): Written {
  return { propertyName, textOf: isArray ? arrayText : (byType[String(type)] ?? plainText) };
}

const escapes = [
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
] as const;
const special = /[\\\t\n\r]/;
const plainText: TextOf = (value) => {
  let text = String(value);
  if (!special.test(text)) return text;
  for (const [mark, escaped] of escapes) text = text.replaceAll(mark, escaped);
  return text;
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
  const text = (typeof value === 'object' && value && texts.get(value)) || jsonOnce(value);
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
