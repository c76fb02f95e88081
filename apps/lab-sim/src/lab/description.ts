import type { FaultKind } from '../faults/kinds.js';
import type { MistakeKind } from './mistakes.js';

export const stageNames = ['weigh', 'mill', 'press', 'sinter', 'contact', 'measure'] as const;
export type Stage = (typeof stageNames)[number];

export interface StationDescription {
  readonly name: string;
  readonly properties: readonly string[];
  readonly limits: Readonly<Record<string, readonly [number, number]>>;
  /** Samples in hand at a time; each device of the station has one of them at a time. */
  readonly hands: number;
  /** Of life, for each stage that the station has; a stage in a furnace takes as long as the furnace. */
  readonly seconds: Readonly<Partial<Record<Stage, number>>>;
  /** Where its samples are sintered together with others'. */
  readonly furnace?: string;
  /** In decades of a conductivity, a tenth of it as a share of anything else: scatter of one value, … */
  readonly scatter: number;
  /** … what the station is always off by, … */
  readonly offset: number;
  /** … and what that grows by in a day of life. */
  readonly driftPerDay: number;
}

export interface FurnaceDescription {
  readonly name: string;
  readonly places: number;
  /** From the first sample on, for others of the same temperature. */
  readonly waitSeconds: number;
  readonly seconds: number;
  readonly heatingKPerMinute?: number;
  /** The parameter of the point that says how hot; without one `temperatureC`. */
  readonly parameter?: string;
  readonly temperatureC: number;
}

export interface ConsumableDescription {
  readonly name: string;
  readonly station: string;
  readonly stage: Stage;
  /** Samples that a filling is enough for. */
  readonly holds: number;
  readonly refillSeconds: number;
}

export interface FailureDescription {
  /** Of any sample, whatever it is made of. */
  readonly anywhere: number;
  /** Of the made-up landscape: where its second one is above `above`, so many fail. */
  readonly region: { readonly above: number; readonly chance: number } | null;
}

export interface OutlierDescription {
  readonly rate: number;
  /** How far off, up or down; a tenth as a share of anything but a conductivity. */
  readonly decades: number;
}

export interface LabDescription {
  readonly name: string;
  readonly stations: readonly StationDescription[];
  readonly furnaces: readonly FurnaceDescription[];
  readonly consumables: readonly ConsumableDescription[];
  readonly failures: FailureDescription;
  readonly outliers: OutlierDescription;
  /** How often each happens, of all results with a value. */
  readonly mistakes: Readonly<Partial<Record<MistakeKind, number>>>;
  /** How often each happens, of all attempts. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
}
