/** What travels between a station and the server; docs/lab-wire.md says what each part means. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export const schemaVersion = 1;

export interface Assignment {
  readonly attemptId: string;
  readonly experimentId: string;
  readonly experimentNumber: number;
  readonly campaignId: string;
  readonly fence: number;
  readonly spec: Spec;
  readonly specHash: string;
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
}

export interface Spec {
  readonly campaignId: string;
  readonly experiment: number;
  readonly point: Readonly<Record<string, PointValue>>;
  readonly label: string;
  readonly property: string;
  readonly unit: string;
  readonly temperatureC?: number;
  /** Where more than one property is to be measured: all of them, the above first. */
  readonly properties?: readonly AskedProperty[];
}

export interface AskedProperty {
  readonly property: string;
  readonly unit: string;
  readonly temperatureC?: number;
}

/** Everything that a spec asks for. */
export const askedBy = ({ property, unit, temperatureC, properties }: Spec): readonly AskedProperty[] =>
  properties ?? [{ property, unit, ...(temperatureC !== undefined && { temperatureC }) }];

/** A number for a continuous parameter, fractions for a mixture, a candidate's id for a pool. */
export type PointValue = number | string | Readonly<Record<string, number>>;

export const commands = ['continue', 'pause', 'cancel', 'lease_lost'] as const;
export type Command = (typeof commands)[number];

export interface Beat {
  readonly attemptId: string;
  readonly stage?: string;
  readonly progress?: number;
}

export interface BeatAnswer {
  readonly attemptId: string;
  readonly command: Command;
}

export const outcomes = ['measured', 'failed_sample', 'infeasible', 'instrument_fault'] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of an attempt, as the station tells it. */
export interface Result {
  readonly outcome: Outcome;
  /** What the station believes it made, where it says so. */
  readonly specHash?: string;
  readonly note?: string;
  readonly measurements: readonly Measurement[];
  /** Files that belong to it; they are copied before `run`'s result counts as found. */
  readonly artifacts?: readonly ArtifactFile[];
}

interface ArtifactBasics {
  readonly name: string;
  readonly mediaType?: string;
  /** What it is: `impedance_spectrum` is drawn. */
  readonly kind?: string;
  /** Which of the measurements it belongs to, counted from 0; to all of the attempt unless told. */
  readonly measurement?: number;
}

/** A file that comes with a result: by its path, or by what it holds. */
export type ArtifactFile = ArtifactBasics &
  ({ readonly path: string } | { readonly content: string | Uint8Array });

/** A file as a result names it on the wire, once it is uploaded. */
export interface NamedArtifact extends ArtifactBasics {
  readonly sha256: string;
}

export type WireResult = Omit<Result, 'artifacts'> & { readonly artifacts?: readonly NamedArtifact[] };

export type Measurement = ValueMeasurement | ImpedanceMeasurement | SeriesMeasurement;

interface MeasurementBasics {
  readonly property: string;
  /** Of the sample. */
  readonly temperatureC?: number;
  readonly uncertainty?: number;
  readonly conditions?: JsonObject;
  /** Why the station itself doubts the value. */
  readonly suspect?: string;
  /** Store a value outside the plausible range, flagged. */
  readonly force?: boolean;
}

export interface ValueMeasurement extends MeasurementBasics {
  readonly value: number;
  readonly unit: string;
}

export interface ImpedanceMeasurement extends MeasurementBasics {
  readonly impedance: Impedance;
}

/** Conductivities at several temperatures: the server draws an Arrhenius line through them. */
export interface SeriesMeasurement extends MeasurementBasics {
  readonly series: readonly SeriesPoint[];
}

export interface Impedance {
  readonly resistanceOhm: number;
  readonly thicknessCm: number;
  readonly areaCm2: number;
  readonly frequencyHz?: { readonly min: number; readonly max: number };
  /** The equivalent circuit, such as `R(RQ)Q`. */
  readonly fitModel?: string;
  /** How far the fitted circuit is from the spectrum, as a share. */
  readonly residual?: number;
}

export type SeriesPoint = { readonly temperatureC: number; readonly force?: boolean } & (
  { readonly value: number; readonly unit: string } | { readonly impedance: Impedance }
);

export const dispositions = ['accepted', 'flagged', 'late', 'closed'] as const;
export type Disposition = (typeof dispositions)[number];

export interface Receipt {
  readonly attemptId: string;
  readonly disposition: Disposition;
  readonly measurementIds: readonly string[];
  /** Where the campaign is not running any more: the result is kept all the same. */
  readonly notice?: string;
}
