import { type JSX, useState } from 'react';
import { type CampaignState, ProposeNowDocument } from '../../../api/generated/graphql.js';
import type { CampaignWhole } from '../../../api/use-campaign.js';
import { newKey } from '../../../api/idempotency.js';
import { problemOf, useAction } from '../../../api/use-action.js';
import { TextField } from '../../../components/Field.js';
import { type Question, ReasonDialog } from '../../../components/ReasonDialog.js';
import { numberIn } from './point-draft.js';
import { SettingsDialog } from './SettingsDialog.js';

interface CampaignMovesProps {
  readonly campaign: CampaignWhole;
  readonly moveTo: (to: CampaignState, note: string) => Promise<string | null>;
  readonly onDone: () => void;
}

type Opened = 'settings' | 'propose' | Question;

/** What a planner does to a campaign that is running, or was. */
export function CampaignMoves({ campaign, moveTo, onDone }: CampaignMovesProps): JSX.Element {
  const { name, state, spent, budget } = campaign;
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = (): void => setOpened(null);
  const questions = movesFrom(campaign).map(({ to, label, ...question }) => ({
    label,
    question: { ...question, act: (note: string) => moveTo(to, note) },
  }));
  return (
    <>
      {state === 'archived' ? null : (
        <button type="button" className="button" onClick={() => setOpened('settings')}>
          Settings…
        </button>
      )}
      {state === 'active' && spent < budget ? (
        <button type="button" className="button" onClick={() => setOpened('propose')}>
          Propose more…
        </button>
      ) : null}
      {questions.map(({ label, question }) => (
        <button
          key={label}
          type="button"
          className="button"
          onClick={() => setOpened({ ...question, label: 'Why?' })}
        >
          {label}…
        </button>
      ))}
      {opened === 'settings' ? <SettingsDialog campaign={campaign} onDone={onDone} onClose={close} /> : null}
      {opened === 'propose' ? <ProposeDialog campaign={campaign} onDone={onDone} onClose={close} /> : null}
      {opened !== null && typeof opened === 'object' ? (
        <ReasonDialog key={name} question={opened} onClose={close} />
      ) : null}
    </>
  );
}

interface Move extends Pick<Question, 'title' | 'text' | 'confirm'> {
  readonly to: CampaignState;
  readonly label: string;
}

function movesFrom({ name, state, spent, budget }: CampaignWhole): readonly Move[] {
  const goesOn = spent < budget;
  const complete: Move = {
    to: 'completed',
    label: 'Complete',
    title: `Complete “${name}”?`,
    text: 'Proposals and queued experiments are cancelled; what is running is let finish and its result is kept. It can be taken up again as long as its budget allows.',
    confirm: 'Complete the campaign',
  };
  const archive: Move = {
    to: 'archived',
    label: 'Archive',
    title: `Archive “${name}”?`,
    text: 'It leaves the lists; nothing of its record is lost, and it can be brought back.',
    confirm: 'Archive the campaign',
  };
  const takeUp: Move = {
    to: 'active',
    label: 'Take up again',
    title: `Take up “${name}” again?`,
    text: `${budget - spent} of ${budget} experiments are left.`,
    confirm: 'Take it up',
  };
  const bringBack: Move = {
    to: goesOn ? 'paused' : 'completed',
    label: 'Bring back',
    title: `Bring “${name}” back?`,
    text: goesOn ? 'It will be paused until it is resumed.' : 'Its budget is spent, so it will be completed.',
    confirm: 'Bring it back',
  };
  switch (state) {
    case 'draft':
      return [archive];
    case 'active':
    case 'paused':
      return [complete];
    case 'completed':
      return goesOn ? [takeUp, archive] : [archive];
    case 'archived':
      return [bringBack];
    default:
      return state satisfies never;
  }
}

/** More proposals than the rhythm brings. */
function ProposeDialog({
  campaign,
  onDone,
  onClose,
}: Omit<CampaignMovesProps, 'moveTo'> & { readonly onClose: () => void }): JSX.Element {
  const { id, budget, spent, asked } = campaign;
  const [count, setCount] = useState('1');
  const [idempotencyKey] = useState(newKey);
  const propose = useAction(ProposeNowDocument);
  const act = async (reason: string): Promise<string | null> => {
    const wanted = numberIn(count);
    if (wanted === null || !Number.isInteger(wanted)) return 'How many must be a whole number.';
    const problem = problemOf(await propose.run({ campaignId: id, count: wanted, reason, idempotencyKey }));
    if (problem === null) onDone();
    return problem;
  };
  return (
    <ReasonDialog
      onClose={onClose}
      question={{
        title: 'Propose more now',
        text: 'Beside what the rhythm brings, also while proposing is switched off.',
        label: 'Why?',
        confirm: 'Propose',
        act,
      }}
    >
      <TextField
        path="count"
        label="How many"
        numeric
        hint={`The budget leaves ${Math.max(0, budget - spent - asked)}`}
        value={count}
        onChange={setCount}
      />
    </ReasonDialog>
  );
}
