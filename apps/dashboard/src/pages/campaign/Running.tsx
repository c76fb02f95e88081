import { type JSX, useState } from 'react';
import { labelText } from '../../format/formula.js';
import { CancelExperimentDocument, type ExperimentRowFragment } from '../../api/generated/graphql.js';
import { problemOf, useAction } from '../../api/use-action.js';
import { Badge } from '../../components/Badge.js';
import { Meter } from '../../components/Controls.js';
import { useNow } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { type Question, ReasonDialog } from '../../components/ReasonDialog.js';
import { Empty, Skeleton } from '../../components/States.js';
import { percentText } from '../../format/number.js';
import { ago } from '../../format/time.js';
import { attemptStates, experimentStates } from '../../format/words.js';
import { latestAttempt } from './experiment-views.js';

interface RunningProps {
  readonly rows: readonly ExperimentRowFragment[];
  readonly loaded: boolean;
  readonly canCancel: boolean;
  readonly onDone: () => void;
}

const order = ['running', 'measured', 'claimed', 'queued', 'approved'];

/** From approval to result: where each experiment is, and at which station. */
export function Running({ rows, loaded, canCancel, onDone }: RunningProps): JSX.Element {
  const now = useNow(1000);
  const [question, setQuestion] = useState<Question | null>(null);
  const cancel = useAction(CancelExperimentDocument);
  const shown = rows
    .filter(({ state }) => order.includes(state))
    .sort(
      (a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.rank - b.rank || a.number - b.number,
    );

  const askCancel = ({ id, number }: ExperimentRowFragment): void =>
    setQuestion({
      title: `Cancel experiment ${number}?`,
      text: 'What has started is asked to stop; a result that still comes is kept for you to decide on.',
      label: 'Reason',
      confirm: 'Cancel the experiment',
      act: async (reason) => {
        const problem = problemOf(await cancel.run({ id, reason }));
        if (problem === null) onDone();
        return problem;
      },
    });

  return (
    <Panel title="Queued and running" count={shown.length}>
      {!loaded ? (
        <Skeleton height="12rem" label="Loading experiments" />
      ) : shown.length === 0 ? (
        <Empty title="Nothing is queued or running">
          <p>Approved experiments wait here until a station claims them.</p>
        </Empty>
      ) : (
        <ul className="running">
          {shown.map((row) => {
            const attempt = latestAttempt(row);
            const live = attempt && (row.state === 'running' || row.state === 'claimed') ? attempt : null;
            return (
              <li key={row.id}>
                <div className="line">
                  <span className="row">
                    <strong>Experiment {row.number}</strong>
                    <Badge {...experimentStates[row.state]} />
                  </span>
                  {canCancel && row.state !== 'measured' ? (
                    <button type="button" className="button quiet small" onClick={() => askCancel(row)}>
                      Cancel<span className="visually-hidden"> experiment {row.number}</span>…
                    </button>
                  ) : null}
                </div>
                <span className="small">{labelText(row.label)}</span>
                {live ? (
                  <>
                    <span className="line small soft">
                      <span>
                        {live.station?.name ?? 'a station'} · {live.stage ?? attemptStates[live.state]}
                        {live.cancelRequested ? ' · asked to stop' : ''}
                      </span>
                      <span className="number">
                        {live.progress === null ? '' : `${percentText(live.progress)} · `}
                        {live.lastSeenAt === null ? 'not heard of yet' : `seen ${ago(live.lastSeenAt, now)}`}
                      </span>
                    </span>
                    {live.progress === null ? null : (
                      <Meter
                        label={`Progress of experiment ${row.number}`}
                        value={live.progress}
                        of={1}
                        text={percentText(live.progress)}
                      />
                    )}
                  </>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {question ? <ReasonDialog question={question} onClose={() => setQuestion(null)} /> : null}
    </Panel>
  );
}
