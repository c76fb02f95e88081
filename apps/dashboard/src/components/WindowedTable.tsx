import { type JSX, memo, useCallback, useEffect, useRef, useState } from 'react';
import { chunksOf } from './chunks.js';
import { OneByOne } from './one-by-one.js';
import { PagedCell, type PagedColumn, type Sort, SortableHead } from './PagedTable.js';

interface WindowedTableProps<Row> {
  readonly caption: string;
  readonly rows: readonly Row[];
  /** Changes when the rows are those of another list, which begins at its top. */
  readonly edition: number;
  /** Of all that there are, loaded or not. */
  readonly total: number;
  readonly columns: readonly PagedColumn<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Asks for the rows that follow; null where there are none. */
  readonly onEnd: (() => void) | null;
}

/** So few that drawing them fits into a frame. */
const chunkSize = 8;
const rowEstimate = 66;
/** In pixels beyond what is seen, so that scrolling meets no gap. */
const ahead = 600;

type OnSight = (near: boolean, height: number) => void;
type Watch = (part: Element, onSight: OnSight) => () => void;

/**
 * A long table in a window of its own: rows stand in chunks, and those that are out of sight are a gap of the height
 * that they had. Rows may be of any height. Chunks come and go one a frame, and what stays is not drawn anew.
 */
export function WindowedTable<Row>(props: WindowedTableProps<Row>): JSX.Element {
  const { caption, rows, edition, total, columns, keyOf, sort, onSort, onEnd } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [{ of, chunks }, setChunks] = useState(() => ({ of: rows, chunks: chunksOf(rows, chunkSize) }));
  if (of !== rows) setChunks({ of: rows, chunks: chunksOf(rows, chunkSize, chunks) });
  const watch = useSight(frame);
  const [queue] = useState(() => new OneByOne((run) => requestAnimationFrame(run)));
  useEffect(() => {
    if (frame.current) frame.current.scrollTop = 0;
  }, [edition]);
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
            key={`${edition} ${i}`}
            watch={watch}
            queue={queue}
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

/** One observer for all parts of a frame: tells each when it comes near, and when it is gone. */
function useSight(frame: React.RefObject<HTMLElement | null>): Watch {
  const observer = useRef<IntersectionObserver | null>(null);
  const told = useRef(new Map<Element, OnSight>());
  useEffect(
    () => () => {
      observer.current?.disconnect();
      observer.current = null;
    },
    [],
  );
  return useCallback(
    (part, onSight) => {
      observer.current ??= new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting, boundingClientRect } of entries)
            told.current.get(target)?.(isIntersecting, boundingClientRect.height);
        },
        { root: frame.current, rootMargin: `${ahead}px 0px` },
      );
      told.current.set(part, onSight);
      observer.current.observe(part);
      return () => {
        told.current.delete(part);
        observer.current?.unobserve(part);
      };
    },
    [frame],
  );
}

interface ChunkProps<Row> extends Pick<WindowedTableProps<Row>, 'rows' | 'columns' | 'keyOf'> {
  readonly watch: Watch;
  readonly queue: OneByOne;
  readonly from: number;
  /** Told when it comes near, as long as it is the last. */
  readonly onSight: (() => void) | null;
}

const Chunk = memo(function Chunk<Row>({
  watch,
  queue,
  from,
  rows,
  columns,
  keyOf,
  onSight,
}: ChunkProps<Row>): JSX.Element {
  const body = useRef<HTMLTableSectionElement>(null);
  /** Its height while it is a gap. */
  const [gap, setGap] = useState(from === 0 ? null : rows.length * rowEstimate);
  const near = gap === null;
  const last = useRef({ isNear: near, height: rows.length * rowEstimate });
  const come = useCallback(() => setGap(null), []);
  const go = useCallback(() => {
    const { isNear, height } = last.current;
    // Who is in it with the keyboard stays where they are.
    if (!isNear && body.current?.contains(document.activeElement) === false) setGap(height);
  }, []);
  useEffect(() => {
    const own = body.current;
    if (!own) return;
    const stop = watch(own, (isNear, height) => {
      last.current = { isNear, height };
      queue.takeBack(isNear ? go : come);
      queue.put(isNear ? come : go, isNear);
    });
    return () => {
      stop();
      queue.takeBack(come);
      queue.takeBack(go);
    };
  }, [watch, queue, come, go]);
  useEffect(() => {
    if (near) onSight?.();
  }, [near, onSight]);
  return (
    <tbody ref={body} onBlur={() => queue.put(go)}>
      {near ? (
        rows.map((row, i) => <BodyRow key={keyOf(row)} row={row} index={from + i + 2} columns={columns} />)
      ) : (
        <tr aria-hidden="true" className="gap">
          <td colSpan={columns.length} style={{ height: `${gap}px` }} />
        </tr>
      )}
    </tbody>
  );
}) as <Row>(props: ChunkProps<Row>) => JSX.Element;

interface BodyRowProps<Row> {
  readonly row: Row;
  /** Among all, from 1 with the head. */
  readonly index: number;
  readonly columns: readonly PagedColumn<Row>[];
}

const BodyRow = memo(function BodyRow<Row>({ row, index, columns }: BodyRowProps<Row>): JSX.Element {
  return (
    <tr aria-rowindex={index}>
      {columns.map((column, k) => (
        <PagedCell key={column.key} column={column} row={row} isName={k === 0} />
      ))}
    </tr>
  );
}) as <Row>(props: BodyRowProps<Row>) => JSX.Element;
