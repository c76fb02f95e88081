import { type JSX, useEffect, useMemo } from 'react';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Panel } from '../../../components/Panel.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { formulaText } from '../../../format/formula.js';
import type { Objective } from '../../../format/objective.js';
import { Beeswarm } from '../../../plots/Beeswarm.js';
import { WhiskerChart } from '../../../plots/WhiskerChart.js';
import { DependencePanel } from './DependencePanel.js';
import { MemberWeights } from './MemberWeights.js';

interface ExplanationsProps {
  readonly campaignId: string;
  readonly modelId: string;
  readonly name: string;
  readonly objective: Objective;
  readonly scale: string;
  /** What the model says that it goes by; null where it says nothing. */
  readonly influence: JSX.Element | null;
}

const explainedResults = 150;
const repeats = 20;

/** What the model's predictions are made of, result by result and on the whole. */
export function Explanations(props: ExplanationsProps): JSX.Element {
  const { campaignId, modelId, name, objective, scale, influence } = props;
  const { result, busy, problem, run } = useAnalysis(campaignId, 'ImportancesResult');
  useEffect(() => run({ importances: { repeats, results: explainedResults } }), [run, modelId]);
  const rows = useMemo(
    () =>
      [...(result?.columns ?? [])]
        .sort((a, b) => b.permutation - a.permutation)
        .map(({ column, permutation, spread }) => ({
          name: formulaText(column),
          middle: permutation,
          low: permutation - 2 * spread,
          high: permutation + 2 * spread,
          strong: permutation - 2 * spread > 0,
        })),
    [result],
  );
  const columns = useMemo(() => result?.columns.map(({ column }) => column) ?? [], [result]);
  const explained = result?.results;
  const beside = influence !== null || (result?.weights.length ?? 0) > 0;
  const waiting = busy && !result ? <Skeleton height="20rem" label="Explaining the model" /> : null;
  return (
    <>
      {problem !== null && !result ? (
        <Trouble
          what="The model could not be explained."
          why={problem}
          retry={() => run({ importances: { repeats, results: explainedResults } })}
        />
      ) : null}
      <div className="columns">
        <div className="span-7 fill">
          <Panel
            title="What each prediction is made of"
            note={`Shapley values: each dot is a result; how far it lies from zero is what that column adds to, or takes from, its prediction${explained && !explained.exact ? ', estimated from random orders' : ''}. A colour that runs from left to right is a trend.`}
          >
            {waiting ??
              (explained ? (
                <Beeswarm name={name} scale={scale} explained={explained} />
              ) : (
                <Empty title="No result is explained yet" />
              ))}
          </Panel>
        </div>
        <div className="span-5 fill">
          <Panel
            title="What it could not do without"
            note={`How much less the model explains (of 1 − R²) where a column is dealt out anew, ${repeats} times: the bar is two standard deviations. One that crosses zero does not matter as far as can be told.`}
          >
            {waiting ?? (
              <WhiskerChart
                name={`${name} permutation importances`}
                summary={`Permutation importances of ${rows.length} columns; ${rows[0]?.name ?? 'none'} matters most.`}
                label="rise of 1 − R²"
                zero="no loss"
                rows={rows}
              />
            )}
          </Panel>
        </div>
      </div>
      <div className="columns">
        <div className={beside ? 'span-7 fill' : 'span-12 fill'}>
          <DependencePanel
            campaignId={campaignId}
            modelId={modelId}
            name={name}
            objective={objective}
            columns={columns}
          />
        </div>
        {beside ? (
          <div className="span-5 stack">
            {result && result.weights.length > 0 ? (
              <MemberWeights
                weights={result.weights}
                note="This model is several as one: the say that each has earned by what it said of results that it had not seen."
              />
            ) : null}
            {influence}
          </div>
        ) : null}
      </div>
    </>
  );
}
