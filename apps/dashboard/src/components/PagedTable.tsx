import type { JSX } from 'react';
import type { Column } from './SortableTable.js';

export interface PagedColumn<Row> extends Omit<Column<Row>, 'order'> {
  /** What the server calls this order; a column without it cannot be sorted. */
  readonly orderBy?: string;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

interface PagedTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  readonly columns: readonly PagedColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Where the rows stand among all, from 1. */
  readonly from: number;
  readonly total: number;
  readonly busy: boolean;
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
}

/** A page of rows that the server sorts and cuts. The first column names the row. */
export function PagedTable<Row>(props: PagedTableProps<Row>): JSX.Element {
  const { caption, rows, columns, keyOf, sort, onSort, from, total, busy, onPrevious, onNext } = props;
  return (
    <>
      <div className="table-scroll" aria-busy={busy}>
        <table className="table cards">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <SortableHead key={column.key} column={column} sort={sort} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map((column, i) => (
                  <PagedCell key={column.key} column={column} row={row} isName={i === 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="pager">
        <span aria-live="polite">
          {total === 0
            ? 'none'
            : `${from.toLocaleString('en')}–${(from + rows.length - 1).toLocaleString('en')} of ${total.toLocaleString('en')}`}
        </span>
        <span className="row">
          <button
            type="button"
            className="button small"
            disabled={onPrevious === null || busy}
            onClick={onPrevious ?? undefined}
          >
            Previous
          </button>
          <button
            type="button"
            className="button small"
            disabled={onNext === null || busy}
            onClick={onNext ?? undefined}
          >
            Next
          </button>
        </span>
      </div>
    </>
  );
}

interface SortableHeadProps<Row> {
  readonly column: PagedColumn<Row>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

export function SortableHead<Row>({ column, sort, onSort }: SortableHeadProps<Row>): JSX.Element {
  const { label, orderBy, align } = column;
  const sorted = orderBy !== undefined && sort.key === orderBy;
  return (
    <th
      scope="col"
      className={align}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {orderBy === undefined ? (
        label
      ) : (
        <button
          type="button"
          className="sort"
          onClick={() => onSort({ key: orderBy, descending: sorted ? !sort.descending : true })}
        >
          {label}
          <span className="arrow" aria-hidden="true">
            {sorted ? (sort.descending ? '↓' : '↑') : ''}
          </span>
        </button>
      )}
    </th>
  );
}

interface PagedCellProps<Row> {
  readonly column: PagedColumn<Row>;
  readonly row: Row;
  readonly isName: boolean;
}

export const PagedCell = <Row,>({ column, row, isName }: PagedCellProps<Row>): JSX.Element =>
  isName ? (
    <th scope="row">{column.cell(row)}</th>
  ) : (
    <td data-label={column.label} className={`${column.align ?? ''} ${column.className ?? ''}`}>
      {column.cell(row)}
    </td>
  );
