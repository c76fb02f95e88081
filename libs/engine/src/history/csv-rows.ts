import { invalidInput } from '@ionloop/domain';

export interface CsvRow {
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

const mostCharacters = 1_000_000;

/** A table's rows from its text, in portions as it comes: RFC 4180, and what programs make of it. */
export class CsvRows {
  private rest = '';
  private line = 1;
  /** Where the next quote is in what is left. */
  private quote = -1;

  constructor(private readonly delimiter: string) {}

  take(text: string): readonly CsvRow[] {
    this.rest += text;
    return this.rows(false);
  }

  end(): readonly CsvRow[] {
    return this.rows(true);
  }

  private rows(isEnd: boolean): readonly CsvRow[] {
    const rows: CsvRow[] = [];
    let from = 0;
    this.quote = nextQuote(this.rest, 0);
    for (;;) {
      const end = this.endOf(from, isEnd);
      if (end === null) break;
      const record = this.rest.slice(from, end);
      if (record !== '' && record !== '\r') {
        const cells = this.cellsOf(record);
        if (cells.some((cell) => cell !== '')) rows.push({ line: this.line, cells });
      }
      this.line += 1 + inside(record);
      from = end + 1;
      if (from > this.rest.length) break;
    }
    this.rest = this.rest.slice(from);
    if (this.rest.length > mostCharacters) {
      const why = this.rest.includes('"')
        ? 'a quote is opened that is never closed'
        : `it has more than ${mostCharacters} characters`;
      throw invalidInput('file', `line ${this.line}: ${why}`);
    }
    return rows;
  }

  /** Where the record that begins here ends; null where that has not come yet. */
  private endOf(from: number, isEnd: boolean): number | null {
    const text = this.rest;
    let end = text.indexOf('\n', from);
    if (this.quote < from) this.quote = nextQuote(text, from);
    if (end >= 0 ? this.quote > end : this.quote >= text.length) {
      if (end < 0) return isEnd && from < text.length ? text.length : null;
      return end;
    }
    let isQuoted = false;
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) isQuoted = !isQuoted;
      else if (code === 10 && !isQuoted) {
        end = at;
        return end;
      }
    }
    if (!isEnd) return null;
    if (isQuoted) throw invalidInput('file', `line ${this.line}: a quote is opened that is never closed`);
    return text.length;
  }

  private cellsOf(record: string): readonly string[] {
    const plain = record.endsWith('\r') ? record.slice(0, -1) : record;
    if (!plain.includes('"')) return plain.split(this.delimiter).map((cell) => cell.trim());
    const cells: string[] = [];
    let cell = '';
    let isQuoted = false;
    for (let at = 0; at < plain.length; at += 1) {
      const mark = plain.charAt(at);
      if (mark === '"') {
        if (isQuoted && plain[at + 1] === '"') {
          cell += '"';
          at += 1;
        } else isQuoted = !isQuoted;
      } else if (mark === this.delimiter && !isQuoted) {
        cells.push(cell.trim());
        cell = '';
      } else cell += mark;
    }
    cells.push(cell.trim());
    return cells;
  }
}

function nextQuote(text: string, from: number): number {
  const at = text.indexOf('"', from);
  return at < 0 ? text.length : at;
}

function inside(record: string): number {
  let lines = 0;
  for (let at = record.indexOf('\n'); at >= 0; at = record.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
