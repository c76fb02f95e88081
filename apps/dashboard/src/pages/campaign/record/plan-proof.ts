import { fieldsOf, listOf, numberOr, textOr } from '../../../api/json.js';

/** What the record keeps of a plan so that it can be made again: the hashes of its question, its answer and its model. */
export interface PlanProof {
  readonly seq: number;
  readonly number: number;
  readonly plannerVersion: string;
  readonly requestHash: string;
  readonly answerHash: string;
  /** Null where no model had a say. */
  readonly modelHash: string | null;
  readonly proposals: number;
}

interface Committed {
  readonly seq: number;
  readonly type: string;
  readonly payload: unknown;
}

/** Of the event that a plan is kept as; null of any other. */
export function planProofOf({ seq, type, payload }: Committed): PlanProof | null {
  const { plan, model, experiments } = fieldsOf(payload);
  const { number, plannerVersion, requestHash, answerHash } = fieldsOf(plan);
  if (type !== 'plan.committed') return null;
  const { bodyHash } = fieldsOf(model);
  return {
    seq,
    number: numberOr(number, 0),
    plannerVersion: textOr(plannerVersion, ''),
    requestHash: textOr(requestHash, ''),
    answerHash: textOr(answerHash, ''),
    modelHash: typeof bodyHash === 'string' ? bodyHash : null,
    proposals: listOf(experiments).length,
  };
}
