import type { Point, Proposal } from '@ionloop/domain';

/** A proposal that no model has a say in. */
export const unmodelled = (point: Point, reason: string): Proposal => ({
  point,
  origin: 'initial',
  prediction: null,
  acquisition: null,
  reason,
});
