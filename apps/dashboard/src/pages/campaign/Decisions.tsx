import { type JSX, useState } from 'react';
import { labelText } from '../../format/formula.js';
import {
  type CampaignHeadFragment,
  DecideResultDocument,
  type ExperimentRowFragment,
  RequeueExperimentDocument,
  ResolveSuspectDocument,
  type ResultDecision,
  type SuspectDecision,
} from '../../api/generated/graphql.js';
import { problemOf, useAction } from '../../api/use-action.js';
import { Badge } from '../../components/Badge.js';
import { useNow } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { type Question, ReasonDialog } from '../../components/ReasonDialog.js';
import { quantityText } from '../../format/number.js';
import { ago } from '../../format/time.js';
import { listed } from '../../format/words.js';
import { type Decision, decisionsOf } from './experiment-views.js';

interface DecisionsProps {
  readonly campaign: CampaignHeadFragment;
  readonly open: readonly ExperimentRowFragment[];
  readonly finished: readonly ExperimentRowFragment[];
  readonly canDecide: boolean;
  readonly onDone: () => void;
}

const titles = {
  suspect: { word: 'Contact lost', tone: 'warn' },
  flagged: { word: 'Result flagged', tone: 'warn' },
  late: { word: 'Late result', tone: 'warn' },
  quarantined: { word: 'Quarantined', tone: 'bad' },
} as const;

/** What the loop will not decide by itself. Nothing is shown where nothing waits. */
export function Decisions({
  campaign,
  open,
  finished,
  canDecide,
  onDone,
}: DecisionsProps): JSX.Element | null {
  const [question, setQuestion] = useState<Question | null>(null);
  const suspect = useAction(ResolveSuspectDocument);
  const result = useAction(DecideResultDocument);
  const requeue = useAction(RequeueExperimentDocument);
  const now = useNow(5000);
  const decisions = decisionsOf([...open, ...finished]);
  if (decisions.length === 0 && !question) return null;

  const settle = async (work: Promise<Parameters<typeof problemOf>[0]>): Promise<string | null> => {
    const problem = problemOf(await work);
    if (problem === null) onDone();
    return problem;
  };
  const askSuspect = (attemptId: string, number: number, decision: SuspectDecision): void =>
    setQuestion({
      title: decision === 'requeue' ? `Make experiment ${number} again?` : `Give up experiment ${number}?`,
      text:
        decision === 'requeue'
          ? 'Be sure that the station is not still working on it: the same sample would be made twice.'
          : 'The experiment is cancelled and does not count against the budget.',
      label: 'What did you find at the station?',
      confirm: decision === 'requeue' ? 'Requeue' : 'Abandon',
      act: (note) => settle(suspect.run({ attemptId, decision, note })),
    });
  const askResult = (attemptId: string, number: number, decision: ResultDecision): void =>
    setQuestion({
      title:
        decision === 'accept'
          ? `Accept the result of experiment ${number}?`
          : `Discard the result of experiment ${number}?`,
      text:
        decision === 'accept'
          ? 'The model learns from it.'
          : 'The measurement is kept in the record as excluded; the model does not see it.',
      label: 'Why?',
      confirm: decision === 'accept' ? 'Accept' : 'Discard',
      act: (note) => settle(result.run({ attemptId, decision, note })),
    });
  const askRequeue = (id: string, number: number): void =>
    setQuestion({
      title: `Try experiment ${number} again?`,
      text: 'It failed as often as the campaign allows and was set aside.',
      label: 'What has changed?',
      confirm: 'Requeue',
      act: (reason) => settle(requeue.run({ id, reason })),
    });

  const buttons = (decision: Decision): readonly { readonly label: string; readonly ask: () => void }[] => {
    const { number, id } = decision.row;
    switch (decision.kind) {
      case 'suspect':
        return [
          { label: 'Requeue', ask: () => askSuspect(decision.attempt.id, number, 'requeue') },
          { label: 'Abandon', ask: () => askSuspect(decision.attempt.id, number, 'abandon') },
        ];
      case 'flagged':
      case 'late':
        return [
          { label: 'Accept', ask: () => askResult(decision.attempt.id, number, 'accept') },
          { label: 'Discard', ask: () => askResult(decision.attempt.id, number, 'discard') },
        ];
      case 'quarantined':
        return [{ label: 'Requeue', ask: () => askRequeue(id, number) }];
    }
  };

  return (
    <Panel title="Waits for your decision" count={decisions.length} className="attention">
      <ul className="decisions">
        {decisions.map((decision) => (
          <li
            key={`${decision.kind} ${decision.row.id} ${decision.kind === 'quarantined' ? '' : decision.attempt.id}`}
          >
            <div className="stack-tight">
              <div className="row">
                <Badge {...titles[decision.kind]} />
                <strong>Experiment {decision.row.number}</strong>
                <span className="soft small">{labelText(decision.row.label)}</span>
              </div>
              <p className="small">{storyOf(decision, campaign.objective.unit, now)}</p>
            </div>
            {canDecide ? (
              <div className="row">
                {buttons(decision).map(({ label, ask }) => (
                  <button key={label} type="button" className="button small" onClick={ask}>
                    {label}
                    <span className="visually-hidden"> experiment {decision.row.number}</span>…
                  </button>
                ))}
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {question ? <ReasonDialog question={question} onClose={() => setQuestion(null)} /> : null}
    </Panel>
  );
}

function storyOf(decision: Decision, unit: string, now: Date): string {
  if (decision.kind === 'quarantined')
    return decision.row.note ?? 'It failed as often as the campaign allows.';
  const { row, attempt } = decision;
  const station = attempt.station?.name ?? 'The station';
  if (decision.kind === 'suspect') {
    const seen = attempt.lastSeenAt === null ? '' : `, last seen ${ago(attempt.lastSeenAt, now)}`;
    return `${station} started it and went silent${attempt.stage === null ? '' : ` during ${attempt.stage}`}${seen}.`;
  }
  const own = row.measurements.filter(({ attemptId }) => attemptId === attempt.id);
  const values = listed(
    own.map(({ value, unit: measured }) => quantityText(value, measured === '' ? unit : measured)),
  );
  const flags = listed(
    [...new Set(own.flatMap((measurement) => measurement.flags))].map((flag) => flag.replaceAll('_', ' ')),
  );
  return [
    `${station} measured ${values === '' ? 'nothing' : values}`,
    flags === '' ? '' : `; flagged: ${flags}`,
    attempt.note === null || flags.includes(attempt.note.replaceAll('_', ' ')) ? '.' : `. ${attempt.note}`,
  ].join('');
}
