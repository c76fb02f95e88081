import { type JSX, useState } from 'react';
import { labelText } from '../../format/formula.js';
import {
  ApproveExperimentsDocument,
  type CampaignHeadFragment,
  type ExperimentRowFragment,
  RejectExperimentDocument,
  ReorderExperimentsDocument,
  WithdrawApprovalDocument,
  WithdrawRejectionDocument,
} from '../../api/generated/graphql.js';
import type { Space } from '../../api/space.js';
import { problemOf, useAction } from '../../api/use-action.js';
import { Badge } from '../../components/Badge.js';
import { Panel } from '../../components/Panel.js';
import { IntervalCell, Quantity } from '../../components/Quantity.js';
import { type Question, ReasonDialog } from '../../components/ReasonDialog.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { intervalOf, withUnitLabel } from '../../format/objective.js';
import { listed } from '../../format/words.js';
import { PointDialog } from './moves/PointDialog.js';
import { type Done, UndoBar } from '../../components/UndoBar.js';
import { useOverlay } from './moves/use-overlay.js';
import { WhyExperiment } from './WhyExperiment.js';

interface ProposalsProps {
  readonly campaign: CampaignHeadFragment;
  readonly rows: readonly ExperimentRowFragment[];
  readonly loaded: boolean;
  readonly problem: string | null;
  readonly space: Space;
  readonly canDecide: boolean;
  readonly canPlan: boolean;
  readonly onDone: () => void;
}

/** What the planner wants made next, why, and what it expects. */
export function Proposals(props: ProposalsProps): JSX.Element {
  const { campaign, space, loaded, problem, canDecide, canPlan, onDone } = props;
  const { id: campaignId, objective } = campaign;
  const { rows, decide, putFirst, bringBack } = useOverlay(props.rows);
  const approve = useAction(ApproveExperimentsDocument);
  const reject = useAction(RejectExperimentDocument);
  const withdraw = useAction(WithdrawApprovalDocument);
  const unreject = useAction(WithdrawRejectionDocument);
  const reorder = useAction(ReorderExperimentsDocument);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  /** The proposal that is changed; `new` for one that is added. */
  const [pointOf, setPointOf] = useState<ExperimentRowFragment | 'new' | null>(null);

  const approveAll = async (chosen: readonly ExperimentRowFragment[]): Promise<void> => {
    const ids = chosen.map(({ id }) => id);
    const specHashes = chosen.map(({ specHash }) => specHash);
    const refused = await decide(ids, async () => problemOf(await approve.run({ ids, specHashes })));
    setTrouble(refused);
    onDone();
    if (refused !== null) return;
    const numbers = listed(chosen.map(({ number }) => String(number)));
    setDone({
      what: `${chosen.length === 1 ? 'Experiment' : 'Experiments'} ${numbers} approved.`,
      undo: async () => {
        const answers: (string | null)[] = [];
        for (const id of ids) answers.push(problemOf(await withdraw.run({ id, reason: undone })));
        bringBack(ids);
        onDone();
        return answers.find((answer) => answer !== null) ?? null;
      },
    });
  };
  const askReject = ({ id, number, label }: ExperimentRowFragment): void =>
    setQuestion({
      title: `Reject experiment ${number}?`,
      text: `${labelText(label)}. It does not count against the budget, and the planner proposes another.`,
      label: 'Reason',
      confirm: 'Reject',
      act: async (reason) => {
        const answer = await decide([id], async () => problemOf(await reject.run({ id, reason })));
        if (answer !== null) return answer;
        onDone();
        const undo = async (): Promise<string | null> => {
          const refused = problemOf(await unreject.run({ id, reason: undone }));
          if (refused === null) bringBack([id]);
          onDone();
          return refused;
        };
        setDone({ what: `Experiment ${number} rejected.`, undo });
        return null;
      },
    });
  const makeFirst = async ({ id }: ExperimentRowFragment): Promise<void> => {
    setTrouble(
      await putFirst(id, async () => problemOf(await reorder.run({ campaignId, ids: [id], place: 'first' }))),
    );
    onDone();
  };

  const running = campaign.state === 'active' || campaign.state === 'paused' || campaign.state === 'draft';
  const canApproveAll = canDecide && rows.length > 1;
  const canAdd = canPlan && running;
  const tools =
    canApproveAll || canAdd ? (
      <>
        {canAdd ? (
          <button type="button" className="button" onClick={() => setPointOf('new')}>
            Add a point…
          </button>
        ) : null}
        {canApproveAll ? (
          <button
            type="button"
            className="button primary"
            disabled={approve.busy}
            onClick={() => void approveAll(rows)}
          >
            Approve all {rows.length}
          </button>
        ) : null}
      </>
    ) : undefined;

  return (
    <Panel title="Proposals" count={rows.length} tools={tools}>
      {problem === null ? null : <Trouble what="The proposals could not be loaded." why={problem} />}
      {trouble === null ? null : <Trouble what="It was not done." why={trouble} />}
      {done === null ? null : <UndoBar key={done.what} done={done} onClose={() => setDone(null)} />}
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
                {canDecide || canPlan ? (
                  <th scope="col" className="actions">
                    <span className="visually-hidden">Decide</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                <tr key={row.id}>
                  <th scope="row">{row.number}</th>
                  <td>
                    {labelText(row.label)}
                    {row.outside === null ? null : (
                      <>
                        <br />
                        <Badge word="Outside the space" tone="warn" />{' '}
                        <span className="soft small">{row.outside}</span>
                      </>
                    )}
                  </td>
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
                    <WhyExperiment
                      campaignId={campaignId}
                      id={row.id}
                      number={row.number}
                      objective={objective}
                    />
                  </td>
                  {canDecide || canPlan ? (
                    <td className="actions">
                      {canDecide ? (
                        <>
                          <button
                            type="button"
                            className="button small"
                            disabled={approve.busy}
                            onClick={() => void approveAll([row])}
                          >
                            Approve<span className="visually-hidden"> experiment {row.number}</span>
                          </button>
                          <button type="button" className="button small" onClick={() => askReject(row)}>
                            Reject<span className="visually-hidden"> experiment {row.number}</span>…
                          </button>
                        </>
                      ) : null}
                      {canPlan ? (
                        <>
                          <button
                            type="button"
                            className="button quiet small"
                            onClick={() => setPointOf(row)}
                          >
                            Change<span className="visually-hidden"> experiment {row.number}</span>…
                          </button>
                          {i > 0 ? (
                            <button
                              type="button"
                              className="button quiet small"
                              onClick={() => void makeFirst(row)}
                            >
                              First
                              <span className="visually-hidden">
                                : make experiment {row.number} before the others
                              </span>
                            </button>
                          ) : null}
                        </>
                      ) : null}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {question ? <ReasonDialog question={question} onClose={() => setQuestion(null)} /> : null}
      {pointOf === null ? null : (
        <PointDialog
          campaignId={campaignId}
          space={space}
          row={pointOf === 'new' ? null : pointOf}
          onDone={onDone}
          onClose={() => setPointOf(null)}
        />
      )}
    </Panel>
  );
}

const undone = 'Undone right after it was decided';

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
