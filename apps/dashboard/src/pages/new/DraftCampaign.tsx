import { type JSX, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { MoveCampaignDocument } from '../../api/generated/graphql.js';
import { type CampaignWhole, useCampaign } from '../../api/use-campaign.js';
import { problemOf, sayError, useAction } from '../../api/use-action.js';
import { Badge } from '../../components/Badge.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { objectiveSentence } from '../../format/objective.js';
import { campaignStates } from '../../format/words.js';
import { StepNav } from './StepNav.js';
import { type DraftStep, stepAddress } from './steps.js';
import { HistoryStep } from './steps/HistoryStep.js';
import { RehearsalStep } from './steps/RehearsalStep.js';

interface DraftCampaignProps {
  readonly step: DraftStep;
  readonly campaignId: string | null;
}

/** What is done with a campaign before it starts: its past is brought in, and it is rehearsed. */
export function DraftCampaign({ step, campaignId }: DraftCampaignProps): JSX.Element {
  return (
    <div className="stack">
      {campaignId === null ? (
        <>
          <h1>New campaign</h1>
          <StepNav step={step} campaignId={null} />
          <Empty title="There is no draft of a campaign yet">
            <p>
              Results are brought into a campaign, and a campaign is rehearsed: create it as a draft first.
              Nothing starts by that.
            </p>
            <Link className="button" to={stepAddress('check')}>
              Check and create
            </Link>
          </Empty>
        </>
      ) : (
        <WithCampaign step={step} id={campaignId} />
      )}
    </div>
  );
}

function WithCampaign({ step, id }: { readonly step: DraftStep; readonly id: string }): JSX.Element {
  const { campaign, error, refetch } = useCampaign(id);
  if (campaign) return <Steps step={step} campaign={campaign} onDone={refetch} />;
  if (campaign === null)
    return <Trouble what="There is no campaign of this id." why="It may have been made on another server." />;
  if (error)
    return <Trouble what="The campaign could not be loaded." why={sayError(error)} retry={refetch} />;
  return <Skeleton height="24rem" label="Loading the campaign" />;
}

interface StepsProps {
  readonly step: DraftStep;
  readonly campaign: CampaignWhole;
  readonly onDone: () => void;
}

function Steps({ step, campaign, onDone }: StepsProps): JSX.Element {
  const { id, name, state } = campaign;
  const navigate = useNavigate();
  const move = useAction(MoveCampaignDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (): Promise<void> => {
    const answer = problemOf(await move.run({ id, to: 'active' }));
    setProblem(answer);
    if (answer === null) void navigate(`/campaigns/${id}`);
  };
  return (
    <>
      <div className="page-head">
        <div className="stack-tight">
          <div className="row">
            <h1>{name}</h1>
            <Badge {...campaignStates[state]} />
          </div>
          <p className="soft">{objectiveSentence(campaign.objective)}</p>
        </div>
        <Link className="button" to={`/campaigns/${id}`}>
          Open the campaign
        </Link>
      </div>
      <StepNav step={step} campaignId={id} />
      {step === 'history' ? (
        <HistoryStep campaign={campaign} onDone={onDone} />
      ) : (
        <RehearsalStep campaign={campaign} onDone={onDone} />
      )}
      {problem === null ? null : <Trouble what="The campaign was not started." why={problem} />}
      <div className="step-foot">
        {step === 'rehearsal' ? (
          <Link className="button" to={stepAddress('history', id)}>
            Back
          </Link>
        ) : (
          <Link className="button" to={stepAddress('rehearsal', id)}>
            Next: Rehearsal
          </Link>
        )}
        {state === 'draft' ? (
          <button type="button" className="button primary" disabled={move.busy} onClick={() => void start()}>
            {move.busy ? 'Starting…' : 'Start the campaign'}
          </button>
        ) : null}
      </div>
    </>
  );
}
