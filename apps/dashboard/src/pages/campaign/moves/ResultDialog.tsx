import { type JSX, useEffect, useId, useRef, useState } from 'react';
import {
  AddReplicatesDocument,
  DecideMeasurementDocument,
  type ExperimentRowFragment,
  RecordMeasurementDocument,
  RestoreExperimentDocument,
  SupersedeMeasurementDocument,
} from '../../../api/generated/graphql.js';
import { newKey } from '../../../api/idempotency.js';
import { type Outcome, problemOf, useAction } from '../../../api/use-action.js';
import { Badge } from '../../../components/Badge.js';
import { TextField } from '../../../components/Field.js';
import { ReasonDialog } from '../../../components/ReasonDialog.js';
import { quantityText } from '../../../format/number.js';
import type { Objective } from '../../../format/objective.js';
import { measurementStates } from '../../../format/words.js';
import { labelText } from '../../../format/formula.js';
import { numberIn } from './point-draft.js';

type Measurement = ExperimentRowFragment['measurements'][number];

interface ResultDialogProps {
  readonly row: ExperimentRowFragment;
  readonly objective: Objective;
  readonly canPlan: boolean;
  readonly canApprove: boolean;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

type Asked =
  | { readonly what: 'exclude' | 'restore' | 'correct'; readonly measurement: Measurement }
  | { readonly what: 'record' | 'repeat' | 'take back' };

/** What was measured of one experiment, and what a person says to it. Nothing is overwritten. */
export function ResultDialog(props: ResultDialogProps): JSX.Element {
  const { row, objective, canPlan, canApprove, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [asked, setAsked] = useState<Asked | null>(null);
  /** Shown as decided until the server says what became of it. */
  const [early, setEarly] = useState<ReadonlyMap<string, Measurement['status']>>(new Map());
  useEffect(() => setEarly(new Map()), [row]);
  useEffect(() => dialog.current?.showModal(), []);
  const statusOf = (measurement: Measurement): Measurement['status'] =>
    early.get(measurement.id) ?? measurement.status;

  return (
    <>
      <dialog ref={dialog} className="dialog wide" aria-labelledby={id} onClose={onClose}>
        <div className="stack">
          <div className="stack-tight">
            <h2 id={id}>Results of experiment {row.number}</h2>
            <p className="soft small">{labelText(row.label)}</p>
          </div>
          {row.measurements.length === 0 ? (
            <p className="soft">Nothing was measured of it.</p>
          ) : (
            <ul className="decisions">
              {row.measurements.map((measurement) => (
                <li key={measurement.id}>
                  <div className="stack-tight">
                    <div className="row start">
                      <strong className="number">{quantityText(measurement.value, measurement.unit)}</strong>
                      <Badge {...measurementStates[statusOf(measurement)]} />
                      {measurement.supersedes === null ? null : (
                        <span className="soft small">a correction</span>
                      )}
                    </div>
                    {measurement.note === null ? null : <p className="small">{measurement.note}</p>}
                  </div>
                  {canApprove ? (
                    <div className="row">
                      {movesOf(statusOf(measurement)).map(([what, label]) => (
                        <button
                          key={what}
                          type="button"
                          className="button small"
                          onClick={() => setAsked({ what, measurement })}
                        >
                          {label}
                          <span className="visually-hidden">
                            {' '}
                            {quantityText(measurement.value, measurement.unit)}
                          </span>
                          …
                        </button>
                      ))}
                    </div>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
          <div className="row">
            {canApprove && (row.state === 'accepted' || row.state === 'cancelled') ? (
              <button type="button" className="button" onClick={() => setAsked({ what: 'record' })}>
                Record a value…
              </button>
            ) : null}
            {canPlan && row.state !== 'infeasible' ? (
              <button type="button" className="button" onClick={() => setAsked({ what: 'repeat' })}>
                Repeat it…
              </button>
            ) : null}
            {canPlan && row.state === 'cancelled' ? (
              <button type="button" className="button" onClick={() => setAsked({ what: 'take back' })}>
                Propose it again…
              </button>
            ) : null}
            <button type="button" className="button primary" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </div>
        </div>
      </dialog>
      {asked === null ? null : (
        <Asking
          {...props}
          objective={objective}
          asked={asked}
          onEarly={(measurementId, status) =>
            setEarly((before) => {
              const next = new Map(before);
              if (status === null) next.delete(measurementId);
              else next.set(measurementId, status);
              return next;
            })
          }
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

function movesOf(
  status: Measurement['status'],
): readonly (readonly ['exclude' | 'restore' | 'correct', string])[] {
  if (status === 'accepted')
    return [
      ['exclude', 'Exclude'],
      ['correct', 'Correct'],
    ];
  if (status === 'excluded')
    return [
      ['restore', 'Restore'],
      ['correct', 'Correct'],
    ];
  return [];
}

interface AskingProps extends Omit<ResultDialogProps, 'onClose'> {
  readonly asked: Asked;
  readonly onEarly: (measurementId: string, status: Measurement['status'] | null) => void;
  readonly onClose: () => void;
}

function Asking({ row, objective, asked, onEarly, onDone, onClose }: AskingProps): JSX.Element {
  const decide = useAction(DecideMeasurementDocument);
  const correct = useAction(SupersedeMeasurementDocument);
  const record = useAction(RecordMeasurementDocument);
  const repeat = useAction(AddReplicatesDocument);
  const takeBack = useAction(RestoreExperimentDocument);
  const [text, setText] = useState(asked.what === 'repeat' ? '1' : '');
  const [idempotencyKey] = useState(newKey);
  const { id, number } = row;
  const { property, unit } = objective;

  const valued = async (
    send: (measurement: { property: string; value: number; unit: string }) => Promise<Outcome<unknown>>,
  ): Promise<string | null> => {
    const value = numberIn(text);
    return value === null ? 'The value is not a number.' : problemOf(await send({ property, value, unit }));
  };
  const decided = async (
    measurementId: string,
    decision: 'accepted' | 'excluded',
    note: string,
  ): Promise<string | null> => {
    onEarly(measurementId, decision);
    const problem = problemOf(await decide.run({ measurementId, decision, note }));
    if (problem !== null) onEarly(measurementId, null);
    return problem;
  };
  const act = async (reason: string): Promise<string | null> => {
    switch (asked.what) {
      case 'exclude':
        return decided(asked.measurement.id, 'excluded', reason);
      case 'restore':
        return decided(asked.measurement.id, 'accepted', reason);
      case 'correct':
        return valued((measurement) =>
          correct.run({ measurementId: asked.measurement.id, measurement, reason, idempotencyKey }),
        );
      case 'record':
        return valued((measurement) => record.run({ experimentId: id, measurement, reason, idempotencyKey }));
      case 'repeat': {
        const count = numberIn(text);
        if (count === null || !Number.isInteger(count)) return 'How often must be a whole number.';
        return problemOf(await repeat.run({ id, count, reason, idempotencyKey }));
      }
      case 'take back':
        return problemOf(await takeBack.run({ id, reason }));
      default:
        return asked satisfies never;
    }
  };
  const { title, say, confirm, field } = words(asked, number, unit);
  return (
    <ReasonDialog
      onClose={onClose}
      question={{
        ...{ title, text: say, confirm, label: 'Why?' },
        act: async (reason) => {
          const problem = await act(reason);
          if (problem === null) onDone();
          return problem;
        },
      }}
    >
      {field === null ? null : (
        <TextField path="value" label={field} numeric value={text} onChange={setText} />
      )}
    </ReasonDialog>
  );
}

function words(
  { what }: Asked,
  number: number,
  unit: string,
): { readonly title: string; readonly say: string; readonly confirm: string; readonly field: string | null } {
  const value = unit === '' ? 'Value' : `Value (${unit})`;
  switch (what) {
    case 'exclude':
      return {
        title: `Exclude a result of experiment ${number}?`,
        say: 'It is kept in the record; models do not see it, and the best so far follows.',
        ...{ confirm: 'Exclude', field: null },
      };
    case 'restore':
      return {
        title: `Restore a result of experiment ${number}?`,
        say: 'The next model learns from it again.',
        ...{ confirm: 'Restore', field: null },
      };
    case 'correct':
      return {
        title: `Correct a result of experiment ${number}`,
        say: 'The new value takes its place; the old one is kept as superseded.',
        ...{ confirm: 'Correct', field: value },
      };
    case 'record':
      return {
        title: `Record a value for experiment ${number}`,
        say: 'It joins what was measured, as a replicate.',
        ...{ confirm: 'Record', field: value },
      };
    case 'repeat':
      return {
        title: `Repeat experiment ${number}`,
        say: 'The same point again: proposals of their own, to be approved.',
        ...{ confirm: 'Repeat', field: 'How often' },
      };
    case 'take back':
      return {
        title: `Propose experiment ${number} again?`,
        say: 'It has to be approved anew.',
        ...{ confirm: 'Propose it', field: null },
      };
    default:
      return what satisfies never;
  }
}
