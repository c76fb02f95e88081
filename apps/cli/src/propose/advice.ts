import { diagnose, type Diagnosis, type StopAdvice, stopAdvice } from '@ionloop/planner';
import type { PlanRequest } from '@ionloop/domain';
import type { AskedCampaign } from './request.js';

export interface Advice {
  readonly stop: StopAdvice;
  /** Null where there are too few results. */
  readonly diagnosis: Diagnosis | null;
}

export const adviceOn = ({ request, budget }: AskedCampaign): Advice => ({
  stop: stopAdvice(request, budget === null ? {} : { budget }),
  diagnosis: diagnose(request),
});

/** In words, outliers with what they were measured at. */
export function toldAdvice(
  { stop, diagnosis }: Advice,
  describe: (point: PlanRequest['pending'][number]) => string,
): readonly string[] {
  const trust = diagnosis?.verdict ?? 'There are too few results to say whether the model can be trusted.';
  const outliers = (diagnosis?.outliers ?? []).map(
    ({ point, robustZ }) =>
      `  ${describe(point)}: ${robustZ > 0 ? 'better' : 'worse'} than predicted, by ${Math.abs(robustZ).toFixed(1)} times the usual error`,
  );
  return [stop.reason, trust, ...outliers];
}
