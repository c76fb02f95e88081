import { type JSX, useCallback, useMemo } from 'react';
import { MeasuredDocument, type MeasuredQuery } from '../../../api/generated/graphql.js';
import { type Page, useAllPages } from '../../../api/use-all-pages.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { propertyName } from '../../../format/objective.js';
import { ReplicateSpread } from '../../../plots/ReplicateSpread.js';
import { replicatesOf } from '../../../plots/replicates.js';
import { useCampaignData } from '../campaign-data.js';
import { ParetoPanel } from '../pareto/ParetoPanel.js';
import { filesOf } from '../experiment-views.js';
import { ArrheniusView } from './ArrheniusView.js';
import { SpectraView } from './SpectraView.js';
import { SpreadSentence } from './SpreadSentence.js';

const connectionOf = ({ campaign }: MeasuredQuery) => campaign?.experiments;

/** What the instruments gave, as physics: spectra, temperature series, and how well a measurement repeats. */
export default function PhysicsTab(): JSX.Element {
  const { campaign, finished } = useCampaignData();
  const { id, name, objective } = campaign;
  const variablesOf = useCallback((page: Page) => ({ id, ...page }), [id]);
  const measured = useAllPages(MeasuredDocument, variablesOf, connectionOf);
  const groups = useMemo(
    () => replicatesOf(measured.rows, objective.property),
    [measured.rows, objective.property],
  );
  // What there is comes first.
  const seriesFirst =
    finished.loaded && measured.loaded && finished.rows.every((row) => filesOf(row).spectra === 0);
  const spectra = <SpectraView rows={finished.rows} measured={measured.rows} loaded={finished.loaded} />;
  const series = <ArrheniusView name={name} rows={measured.rows} loaded={measured.loaded} />;
  return (
    <div className="stack">
      {measured.problem === null ? null : (
        <Trouble
          what="The measurements could not be loaded."
          why={measured.problem}
          retry={measured.refetch}
        />
      )}
      <ParetoPanel />
      {seriesFirst ? series : spectra}
      {seriesFirst ? spectra : series}
      <Panel
        title="Replicate spread"
        note={`Points that were measured more than once, with every accepted ${propertyName(objective.property)}. The bar goes from the lowest to the highest; what differs here differs by making and measuring alone, and no model can do better.`}
      >
        {!measured.loaded ? (
          <Skeleton height="12rem" label="Loading measurements" />
        ) : groups.length === 0 ? (
          <Empty title="Nothing was measured twice yet">
            <p>
              Two results of one point tell how far a single result can be trusted. Ask for a point again to
              learn it.
            </p>
          </Empty>
        ) : (
          <>
            <SpreadSentence groups={groups} objective={objective} />
            <ReplicateSpread name={name} objective={objective} groups={groups} />
          </>
        )}
      </Panel>
    </div>
  );
}
