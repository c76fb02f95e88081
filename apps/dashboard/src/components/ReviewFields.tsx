import type { JSX } from 'react';
import type { Approval } from '../api/generated/graphql.js';
import { approvals } from '../format/plan-choices.js';
import { SelectField, TextField } from './Field.js';

/** Who decides about proposals, as it is written into a form. */
interface Review {
  readonly approval: Approval;
  readonly rejectedFor: string;
  readonly separate: boolean;
}

interface ReviewFieldsProps {
  readonly review: Review;
  readonly onChange: (change: Partial<Review>) => void;
}

/** For a grid of fields. */
export function ReviewFields({ review, onChange }: ReviewFieldsProps): JSX.Element {
  return (
    <>
      <SelectField
        path="approval"
        label="Approval"
        options={approvals}
        value={review.approval}
        onChange={(approval) => onChange({ approval })}
      />
      <TextField
        path="review.rejectedFor"
        label="A rejected point rests for"
        numeric
        hint="So many proposals; 0 for not at all"
        value={review.rejectedFor}
        onChange={(rejectedFor) => onChange({ rejectedFor })}
      />
    </>
  );
}

export function SeparateReview({ review, onChange }: ReviewFieldsProps): JSX.Element {
  return (
    <label className="row start">
      <input
        type="checkbox"
        checked={review.separate}
        onChange={(event) => onChange({ separate: event.target.checked })}
      />
      Nobody approves what they proposed themselves
    </label>
  );
}
