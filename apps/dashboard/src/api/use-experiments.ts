import { useCallback, useMemo } from 'react';
import {
  ExperimentsDocument,
  type ExperimentsQuery,
  type ExperimentRowFragment,
  type ExperimentState,
} from './generated/graphql.js';
import { type AllPages, type Page, useAllPages } from './use-all-pages.js';

export type Experiments = AllPages<ExperimentRowFragment>;

const connectionOf = ({ campaign }: ExperimentsQuery) => campaign?.experiments;

/** A campaign's experiments in some states: all of them, or of very many the newest, in the order of their numbers. */
export function useExperiments(campaignId: string, states: readonly ExperimentState[]): Experiments {
  const variablesOf = useCallback(
    (page: Page) => ({
      id: campaignId,
      states: [...states],
      orderBy: { by: 'number' as const, descending: true },
      ...page,
    }),
    [campaignId, states],
  );
  const all = useAllPages(ExperimentsDocument, variablesOf, connectionOf);
  return useMemo(() => ({ ...all, rows: [...all.rows].reverse() }), [all]);
}
