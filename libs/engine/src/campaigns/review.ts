import type { ReviewPolicy } from '@ionloop/domain';
import { integer, memberOf, object } from '../input.js';

/** A rejected point rests for so many proposals where nothing else is said. */
const usual: ReviewPolicy = { separate: false, rejectedFor: 20 };

export function reviewWith(before: ReviewPolicy | undefined, given: unknown): ReviewPolicy {
  const policy = before ?? usual;
  if (given === undefined || given === null) return policy;
  const fields = object(given, 'review', ['separate', 'rejectedFor']);
  const { separate = null, rejectedFor = null } = fields;
  return {
    separate: separate === null ? policy.separate : memberOf(separate, 'review.separate', [true, false]),
    rejectedFor:
      rejectedFor === null
        ? policy.rejectedFor
        : integer(rejectedFor, 'review.rejectedFor', { min: 0, max: 100_000 }),
  };
}
