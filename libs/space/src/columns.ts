import type { BlockKind, Part } from './part.js';

/** Columns that models should look at in one way. */
export interface Block {
  readonly kind: BlockKind;
  /** The parameter that they come from. */
  readonly parameter: string;
  /** Their numbers, ascending. */
  readonly columns: readonly number[];
}

/** A component is named with its parameter only where its own name is not enough. */
export function columnNames(parts: readonly Part[]): readonly string[] {
  const short = parts.flatMap(({ columns }) => columns);
  if (new Set(short).size === short.length) return short;
  return parts.flatMap(({ name, columns }) =>
    columns.map((column) => (columns.length > 1 || column !== name ? `${name}: ${column}` : column)),
  );
}

export function blocksOf(parts: readonly Part[]): readonly Block[] {
  let next = 0;
  return parts.flatMap(({ name, blocks }) =>
    blocks.map(({ kind, width }) => ({
      kind,
      parameter: name,
      columns: Array.from({ length: width }, () => next++),
    })),
  );
}
