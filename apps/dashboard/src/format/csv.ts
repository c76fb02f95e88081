export type Cell = string | number | null;
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const quoted = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Numbers in full, so that the file gives back what was drawn. */
export const csvText = ({ columns, rows }: Table): string =>
  [columns, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
