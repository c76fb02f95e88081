import type { PlanAnswer, PlanRequest } from '@ionloop/domain';

/** The planner runs where CPU work may run; the engine only knows that it answers. */
export interface Planner {
  readonly version: string;
  plan(request: PlanRequest): Promise<PlanAnswer>;
}
