import { useCallback } from 'react';
import {
  ExperimentsDocument,
  type ExperimentsQuery,
  type ExperimentRowFragment,
  type ExperimentState,
} from './generated/graphql.js';
import { type AllPages, type Page, useAllPages } from './use-all-pages.js';

export type Experiments = AllPages<ExperimentRowFragment>;

const connectionOf = ({ campaign }: ExperimentsQuery) => campaign?.experiments;

/** A campaign's experiments in some states. */
export function useExperiments(campaignId: string, states: readonly ExperimentState[]): Experiments {
  const variablesOf = useCallback(
    (page: Page) => ({ id: campaignId, states: [...states], ...page }),
    [campaignId, states],
  );
  return useAllPages(ExperimentsDocument, variablesOf, connectionOf);
}
