import { useCallback, useEffect, useRef, useState } from 'react';
import { type AnyVariables, type TypedDocumentNode, useClient } from 'urql';
import type { Connection, Page } from './use-all-pages.js';
import { sayError } from './use-action.js';

interface Known<Node> {
  readonly rows: readonly Node[];
  readonly total: number;
  /** Where the next page begins; null where there is none. */
  readonly next: string | null;
}

export interface GrowingList<Node> extends Known<Node> {
  /** Another number when the rows are those of another list. */
  readonly edition: number;
  readonly loaded: boolean;
  readonly busy: boolean;
  readonly problem: string | null;
  readonly more: () => void;
  /** Asks for its beginning again; what was read beyond stays. */
  readonly refetch: () => void;
}

const pageSize = 40;
/** So many from the start are asked for again when something changed. */
const freshest = 120;
const nothing = { rows: [], total: 0, next: null, edition: 0 } as const;

/** A connection that is read on as somebody looks on. What is given must keep its identity: another is another list. */
export function useGrowingList<Data, Variables extends AnyVariables, Node extends { readonly id: string }>(
  document: TypedDocumentNode<Data, Variables>,
  variablesOf: (page: Page) => Variables,
  connectionOf: (data: Data) => Connection<Node> | undefined,
): GrowingList<Node> {
  const client = useClient();
  const [known, setKnown] = useState<(Known<Node> & { readonly edition: number }) | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const latest = useRef(0);
  const now = useRef<Known<Node> | null>(null);
  const edition = useRef(0);

  const ask = useCallback(
    async (page: Page): Promise<Known<Node> | null> => {
      const mine = ++latest.current;
      setBusy(true);
      const { data, error } = await client
        .query(document, variablesOf(page), { requestPolicy: 'network-only' })
        .toPromise();
      if (mine !== latest.current) return null;
      setBusy(false);
      const connection = data === undefined ? undefined : connectionOf(data);
      if (!connection) {
        setProblem(error ? sayError(error) : 'The campaign is not there any more.');
        return null;
      }
      setProblem(null);
      const { edges, totalCount, pageInfo } = connection;
      return {
        rows: edges.map(({ node }) => node),
        total: totalCount,
        next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      };
    },
    [client, document, variablesOf, connectionOf],
  );
  const keep = useCallback((next: Known<Node>): void => {
    if (now.current === null) edition.current++;
    now.current = next;
    setKnown({ ...next, edition: edition.current });
  }, []);

  const refetch = useCallback((): void => {
    const first = Math.min(freshest, Math.max(pageSize, now.current?.rows.length ?? 0));
    void ask({ first, after: null }).then((page) => {
      if (page) keep(renewed(now.current, page));
    });
  }, [ask, keep]);
  const more = useCallback((): void => {
    const before = now.current;
    if (!before || before.next === null) return;
    void ask({ first: pageSize, after: before.next }).then((page) => {
      if (page) keep({ ...page, rows: joined(before.rows, page.rows) });
    });
  }, [ask, keep]);

  useEffect(() => {
    now.current = null;
    refetch();
    return () => {
      latest.current++;
    };
  }, [refetch]);
  return { ...(known ?? nothing), loaded: known !== null, busy, problem, more, refetch };
}

const joined = <Node extends { readonly id: string }>(
  rows: readonly Node[],
  others: readonly Node[],
): readonly Node[] => {
  const ids = new Set(rows.map(({ id }) => id));
  return [...rows, ...others.filter(({ id }) => !ids.has(id))];
};

/** The beginning as it is now, and beyond it what was read before. A row that says the same is the same. */
export function renewed<Node extends { readonly id: string }>(
  before: Known<Node> | null,
  fresh: Known<Node>,
): Known<Node> {
  if (before === null) return fresh;
  const rows = unchanged(before.rows, fresh.rows);
  if (before.rows.length <= rows.length || fresh.next === null) return { ...fresh, rows };
  return { rows: joined(rows, before.rows), total: fresh.total, next: before.next };
}

/** What is drawn of an object stays as long as the object does. */
function unchanged<Node extends { readonly id: string }>(
  before: readonly Node[],
  fresh: readonly Node[],
): readonly Node[] {
  const known = new Map(before.map((row) => [row.id, row]));
  return fresh.map((row) => {
    const former = known.get(row.id);
    return former && JSON.stringify(former) === JSON.stringify(row) ? former : row;
  });
}
