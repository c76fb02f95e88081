import type { PlanAnswer, PlanRequest } from '@ionloop/domain';
import { type Phase, planInPhases } from '@ionloop/planner';

/** An answer, and when each phase of it began and ended, in milliseconds since 1970. */
export interface Thought {
  readonly answer: PlanAnswer;
  readonly phases: readonly { readonly phase: Phase; readonly from: number; readonly to: number }[];
}

/** A thread has no tracer and no metrics: it says what took how long, and the worker passes it on. */
export function think(request: PlanRequest): Thought {
  const begun: { readonly phase: Phase; readonly from: number }[] = [];
  const answer = planInPhases(request, (phase) => begun.push({ phase, from: now() }));
  const end = now();
  return { answer, phases: begun.map((one, i) => ({ ...one, to: begun[i + 1]?.from ?? end })) };
}

const now = (): number => performance.timeOrigin + performance.now();
