import { type JSX, useState } from 'react';
import {
  type CampaignState,
  MoveCampaignDocument,
  SwitchCampaignDocument,
} from '../../api/generated/graphql.js';
import type { CampaignWhole } from '../../api/use-campaign.js';
import { useSession } from '../../api/session-context.js';
import { may } from '../../api/session.js';
import { problemOf, useAction } from '../../api/use-action.js';
import { Badge } from '../../components/Badge.js';
import { Switch } from '../../components/Controls.js';
import { Trouble } from '../../components/States.js';
import { objectiveSentence } from '../../format/objective.js';
import { campaignStates, plural } from '../../format/words.js';
import { CampaignMoves } from './moves/CampaignMoves.js';

interface CampaignHeaderProps {
  readonly campaign: CampaignWhole;
  readonly onDone: () => void;
}

export function CampaignHeader({ campaign, onDone }: CampaignHeaderProps): JSX.Element {
  const { id, name, description, state, objective } = campaign;
  const { role } = useSession();
  const move = useAction(MoveCampaignDocument);
  const turn = useAction(SwitchCampaignDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const canPlan = may(role, 'plan');
  const running = state === 'active' || state === 'paused';

  const moveTo = async (to: CampaignState, note: string | null = null): Promise<string | null> => {
    const answer = problemOf(await move.run({ id, to, note }));
    onDone();
    return answer;
  };
  const act = async (work: Promise<string | null>): Promise<void> => setProblem(await work);
  const flip = async (which: { proposing: boolean } | { dispatch: boolean }): Promise<void> => {
    setProblem(problemOf(await turn.run({ id, ...which })));
    onDone();
  };

  return (
    <>
      <div className="page-head">
        <div className="stack-tight">
          <div className="row">
            <h1>{name}</h1>
            <Badge {...campaignStates[state]} />
          </div>
          <p>
            {objectiveSentence(objective)}
            <span className="soft">
              {' '}
              · strategy {campaign.strategy} · {campaign.approval} approval ·{' '}
              {plural(campaign.parallel, 'experiment')} at a time
              {campaign.asked > 0 ? ` · ${plural(campaign.asked, 'proposal')} asked for` : ''}
            </span>
          </p>
          {description === '' ? null : <p className="soft small">{description}</p>}
        </div>
        <div className="row">
          {running ? (
            <>
              <Switch
                label="Proposing"
                on={campaign.proposing}
                disabled={!canPlan || turn.busy}
                onChange={(proposing) => void flip({ proposing })}
              />
              <Switch
                label="Dispatch"
                on={campaign.dispatch}
                disabled={!canPlan || turn.busy}
                onChange={(dispatch) => void flip({ dispatch })}
              />
            </>
          ) : null}
          {canPlan ? (
            <>
              {state === 'draft' ? (
                <button
                  type="button"
                  className="button primary"
                  disabled={move.busy}
                  onClick={() => void act(moveTo('active'))}
                >
                  Start
                </button>
              ) : null}
              {state === 'active' ? (
                <button
                  type="button"
                  className="button"
                  disabled={move.busy}
                  onClick={() => void act(moveTo('paused'))}
                >
                  Pause
                </button>
              ) : null}
              {state === 'paused' ? (
                <button
                  type="button"
                  className="button primary"
                  disabled={move.busy}
                  onClick={() => void act(moveTo('active'))}
                >
                  Resume
                </button>
              ) : null}
              <CampaignMoves campaign={campaign} moveTo={moveTo} onDone={onDone} />
            </>
          ) : null}
        </div>
      </div>
      {problem === null ? null : <Trouble what="The campaign was not changed." why={problem} />}
    </>
  );
}
