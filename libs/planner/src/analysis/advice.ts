import type { AdviceRequest, AnalysisInput, Point } from '@ionloop/domain';
import { diagnose, type Diagnosis } from '../advice/diagnose.js';
import { stopAdvice, type StopAdvice } from '../advice/stop-advice.js';

export interface Advice {
  readonly stop: StopAdvice;
  /** Null of fewer than five results. */
  readonly trust: (Omit<Diagnosis, 'outliers'> & { readonly outliers: readonly NumberedOutlier[] }) | null;
}

export interface NumberedOutlier {
  readonly number: number;
  readonly point: Point;
  readonly robustZ: number;
}

export function advice({ worth }: AdviceRequest, { plan, numbers, budget }: AnalysisInput): Advice {
  const diagnosis = diagnose(plan);
  return {
    stop: stopAdvice(plan, { budget, ...(worth !== null && { worth }) }),
    trust: diagnosis && {
      ...diagnosis,
      outliers: diagnosis.outliers.map(({ observation, point, robustZ }) => ({
        number: numbers[observation]!,
        point,
        robustZ,
      })),
    },
  };
}
