import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type AnyVariables, type OperationResult, type TypedDocumentNode, useClient } from 'urql';
import { sayError } from './use-action.js';

export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

export interface AllPages<Node> {
  readonly rows: readonly Node[];
  readonly total: number;
  readonly loaded: boolean;
  readonly problem: string | null;
  readonly refetch: () => void;
}

export interface Page {
  readonly first: number;
  readonly after: string | null;
}

const pageSize = 100;
const mostPages = 10;

/** A connection page after page, of very many the first thousand; what is shown stays until all of the new is there. What is given must keep its identity. */
export function useAllPages<Data, Variables extends AnyVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  variablesOf: (page: Page) => Variables,
  connectionOf: (data: Data) => Connection<Node> | undefined,
): AllPages<Node> {
  const client = useClient();
  const [known, setKnown] = useState<Omit<AllPages<Node>, 'refetch'>>({
    rows: [],
    total: 0,
    loaded: false,
    problem: null,
  });
  const latest = useRef(0);

  const refetch = useCallback(() => {
    const mine = ++latest.current;
    const load = async (): Promise<void> => {
      const rows: Node[] = [];
      let after: string | null = null;
      let total = 0;
      for (let page = 0; page < mostPages; page++) {
        const answer: OperationResult<Data> = await client
          .query(document, variablesOf({ first: pageSize, after }), { requestPolicy: 'network-only' })
          .toPromise();
        if (mine !== latest.current) return;
        const { data, error } = answer;
        const connection = data === undefined ? undefined : connectionOf(data);
        if (!connection) {
          const problem = error ? sayError(error) : 'The campaign is not there any more.';
          setKnown((before) => ({ ...before, loaded: true, problem }));
          return;
        }
        rows.push(...connection.edges.map(({ node }) => node));
        total = connection.totalCount;
        after = connection.pageInfo.endCursor;
        if (!connection.pageInfo.hasNextPage) break;
      }
      setKnown({ rows, total, loaded: true, problem: null });
    };
    void load();
  }, [client, document, variablesOf, connectionOf]);

  useEffect(() => {
    refetch();
    return () => {
      latest.current++;
    };
  }, [refetch]);
  return useMemo(() => ({ ...known, refetch }), [known, refetch]);
}
