export interface Line {
  /** In the text, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export const tableIn = (text: string): readonly (readonly string[])[] =>
  linesIn(text).map(({ cells }) => cells);

/** A table as text: commas, semicolons, tabs or bars, quotes where a cell has them. Empty lines are left out. */
export function linesIn(text: string): readonly Line[] {
  const clean = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(clean);
  const rows: Line[] = [];
  let row: string[] = [];
  let line = 1;
  let begun = 1;
  let cell = '';
  let quoted = false;
  const endCell = (): void => {
    row.push(cell);
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    if (row.some((one) => one.trim() !== '')) rows.push({ line: begun, cells: row });
    row = [];
    begun = line;
  };
  for (let i = 0; i < clean.length; i++) {
    const character = clean.charAt(i);
    if (character === '\n') line += 1;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (clean.charAt(i + 1) === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (character === delimiter) endCell();
    else if (character === '\n') endRow();
    else if (character !== '\r') cell += character;
  }
  endRow();
  return rows;
}

/** The one that the first line has most of. */
export function delimiterOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  const outside = line.replaceAll(/"[^"]*"/g, '');
  const count = (one: string): number => outside.split(one).length;
  return ['\t', ';', '|', ','].reduce((best, one) => (count(one) > count(best) ? one : best), ',');
}
