import { useCallback, useEffect, useRef, useState } from 'react';
import { type OperationResult, useClient } from 'urql';
import {
  ExperimentsDocument,
  type ExperimentsQuery,
  type ExperimentRowFragment,
  type ExperimentState,
} from './generated/graphql.js';
import { sayError } from './use-action.js';

export interface Experiments {
  readonly rows: readonly ExperimentRowFragment[];
  readonly total: number;
  readonly loaded: boolean;
  readonly problem: string | null;
  readonly refetch: () => void;
}

const pageSize = 100;
const mostPages = 20;

/** A campaign's experiments in some states, page after page; what is shown stays until all of the new is there. */
export function useExperiments(campaignId: string, states: readonly ExperimentState[]): Experiments {
  const client = useClient();
  const [known, setKnown] = useState<Omit<Experiments, 'refetch'>>({
    rows: [],
    total: 0,
    loaded: false,
    problem: null,
  });
  const latest = useRef(0);

  const refetch = useCallback(() => {
    const mine = ++latest.current;
    const load = async (): Promise<void> => {
      const rows: ExperimentRowFragment[] = [];
      let after: string | null = null;
      let total = 0;
      for (let page = 0; page < mostPages; page++) {
        const answer: OperationResult<ExperimentsQuery> = await client
          .query(
            ExperimentsDocument,
            { id: campaignId, states: [...states], first: pageSize, after },
            { requestPolicy: 'network-only' },
          )
          .toPromise();
        if (mine !== latest.current) return;
        const { error } = answer;
        const connection = answer.data?.campaign?.experiments;
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
  }, [client, campaignId, states]);

  useEffect(() => {
    refetch();
    return () => {
      latest.current++;
    };
  }, [refetch]);
  return { ...known, refetch };
}
