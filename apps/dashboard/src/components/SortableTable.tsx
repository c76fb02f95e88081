import { type JSX, type ReactNode, useMemo, useState } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  readonly cell: (row: Row) => ReactNode;
  /** What to sort by; a column without it cannot be sorted. */
  readonly order?: (row: Row) => number | string | null;
  readonly align?: 'right';
  readonly className?: string;
}

interface SortableTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly pageSize?: number;
  readonly initialSort: { readonly key: string; readonly descending: boolean };
}

const compare = (a: number | string | null, b: number | string | null): number => {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
};

/** The first column names the row. Rows without a value come last, whichever way round. */
export function SortableTable<Row>(props: SortableTableProps<Row>): JSX.Element {
  const { caption, rows, columns, keyOf, pageSize = 15, initialSort } = props;
  const [sort, setSort] = useState(initialSort);
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => {
    const order = columns.find(({ key }) => key === sort.key)?.order;
    if (!order) return rows;
    return [...rows].sort((a, b) => {
      const [x, y] = [order(a), order(b)];
      return (sort.descending && x !== null && y !== null ? -1 : 1) * compare(x, y);
    });
  }, [rows, columns, sort]);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const current = Math.min(page, pages - 1);
  const shown = sorted.slice(current * pageSize, (current + 1) * pageSize);

  const sortBy = (key: string): void => {
    setSort((before) => ({ key, descending: before.key === key ? !before.descending : true }));
    setPage(0);
  };

  return (
    <>
      <div className="table-scroll">
        <table className="table cards">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ key, label, order, align }) => (
                <th
                  key={key}
                  scope="col"
                  className={align}
                  aria-sort={sort.key === key ? (sort.descending ? 'descending' : 'ascending') : undefined}
                >
                  {order ? (
                    <button type="button" className="sort" onClick={() => sortBy(key)}>
                      {label}
                      <span className="arrow" aria-hidden="true">
                        {sort.key === key ? (sort.descending ? '↓' : '↑') : ''}
                      </span>
                    </button>
                  ) : (
                    label
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ key, label, cell, align, className = '' }, i) =>
                  i === 0 ? (
                    <th key={key} scope="row">
                      {cell(row)}
                    </th>
                  ) : (
                    <td key={key} data-label={label} className={`${align ?? ''} ${className}`}>
                      {cell(row)}
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 ? (
        <div className="pager">
          <span aria-live="polite">
            {current * pageSize + 1}–{Math.min(rows.length, (current + 1) * pageSize)} of {rows.length}
          </span>
          <span className="row">
            <button
              type="button"
              className="button small"
              disabled={current === 0}
              onClick={() => setPage(current - 1)}
            >
              Previous
            </button>
            <button
              type="button"
              className="button small"
              disabled={current === pages - 1}
              onClick={() => setPage(current + 1)}
            >
              Next
            </button>
          </span>
        </div>
      ) : null}
    </>
  );
}
