import { type JSX, useState } from 'react';
import { labelText } from '../../format/formula.js';
import {
  ApproveExperimentsDocument,
  type CampaignHeadFragment,
  type ExperimentRowFragment,
  RejectExperimentDocument,
} from '../../api/generated/graphql.js';
import { problemOf, useAction } from '../../api/use-action.js';
import { Panel } from '../../components/Panel.js';
import { IntervalCell, Quantity } from '../../components/Quantity.js';
import { type Question, ReasonDialog } from '../../components/ReasonDialog.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { intervalOf, withUnitLabel } from '../../format/objective.js';
import { WhyExperiment } from './WhyExperiment.js';

interface ProposalsProps {
  readonly campaign: CampaignHeadFragment;
  readonly rows: readonly ExperimentRowFragment[];
  readonly loaded: boolean;
  readonly problem: string | null;
  readonly canDecide: boolean;
  readonly onDone: () => void;
}

/** What the planner wants made next, why, and what it expects. */
export function Proposals({
  campaign,
  rows,
  loaded,
  problem,
  canDecide,
  onDone,
}: ProposalsProps): JSX.Element {
  const { objective } = campaign;
  const approve = useAction(ApproveExperimentsDocument);
  const reject = useAction(RejectExperimentDocument);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);

  const approveAll = async (ids: string[]): Promise<void> => {
    setTrouble(problemOf(await approve.run({ ids })));
    onDone();
  };
  const askReject = ({ id, number, label }: ExperimentRowFragment): void =>
    setQuestion({
      title: `Reject experiment ${number}?`,
      text: `${labelText(label)}. It does not count against the budget, and the planner proposes another.`,
      label: 'Reason',
      confirm: 'Reject',
      act: async (reason) => {
        const answer = problemOf(await reject.run({ id, reason }));
        if (answer === null) onDone();
        return answer;
      },
    });

  const tools =
    canDecide && rows.length > 1 ? (
      <button
        type="button"
        className="button primary"
        disabled={approve.busy}
        onClick={() => void approveAll(rows.map(({ id }) => id))}
      >
        Approve all {rows.length}
      </button>
    ) : undefined;

  return (
    <Panel title="Proposals" count={rows.length} tools={tools}>
      {problem === null ? null : <Trouble what="The proposals could not be loaded." why={problem} />}
      {trouble === null ? null : <Trouble what="Not approved." why={trouble} />}
      {!loaded ? (
        <Skeleton height="12rem" label="Loading proposals" />
      ) : rows.length === 0 ? (
        <Empty title="Nothing is proposed">
          <p>{whyNone(campaign)}</p>
        </Empty>
      ) : (
        <div className="table-scroll">
          <table className="table cards">
            <caption className="visually-hidden">
              Proposed experiments with the predicted value, its 95 % interval and the reason
            </caption>
            <thead>
              <tr>
                <th scope="col">No.</th>
                <th scope="col">Composition and conditions</th>
                <th scope="col">{withUnitLabel('Predicted, 95 % interval', objective.unit)}</th>
                <th scope="col">Acquisition</th>
                <th scope="col">Why</th>
                {canDecide ? (
                  <th scope="col" className="actions">
                    <span className="visually-hidden">Decide</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">{row.number}</th>
                  <td>{labelText(row.label)}</td>
                  <td data-label={withUnitLabel('Predicted', objective.unit)}>
                    {row.prediction ? (
                      <IntervalCell interval={intervalOf(objective, row.prediction)} />
                    ) : (
                      <span className="soft">no model yet</span>
                    )}
                  </td>
                  <td data-label="Acquisition">
                    {row.acquisition ? (
                      <>
                        <Quantity value={row.acquisition.value} />
                        <br />
                        <span className="soft small">{row.acquisition.name}</span>
                      </>
                    ) : (
                      <span className="soft">–</span>
                    )}
                  </td>
                  <td className="why" data-label="Why">
                    {row.reason}
                    <WhyExperiment id={row.id} number={row.number} objective={objective} />
                  </td>
                  {canDecide ? (
                    <td className="actions">
                      <button
                        type="button"
                        className="button small"
                        disabled={approve.busy}
                        onClick={() => void approveAll([row.id])}
                      >
                        Approve<span className="visually-hidden"> experiment {row.number}</span>
                      </button>
                      <button type="button" className="button small" onClick={() => askReject(row)}>
                        Reject<span className="visually-hidden"> experiment {row.number}</span>…
                      </button>
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {question ? <ReasonDialog question={question} onClose={() => setQuestion(null)} /> : null}
    </Panel>
  );
}

function whyNone({ state, proposing, spent, budget, approval }: CampaignHeadFragment): string {
  if (state === 'draft') return 'The campaign has not been started.';
  if (state === 'completed' || state === 'archived') return `The campaign is ${state}.`;
  if (spent >= budget) return 'The budget is spent.';
  if (state === 'paused') return 'The campaign is paused.';
  if (!proposing) return 'Proposing is switched off.';
  return approval === 'automatic'
    ? 'Proposals are approved as they come, and go to the lab at once.'
    : 'As many experiments as the campaign allows are in hand; the next are proposed when one ends.';
}
