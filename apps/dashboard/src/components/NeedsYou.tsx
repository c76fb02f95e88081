import { type JSX, useCallback, useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import {
  ApproveExperimentsDocument,
  CancelExperimentDocument,
  DecideResultDocument,
  MoveCampaignDocument,
  RejectExperimentDocument,
  RequeueExperimentDocument,
  ResolveSuspectDocument,
  RestoreExperimentDocument,
  SwitchCampaignDocument,
  TasksDocument,
  type TasksQuery,
  WithdrawApprovalDocument,
  WithdrawRejectionDocument,
} from '../api/generated/graphql.js';
import { useSession } from '../api/session-context.js';
import { may } from '../api/session.js';
import { problemOf, sayError, useAction } from '../api/use-action.js';
import { labelText } from '../format/formula.js';
import { capital } from '../format/objective.js';
import { clockWords } from '../format/time.js';
import { askedInWords, taskTitles } from '../format/task-words.js';
import { Badge } from './Badge.js';
import { useNow, usePolling } from './hooks.js';
import { Panel } from './Panel.js';
import { type Question, ReasonDialog } from './ReasonDialog.js';
import { Skeleton, Trouble } from './States.js';
import { type Done, UndoBar } from './UndoBar.js';

type Task = TasksQuery['tasks']['edges'][number]['node'];
const shown = 50;

interface Choice {
  readonly label: string;
  readonly may: 'plan' | 'approve';
  readonly title: string;
  readonly text: string;
  /** Null where the decision needs no reason. */
  readonly ask: string | null;
  readonly act: (reason: string) => Promise<Parameters<typeof problemOf>[0]>;
  /** Where it can be taken back as long as nothing has come of it. */
  readonly undo?: { readonly said: string; readonly act: () => Promise<Parameters<typeof problemOf>[0]> };
}

/** Everything that waits for a person, the most pressing first, with the decisions in place. */
export function NeedsYou({ campaignId }: { readonly campaignId?: string }): JSX.Element {
  const { role } = useSession();
  const [{ data, error }, ask] = useQuery({
    query: TasksDocument,
    variables: { first: shown, ...(campaignId === undefined ? {} : { campaignId }) },
  });
  const refetch = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  usePolling(refetch, 4000);
  const now = useNow(5000);
  const choicesOf = useChoices();
  const [question, setQuestion] = useState<Question | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<Done | null>(null);
  const bringBack = (id: string): void =>
    setGone((before) => new Set([...before].filter((other) => other !== id)));

  /** Shown as decided at once, and put back where the server refuses it. */
  const take = async (task: Task, choice: Choice, reason: string): Promise<string | null> => {
    setGone((before) => new Set([...before, task.id]));
    const said = problemOf(await choice.act(reason));
    if (said !== null) bringBack(task.id);
    const { undo } = choice;
    if (said === null && undo) {
      setDone({
        what: `${capital(nameOf(task))} ${undo.said}.`,
        undo: async () => {
          const answer = problemOf(await undo.act());
          bringBack(task.id);
          refetch();
          return answer;
        },
      });
    }
    refetch();
    return said;
  };
  const choose = (task: Task, choice: Choice): void => {
    const { title, text, ask: label, label: confirm } = choice;
    if (label === null) void take(task, choice, '').then(setProblem);
    else setQuestion({ title, text, label, confirm, act: (reason) => take(task, choice, reason) });
  };

  const all = data?.tasks.edges.map(({ node }) => node);
  const tasks = all?.filter(({ id }) => !gone.has(id));
  const total = Math.max(0, (data?.tasks.totalCount ?? 0) - ((all?.length ?? 0) - (tasks?.length ?? 0)));
  return (
    <Panel title="Needs you" count={tasks ? total : undefined} className={total > 0 ? 'attention' : ''}>
      {error ? (
        <Trouble what="What waits for you could not be loaded." why={sayError(error)} retry={refetch} />
      ) : null}
      {problem === null ? null : <Trouble what="That was not done." why={problem} />}
      {tasks === undefined ? (
        error ? null : (
          <Skeleton height="4rem" label="Loading what waits for you" />
        )
      ) : tasks.length === 0 ? (
        <p className="soft">Nothing waits for a person.</p>
      ) : (
        <ul className="decisions">
          {tasks.map((task) => {
            const due = clockWords(task.deadline, now);
            return (
              <li key={task.id}>
                <div className="stack-tight">
                  <div className="row">
                    <Badge {...taskTitles[task.kind]} />
                    <strong>
                      <Link to={`/campaigns/${task.campaignId}`}>
                        {task.campaign.name}
                        {task.experiment === null ? '' : `, experiment ${task.experiment.number}`}
                      </Link>
                    </strong>
                    {task.experiment === null ? null : (
                      <span className="soft small">{labelText(task.experiment.label)}</span>
                    )}
                  </div>
                  <p className="small">{storyOf(task)}</p>
                  <p className="small soft">
                    {askedInWords(task.owner)},{' '}
                    {due.overdue ? <Badge word={due.words} tone="bad" /> : <span>{due.words}</span>}
                  </p>
                </div>
                <div className="row">
                  {choicesOf(task)
                    .filter((choice) => may(role, choice.may))
                    .map((choice) => (
                      <button
                        key={choice.label}
                        type="button"
                        className="button small"
                        onClick={() => choose(task, choice)}
                      >
                        {choice.label}
                        <span className="visually-hidden"> {nameOf(task)}</span>
                        {choice.ask === null ? '' : '…'}
                      </button>
                    ))}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {done ? <UndoBar key={done.what} done={done} onClose={() => setDone(null)} /> : null}
      {tasks && total > tasks.length ? (
        <p className="soft small">And {total - tasks.length} more, less pressing.</p>
      ) : null}
      {question ? <ReasonDialog question={question} onClose={() => setQuestion(null)} /> : null}
    </Panel>
  );
}

/** The reason that the record keeps. */
const undone = 'Taken back at once';

const nameOf = ({ campaign, experiment }: Task): string =>
  experiment === null ? campaign.name : `experiment ${experiment.number} of ${campaign.name}`;

function storyOf({ kind, note, attempt, experiment }: Task): string {
  const station = attempt?.station?.name ?? 'The station';
  switch (kind) {
    case 'suspect_attempt':
      return `${station} started it and went silent: ${attempt?.note ?? 'nothing was heard since'}.`;
    case 'flagged_result':
      return `${station} handed in a doubtful result: ${attempt?.note ?? 'see its flags'}.`;
    case 'late_result':
      return `${station} handed in a result too late: ${attempt?.note ?? 'another attempt may be on its way'}.`;
    case 'quarantined':
      return experiment?.note ?? 'It failed as often as the campaign allows.';
    case 'no_station':
    case 'not_claimed':
    case 'planning_failed':
      return note ?? '';
    case 'review_proposal':
      return 'It is made once somebody approves it.';
    case 'start_campaign':
      return 'It is a draft and has not begun.';
    case 'resume_campaign':
      return 'It is paused: nothing is proposed or given out.';
    case 'dispatch_off':
      return 'Dispatch is off: stations are given nothing of it.';
    case 'proposing_off':
      return 'Proposing is off: no new experiments are planned.';
    default:
      return '';
  }
}

/** The decisions that the server names for each kind of task, each carried out in place. */
function useChoices(): (task: Task) => readonly Choice[] {
  const suspect = useAction(ResolveSuspectDocument);
  const result = useAction(DecideResultDocument);
  const requeue = useAction(RequeueExperimentDocument);
  const cancel = useAction(CancelExperimentDocument);
  const approve = useAction(ApproveExperimentsDocument);
  const reject = useAction(RejectExperimentDocument);
  const move = useAction(MoveCampaignDocument);
  const turn = useAction(SwitchCampaignDocument);
  const withdraw = useAction(WithdrawApprovalDocument);
  const unreject = useAction(WithdrawRejectionDocument);
  const restore = useAction(RestoreExperimentDocument);
  return (task) => {
    const name = nameOf(task);
    const id = task.experiment?.id ?? '';
    const attemptId = task.attempt?.id ?? '';
    const plain = { may: 'plan', title: '', text: '', ask: null } as const;
    const giveUp: Choice = {
      label: 'Cancel',
      may: 'plan',
      title: `Cancel ${name}?`,
      text: 'It is not made, and does not count against the budget.',
      ask: 'Why?',
      act: (reason) => cancel.run({ id, reason }),
      undo: { said: 'cancelled', act: () => restore.run({ id, reason: undone }) },
    };
    switch (task.kind) {
      case 'suspect_attempt':
        return [
          {
            label: 'Requeue',
            may: 'approve',
            title: `Make ${name} again?`,
            text: 'Be sure that the station is not still working on it: the same sample would be made twice.',
            ask: 'What did you find at the station?',
            act: (note) => suspect.run({ attemptId, decision: 'requeue', note }),
          },
          {
            label: 'Abandon',
            may: 'approve',
            title: `Give up ${name}?`,
            text: 'The experiment is cancelled and does not count against the budget.',
            ask: 'What did you find at the station?',
            act: (note) => suspect.run({ attemptId, decision: 'abandon', note }),
            undo: { said: 'given up', act: () => restore.run({ id, reason: undone }) },
          },
        ];
      case 'flagged_result':
      case 'late_result':
        return [
          {
            label: 'Accept',
            may: 'approve',
            title: `Accept the result of ${name}?`,
            text: 'The model learns from it.',
            ask: 'Why?',
            act: (note) => result.run({ attemptId, decision: 'accept', note }),
          },
          {
            label: 'Discard',
            may: 'approve',
            title: `Discard the result of ${name}?`,
            text: 'The measurement is kept in the record as excluded; the model does not see it.',
            ask: 'Why?',
            act: (note) => result.run({ attemptId, decision: 'discard', note }),
          },
        ];
      case 'quarantined':
        return [
          {
            label: 'Requeue',
            may: 'approve',
            title: `Try ${name} again?`,
            text: 'It failed as often as the campaign allows and was set aside.',
            ask: 'What has changed?',
            act: (reason) => requeue.run({ id, reason }),
          },
          giveUp,
        ];
      case 'no_station':
      case 'not_claimed':
        return [giveUp];
      case 'review_proposal':
        return [
          {
            ...plain,
            label: 'Approve',
            may: 'approve',
            act: () => approve.run({ ids: [id] }),
            undo: { said: 'approved', act: () => withdraw.run({ id, reason: undone }) },
          },
          {
            label: 'Reject',
            may: 'approve',
            title: `Reject ${name}?`,
            text: 'It is not made, and another takes its place.',
            ask: 'Why?',
            act: (reason) => reject.run({ id, reason }),
            undo: { said: 'rejected', act: () => unreject.run({ id, reason: undone }) },
          },
        ];
      case 'start_campaign':
        return [{ ...plain, label: 'Start', act: () => move.run({ id: task.campaignId, to: 'active' }) }];
      case 'resume_campaign':
        return [{ ...plain, label: 'Resume', act: () => move.run({ id: task.campaignId, to: 'active' }) }];
      case 'dispatch_off':
        return [
          {
            ...plain,
            label: 'Switch dispatch on',
            act: () => turn.run({ id: task.campaignId, dispatch: true }),
          },
        ];
      case 'proposing_off':
        return [
          {
            ...plain,
            label: 'Switch proposing on',
            act: () => turn.run({ id: task.campaignId, proposing: true }),
          },
        ];
      case 'planning_failed':
        return [{ ...plain, label: 'Pause', act: () => move.run({ id: task.campaignId, to: 'paused' }) }];
      default:
        return [];
    }
  };
}
