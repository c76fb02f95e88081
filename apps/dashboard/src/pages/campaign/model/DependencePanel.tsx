import { type JSX, useEffect, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { dimensionsOf, type Dimension } from '../../../api/space.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { SelectField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { formulaText } from '../../../format/formula.js';
import type { Objective } from '../../../format/objective.js';
import { DependencePlot } from '../../../plots/DependencePlot.js';
import { useCampaignData } from '../campaign-data.js';

interface DependencePanelProps {
  readonly campaignId: string;
  readonly modelId: string;
  readonly name: string;
  readonly objective: Objective;
  readonly columns: readonly string[];
}

/** Where a column is on a dimension's own scale; as models see it where it is none. */
function placeOn(dimension: Dimension | undefined): (value: number) => number {
  if (!dimension || dimension.choices) return (value) => value;
  const { min, max, scale } = dimension;
  return (value) => (scale === 'log' ? min * (max / min) ** value : min + value * (max - min));
}

/** How the prediction goes with one column, the rest as it was tried. */
export function DependencePanel(props: DependencePanelProps): JSX.Element {
  const { campaignId, modelId, name, objective, columns } = props;
  const { space } = useCampaignData();
  const [search, setSearch] = useSearchParams();
  const column = columns.find((one) => one === search.get('column')) ?? columns[0] ?? null;
  const { result, busy, problem, run } = useAnalysis(campaignId, 'DependenceResult');
  useEffect(() => {
    if (column !== null) run({ dependence: { columns: [column], values: 30 } });
  }, [run, column, modelId]);
  const dimension = useMemo(
    () => dimensionsOf(space).find((one) => one.name === column || one.name === column?.split('.').at(-1)),
    [space, column],
  );
  const at = useMemo(() => placeOn(dimension), [dimension]);
  const line = result?.names[0] === column ? result.lines[0] : undefined;
  return (
    <Panel
      title="How it goes with one column"
      note="Partial dependence: the average prediction where this column is set to each of its values in turn and everything else stays as it was tried."
    >
      {column === null ? (
        <Skeleton height="20rem" label="Waiting for the columns" />
      ) : (
        <>
          <div className="chooser">
            <SelectField
              path="dependence.column"
              label="Column"
              value={column}
              options={columns.map((value) => ({ value, label: formulaText(value) }))}
              onChange={(value) =>
                setSearch(
                  { ...Object.fromEntries(search), column: value },
                  { replace: true, preventScrollReset: true },
                )
              }
            />
          </div>
          {problem === null ? null : <Trouble what="It could not be drawn." why={problem} />}
          {result && line ? (
            <DependencePlot
              name={name}
              objective={objective}
              column={column}
              values={result.values}
              at={at}
              unit={dimension?.unit ?? ''}
              log={dimension?.scale === 'log'}
              line={line}
              coverage={result.coverage}
            />
          ) : busy ? (
            <Skeleton height="20rem" label="Following the column" />
          ) : null}
        </>
      )}
    </Panel>
  );
}
