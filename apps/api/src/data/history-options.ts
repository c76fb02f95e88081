import { invalidInput } from '@ionloop/domain';
import type { HistoryOptions } from '@ionloop/engine';

type Query = Readonly<Record<string, unknown>>;

/** How a table is to be understood, as a query says it. */
export function optionsIn(query: Query): HistoryOptions {
  const options = {
    map: mapIn(textIn(query, 'map')),
    delimiter: textIn(query, 'delimiter'),
    decimal: textIn(query, 'decimal'),
    encoding: textIn(query, 'encoding'),
    outside: textIn(query, 'outside'),
    skipBad: query['skipBad'] === '1',
    force: query['force'] === '1',
    keepDuplicates: query['keepDuplicates'] === '1',
  };
  // What is not of its kind is refused where the options are read.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

export const fileNameIn = (query: Query): string => textIn(query, 'name')?.slice(0, 200) ?? 'upload.csv';

function textIn(query: Query, name: string): string | undefined {
  const value = query[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw invalidInput(name, `${name} is given more than once`);
}

function mapIn(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidInput('map', 'map must be a JSON object');
  }
  const isMap =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => typeof one === 'string');
  if (!isMap) throw invalidInput('map', 'map must be a JSON object that has what each column means, as text');
  return value as Readonly<Record<string, string>>;
}
