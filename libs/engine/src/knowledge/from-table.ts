import { type Campaign, invalidInput, type KnowledgeRow, type KnowledgeValue } from '@ionloop/domain';
import { checkOptions, type HistoryOptions } from '../history/options.js';
import { type BadRow, type GoodRow, isBad, isLeftOut } from '../history/read-row.js';
import { headOf, layoutOf, slices } from '../history/rows.js';
import { type HistoryFile, survey } from '../history/survey.js';
import { mostRows, mostTableBytes } from './limits.js';

export interface KnowledgeTable {
  readonly fileName: string;
  readonly text: string;
  readonly options?: HistoryOptions;
}

export interface TableRows {
  readonly rows: readonly KnowledgeRow[];
  readonly sha256: string;
}

/** Columns that say where a row is from, where nothing else is said of them. */
const originColumn = /^(?:doi|source|reference|origin|citation)$/i;
const noteColumn = /^(?:notes?|comment|remark)$/i;

/**
 * Rows of a table as an import reads them: columns by name and unit, decimal commas, fractions or percent, a standard
 * deviation in a column `sd`. Rows of one point are repeats of it; those without a value say nothing here.
 */
export async function rowsOfTable(
  campaign: Campaign,
  { fileName, text, options = {} }: KnowledgeTable,
): Promise<TableRows> {
  checkOptions(options);
  const bytes = Buffer.from(text);
  if (bytes.length > mostTableBytes) {
    throw invalidInput(
      'table',
      `${fileName} has ${bytes.length} bytes; knowledge is read up to ${mostTableBytes}`,
    );
  }
  const file: HistoryFile = {
    name: fileName,
    open: async function* () {
      yield await Promise.resolve(bytes);
    },
  };
  const surveyed = await survey(file, options.encoding);
  const { headers } = await headOf(file, surveyed, options);
  const origins = originColumns(campaign, headers, options);
  const asked: HistoryOptions = {
    outside: 'keep',
    ...options,
    map: { ...(origins.length === 1 && { [origins[0] ?? '']: 'note' }), ...options.map },
  };
  const layout = await layoutOf(campaign, file, surveyed, asked);
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  for await (const { rows } of slices(campaign, file, surveyed, layout, asked)) {
    for (const row of rows) {
      if (isBad(row)) bad.push(row);
      else if (!isLeftOut(row) && row.values.length > 0) good.push(row);
    }
  }
  if (bad.length > 0) throw badRows(fileName, bad);
  const rows = byPoint(campaign, good);
  if (rows.length > mostRows) {
    throw invalidInput(
      'table',
      `${fileName} has results of ${rows.length} points; at most ${mostRows} are taken`,
    );
  }
  return { rows, sha256: surveyed.sha256 };
}

function originColumns(
  { space }: Campaign,
  headers: readonly string[],
  { map = {} }: HistoryOptions,
): readonly string[] {
  if (headers.some((header) => noteColumn.test(header))) return [];
  const isParameter = (header: string): boolean => space.parameters.some(({ name }) => name === header);
  return headers.filter(
    (header) => originColumn.test(header) && !Object.hasOwn(map, header) && !isParameter(header),
  );
}

const mostShown = 5;

function badRows(fileName: string, bad: readonly BadRow[]): Error {
  const shown = bad
    .slice(0, mostShown)
    .map(({ line, column, reason }) => `line ${line}${column === null ? '' : `, "${column}"`}: ${reason}`);
  const more = bad.length > mostShown ? ` (and ${bad.length - mostShown} more)` : '';
  return invalidInput('table', `${fileName} cannot be read: ${shown.join('; ')}${more}`);
}

function byPoint(campaign: Campaign, rows: readonly GoodRow[]): readonly KnowledgeRow[] {
  const [{ property: first }] = campaign.objectives;
  const found = new Map<
    string,
    { point: KnowledgeRow['point']; values: KnowledgeValue[]; notes: string[] }
  >();
  for (const { key, point, note, values } of rows) {
    const own = found.get(key) ?? { point, values: [], notes: [] };
    found.set(key, own);
    for (const { of, value, uncertainty } of values) {
      const sd = uncertainty !== undefined && uncertainty > 0 ? { sd: uncertainty } : {};
      own.values.push({ property: of?.property ?? first, value, ...sd });
    }
    if (note !== null && !own.notes.includes(note)) own.notes.push(note);
  }
  return [...found.values()].map(({ point, values, notes }) => ({
    point,
    values,
    ...(notes.length > 0 && { note: notes.join('; ') }),
  }));
}
