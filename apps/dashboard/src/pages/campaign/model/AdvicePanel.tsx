import { type JSX, useEffect } from 'react';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Badge } from '../../../components/Badge.js';
import { Panel } from '../../../components/Panel.js';
import { Quantity } from '../../../components/Quantity.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { percentText } from '../../../format/number.js';
import type { Objective } from '../../../format/objective.js';
import { plural } from '../../../format/words.js';

interface AdvicePanelProps {
  readonly campaignId: string;
  readonly modelId: string;
  readonly objective: Objective;
}

/** Whether more experiments are likely to pay. */
export function AdvicePanel({ campaignId, modelId, objective }: AdvicePanelProps): JSX.Element {
  const { result, busy, problem, run } = useAnalysis(campaignId, 'AdviceResult');
  useEffect(() => run({ advice: {} }), [run, modelId]);
  const stop = result?.stop;
  const unit = objective.transform === 'log10' ? 'decades' : objective.unit;
  return (
    <Panel
      title="Is there more to find?"
      tools={
        stop ? (
          <Badge
            word={stop.verdict === 'stop' ? 'Stop' : 'Go on'}
            tone={stop.verdict === 'stop' ? 'info' : 'good'}
          />
        ) : undefined
      }
    >
      {problem !== null && !stop ? (
        <Trouble what="There is no advice." why={problem} retry={() => run({ advice: {} })} />
      ) : null}
      {!stop && busy ? <Skeleton height="8rem" label="Weighing what is left" /> : null}
      {stop ? (
        <div className="stack">
          <p className="lead">{sentence(stop.reason)}</p>
          <dl className="metrics">
            {stop.anythingBetter === null ? null : (
              <div>
                <dt>Chance that something better is left</dt>
                <dd>{percentText(stop.anythingBetter)}</dd>
              </div>
            )}
            {stop.expectedRegret === null ? null : (
              <div>
                <dt>Expected to be still missing</dt>
                <dd>
                  <Quantity value={stop.expectedRegret} unit={unit} significant={2} />
                </dd>
              </div>
            )}
            <div>
              <dt>Since the last gain</dt>
              <dd>{plural(stop.plateau, 'result')}</dd>
            </div>
            {stop.budgetLeft === null ? null : (
              <div>
                <dt>Budget left</dt>
                <dd>{plural(stop.budgetLeft, 'experiment')}</dd>
              </div>
            )}
          </dl>
        </div>
      ) : null}
    </Panel>
  );
}

const sentence = (text: string): string => {
  const begun = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
};
