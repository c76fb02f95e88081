import { CsvRows } from './csv-rows.js';
import { type Decimal, type Delimiter, delimiters } from './options.js';

/** The delimiter that splits the first lines into the most columns, as many in each. */
export function delimiterOf(head: string): Delimiter {
  let best: Delimiter = ',';
  let most = 0;
  for (const delimiter of delimiters) {
    const rows = firstRows(head, delimiter);
    const columns = rows[0]?.length ?? 0;
    const alike = rows.filter((cells) => cells.length === columns).length / Math.max(1, rows.length);
    const score = columns < 2 ? 0 : columns * alike * alike;
    if (score > most) [best, most] = [delimiter, score];
  }
  return best;
}

/** Decimal commas are seen by numbers that have one, where no number has a point. */
export function decimalOf(head: string, delimiter: Delimiter): Decimal {
  if (delimiter === ',') {
    // A comma within a cell is then quoted.
    if (!head.includes('"')) return 'point';
  }
  const cells = firstRows(head, delimiter).slice(1).flat();
  const commas = cells.filter((cell) => /^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/.test(cell)).length;
  const points = cells.filter((cell) => /^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/.test(cell)).length;
  return commas > points ? 'comma' : 'point';
}

const some = 200;

function firstRows(head: string, delimiter: Delimiter): readonly (readonly string[])[] {
  const reader = new CsvRows(delimiter);
  return reader
    .take(head)
    .slice(0, some)
    .map(({ cells }) => cells);
}

const withPoint = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite decimal number; undefined for anything else. */
export function numberOf(text: string, decimal: Decimal): number | undefined {
  return plainNumber(text, decimal) ?? anyNumber(text, decimal);
}

const powers = Array.from({ length: 16 }, (_, digits) => Number(`1e${digits}`));

/** Of a few digits, as most have: both parts are exact, and so their quotient is the number nearest to what is written. */
function plainNumber(text: string, decimal: Decimal): number | undefined {
  const { length } = text;
  if (length === 0 || length > 16) return undefined;
  const isNegative = text.charCodeAt(0) === 45;
  const separator = decimal === 'comma' ? 44 : 46;
  let digits = 0;
  let behind = -1;
  let whole = 0;
  for (let at = isNegative ? 1 : 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === separator && behind < 0) behind = digits;
    else if (code >= 48 && code <= 57) {
      whole = 10 * whole + (code - 48);
      digits += 1;
    } else return undefined;
  }
  if (digits === 0 || digits > 15) return undefined;
  const value = behind < 0 ? whole : whole / (powers[digits - behind] ?? NaN);
  return isNegative ? -value : value;
}

function anyNumber(text: string, decimal: Decimal): number | undefined {
  const plain = text.includes('−') ? text.replace('−', '-') : text;
  const isComma = decimal === 'comma' && plain.includes(',') && !plain.includes('.');
  const written = isComma ? plain.replace(',', '.') : plain;
  if (!withPoint.test(written)) return undefined;
  const value = Number(written);
  return Number.isFinite(value) ? value : undefined;
}
