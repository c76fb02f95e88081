import type { ScreenAcquisition } from '@ionloop/planner';

/** The options of `ionloop screen`, read. */
export interface ScreenOptions {
  readonly campaign?: string;
  readonly space?: string;
  readonly results: string;
  readonly target?: string;
  readonly goal?: 'max' | 'min';
  readonly log?: true;
  readonly levels?: { readonly [name: string]: number };
  readonly mostComponents?: { readonly [name: string]: number };
  readonly top: number;
  readonly acquisition: ScreenAcquisition;
  readonly beta: number;
  readonly model: string;
  readonly funnel?: string;
  readonly teacherStudent?: true;
  readonly labels: number;
  readonly alpha: number;
  readonly studentProperties?: readonly string[];
  readonly range?: { readonly from: string; readonly to: string };
  readonly threads?: number;
  readonly resume?: string;
  readonly seed: string;
  readonly json?: string;
}
