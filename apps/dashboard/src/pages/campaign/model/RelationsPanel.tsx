import { type JSX, useEffect, useMemo } from 'react';
import { useAnalysis } from '../../../api/use-analysis.js';
import { useChoice } from '../../../components/address.js';
import { Segmented } from '../../../components/Controls.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { formulaText } from '../../../format/formula.js';
import { numberText } from '../../../format/number.js';
import { listed, plural } from '../../../format/words.js';
import { ClusterMap } from '../../../plots/ClusterMap.js';
import { CorrelationMap } from '../../../plots/CorrelationMap.js';
import { Dendrogram } from '../../../plots/Dendrogram.js';
import { useCampaignData } from '../campaign-data.js';

const kinds = [
  { value: 'pearson', label: 'Pearson' },
  { value: 'spearman', label: 'By rank' },
] as const;
const shown = 400;
/** From here on a column is as good as a combination of others. */
const inflated = 10;
const apart = 0.65;

interface RelationsPanelProps {
  readonly campaignId: string;
  readonly name: string;
  readonly dataRevision: number;
}

/** How columns and results hang together, before any model. */
export function RelationsPanel({ campaignId, name, dataRevision }: RelationsPanelProps): JSX.Element {
  const { result, busy, problem, run } = useAnalysis(campaignId, 'RelationsResult');
  useEffect(() => run({ relations: { shown } }), [run, dataRevision]);
  const [kind, setKind] = useChoice('correlation', kinds, 'pearson');
  const pairs = useMemo(
    () => result?.correlations.map((pair) => ({ a: pair.a, b: pair.b, value: pair[kind] })) ?? [],
    [result, kind],
  );
  const { campaign, points } = useCampaignData();
  const values = useMemo(
    () => new Map(points.flatMap(({ experiment, value }) => (value === null ? [] : [[experiment, value]]))),
    [points],
  );
  const entwined = result?.inflation.filter(({ factor }) => factor === null || factor > inflated) ?? [];
  const outliers = result?.related.filter(({ outlier, isolation }) => outlier || isolation > apart) ?? [];
  const waiting = busy && !result ? <Skeleton height="20rem" label="Relating columns" /> : null;
  if (problem !== null && !result) return <Trouble what="Nothing could be related." why={problem} />;
  return (
    <div className="columns">
      <div className="span-6 fill">
        <Panel
          title="Correlations"
          note="How columns and the measured property go with each other over all results: green together, brown against each other. Near zero says only that there is no straight line."
          tools={<Segmented label="Which correlation" options={kinds} value={kind} onChange={setKind} />}
        >
          {waiting ??
            (result ? (
              <>
                <CorrelationMap name={name} columns={result.names} pairs={pairs} kind={kind} />
                {entwined.length === 0 ? null : (
                  <p className="small soft">
                    {listed(entwined.map(({ column }) => formulaText(column)))}{' '}
                    {entwined.length === 1 ? 'follows' : 'follow'} from the others (variance inflation above{' '}
                    {inflated}, or infinite): their own influence cannot be told apart. In a mixture that is
                    so by nature.
                  </p>
                )}
              </>
            ) : null)}
        </Panel>
      </div>
      <div className="span-6 fill">
        <Panel
          title="Groups of candidates"
          note="An even draw of candidates along the two directions in which they vary most; k-means puts like with like. A group without a measured one is a part of the space that nothing is known of first hand."
        >
          {waiting ??
            (result?.map ? (
              <>
                <ClusterMap
                  name={name}
                  explained={result.map.explained}
                  candidates={result.map.candidates}
                  results={result.map.results}
                />
                <p className="small soft">
                  {plural(result.map.clusters, 'group')}
                  {result.map.tried.length > 0 ? ', the number that separates best' : ''}.{' '}
                  {outliers.length === 0
                    ? 'No result stands apart.'
                    : `Standing apart: ${listed(outliers.slice(0, 8).map(({ number, robustZ }) => `no. ${number} (${numberText(robustZ, 2)} spreads)`))}.`}
                </p>
              </>
            ) : (
              <Empty title="The candidates do not vary" />
            ))}
        </Panel>
      </div>
      {result?.tree ? (
        <Panel
          className="span-12"
          title="Tree of results"
          note="Results that are most alike in composition and conditions join first, by Ward’s rule; the farther to the right two branches meet, the less alike they are. Dots are the measured value, the brighter the better: branches of one colour say that the value goes with the place."
        >
          <Dendrogram name={name} objective={campaign.objective} tree={result.tree} values={values} />
        </Panel>
      ) : null}
    </div>
  );
}
