import { type JSX, useState } from 'react';
import {
  AddExperimentDocument,
  EditExperimentDocument,
  type ExperimentRowFragment,
} from '../../../api/generated/graphql.js';
import { newKey } from '../../../api/idempotency.js';
import type { Space } from '../../../api/space.js';
import { problemOf, useAction } from '../../../api/use-action.js';
import { SelectField, TextField } from '../../../components/Field.js';
import { ReasonDialog } from '../../../components/ReasonDialog.js';
import { draftOfPoint, pointFields, readPoint } from './point-draft.js';

interface PointDialogProps {
  readonly campaignId: string;
  readonly space: Space;
  /** The proposal that is changed; null where a point is added. */
  readonly row: ExperimentRowFragment | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** A point by hand: another for a proposal, or one more. Outside the space only where that is said. */
export function PointDialog({ campaignId, space, row, onDone, onClose }: PointDialogProps): JSX.Element {
  const [draft, setDraft] = useState(() => draftOfPoint(space, row?.point));
  const [outside, setOutside] = useState(row !== null && row.outside !== null);
  const [idempotencyKey] = useState(newKey);
  const add = useAction(AddExperimentDocument);
  const edit = useAction(EditExperimentDocument);
  const set = (key: string, value: string): void => setDraft((before) => ({ ...before, [key]: value }));

  const act = async (reason: string): Promise<string | null> => {
    const read = readPoint(space, draft);
    if ('problem' in read) return read.problem;
    const { point } = read;
    const problem =
      row === null
        ? problemOf(await add.run({ campaignId, point, reason, outside, idempotencyKey }))
        : problemOf(await edit.run({ id: row.id, point, reason, outside }));
    if (problem === null) onDone();
    return problem;
  };

  return (
    <ReasonDialog
      wide
      onClose={onClose}
      question={{
        title: row === null ? 'Add an experiment' : `Change experiment ${row.number}`,
        text:
          row === null
            ? 'It waits for approval like any other.'
            : 'It keeps its number; what the model predicted of the old point is forgotten, and it is approved anew.',
        label: 'Why this point?',
        confirm: row === null ? 'Add' : 'Change',
        act,
      }}
    >
      <div className="form-grid">
        {pointFields(space).map(({ key, label, hint, choices, numeric }) =>
          choices === null ? (
            <TextField
              key={key}
              path={`point.${key}`}
              label={label}
              numeric={numeric}
              {...(hint !== null && { hint })}
              value={draft[key] ?? ''}
              onChange={(value) => set(key, value)}
            />
          ) : (
            <SelectField
              key={key}
              path={`point.${key}`}
              label={label}
              options={choices.map((choice) => ({ value: choice, label: choice }))}
              value={draft[key] ?? ''}
              onChange={(value) => set(key, value)}
            />
          ),
        )}
      </div>
      <label className="row start">
        <input type="checkbox" checked={outside} onChange={(event) => setOutside(event.target.checked)} />
        It may lie outside the space
      </label>
    </ReasonDialog>
  );
}
