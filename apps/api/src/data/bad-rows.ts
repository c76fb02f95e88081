import type { BadRow } from '@ionloop/engine';

/** A line for each, while they are read. */
export async function* badRowsAsCsv(pages: AsyncIterable<readonly BadRow[]>): AsyncGenerator<string> {
  yield 'line,column,reason\r\n';
  for await (const rows of pages) {
    yield rows
      .map(({ line, column, reason }) => `${line},${cell(column ?? '')},${cell(reason)}\r\n`)
      .join('');
  }
}

/** What a spreadsheet would take for a formula gets a quote before it. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
