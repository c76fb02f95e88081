import { type JSX, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { PagedCell, type PagedColumn, type Sort, SortableHead } from './PagedTable.js';

interface WindowedTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** Of all that there are, loaded or not. */
  readonly total: number;
  readonly columns: readonly PagedColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Asks for the rows that follow; null where there are none. */
  readonly onEnd: (() => void) | null;
}

const chunkSize = 20;
const rowEstimate = 66;
/** In pixels beyond what is seen, so that scrolling meets no gap. */
const ahead = 600;

/**
 * A long table in a window of its own: rows stand in chunks, and those that are out of sight are a gap of the height
 * that they had. Rows may be of any height.
 */
export function WindowedTable<Row>(props: WindowedTableProps<Row>): JSX.Element {
  const { caption, rows, total, columns, keyOf, sort, onSort, onEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const chunks = useMemo(
    () =>
      Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, i) =>
        rows.slice(i * chunkSize, (i + 1) * chunkSize),
      ),
    [rows],
  );
  return (
    <div
      className="table-scroll windowed"
      ref={frame}
      tabIndex={0}
      role="region"
      aria-label={`${caption}, ${total.toLocaleString('en')} in all`}
    >
      <table className="table cards" aria-rowcount={total + 1}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <SortableHead key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        {chunks.map((chunk, i) => (
          <Chunk
            key={i}
            frame={frame}
            rows={chunk}
            from={i * chunkSize}
            columns={columns}
            keyOf={keyOf}
            onSight={i === chunks.length - 1 ? onEnd : null}
          />
        ))}
      </table>
    </div>
  );
}

interface ChunkProps<Row> extends Pick<WindowedTableProps<Row>, 'rows' | 'columns' | 'keyOf'> {
  readonly frame: React.RefObject<HTMLDivElement | null>;
  readonly from: number;
  /** Told when it comes near, as long as it is the last. */
  readonly onSight: (() => void) | null;
}

function Chunk<Row>({ frame, rows, from, columns, keyOf, onSight }: ChunkProps<Row>): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  const [near, setNear] = useState(from === 0);
  const height = useRef(rows.length * rowEstimate);
  useEffect(() => {
    const own = body.current;
    if (!own) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry) setNear(entry.isIntersecting);
      },
      { root: frame.current, rootMargin: `${ahead}px 0px` },
    );
    observer.observe(own);
    return () => observer.disconnect();
  }, [frame]);
  useLayoutEffect(() => {
    if (near && body.current) height.current = body.current.offsetHeight;
  });
  useEffect(() => {
    if (near) onSight?.();
  }, [near, onSight]);
  return (
    <tbody ref={body}>
      {near ? (
        rows.map((row, i) => (
          <tr key={keyOf(row)} aria-rowindex={from + i + 2}>
            {columns.map((column, k) => (
              <PagedCell key={column.key} column={column} row={row} isName={k === 0} />
            ))}
          </tr>
        ))
      ) : (
        <tr aria-hidden="true" className="gap">
          <td colSpan={columns.length} style={{ height: `${height.current}px` }} />
        </tr>
      )}
    </tbody>
  );
}
