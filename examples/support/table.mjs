import { readFileSync, writeFileSync } from 'node:fs';

/** The rows of a CSV as objects; what reads as a number is one. Quoted cells may hold commas. */
export function readTable(file) {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = cellsOf(head);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(names.map((name, i) => [name, valueOf(cells[i] ?? '')]));
  });
}

const valueOf = (cell) => (cell !== '' && Number.isFinite(Number(cell)) ? Number(cell) : cell);

function cellsOf(line) {
  const cells = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
  }
  return cells;
}

export function writeTable(file, rows, names = Object.keys(rows[0])) {
  const written = (value) =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const lines = rows.map((row) => names.map((name) => written(row[name])).join(','));
  writeFileSync(file, `${[names.join(','), ...lines].join('\n')}\n`);
}
