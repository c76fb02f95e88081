import { invalidState } from './errors.js';
import type { Measurement } from './measurement.js';
import type { Grounds } from './planning.js';
import type { Point } from './space-spec.js';
import type { Waiting } from './waiting.js';

export type ExperimentState =
  | 'proposed'
  | 'approved'
  | 'rejected'
  | 'queued'
  | 'claimed'
  | 'running'
  | 'measured'
  | 'accepted'
  | 'failed_sample'
  | 'infeasible'
  | 'cancelled'
  | 'quarantined';

/** One point of the space that should be, or was, made and measured. */
export interface Experiment {
  readonly id: string;
  readonly campaignId: string;
  /** Counts from 1 within the campaign: what people call it. */
  readonly number: number;
  readonly state: ExperimentState;
  readonly point: Point;
  /** Hash of what the lab will be asked to do; approval and start are bound to it. */
  readonly specHash: string;
  /** `history`: it was made before the campaign, or elsewhere, and its result was imported. */
  readonly origin: 'initial' | 'model' | 'person' | 'history';
  readonly planId: string | null;
  readonly prediction: { readonly mean: number; readonly sd: number } | null;
  readonly acquisition: { readonly name: string; readonly value: number } | null;
  readonly reason: string;
  /** Why, as data; null where no model had a say, or the plan was made before grounds were kept. */
  readonly grounds: Grounds | null;
  readonly approval: Approval | null;
  /** Grows by one with every attempt; an attempt with an older fence changes nothing. */
  readonly fence: number;
  /** The lower, the earlier it is made; 0 where nobody moved it. */
  readonly rank: number;
  /** Why its point does not lie in the space, where it does not. */
  readonly outside: string | null;
  /** The person who made its point, or changed it; null where the loop did. */
  readonly proposedBy: string | null;
  /** The experiment whose point it repeats. */
  readonly replicateOf: string | null;
  /** Of a rejected one: its point is not proposed again before the campaign has had so many experiments. */
  readonly avoidUntil: number | null;
  /** Why it was rejected, cancelled or quarantined. */
  readonly note: string | null;
  readonly createdAt: string;
  readonly waiting: Waiting | null;
  /** What was measured of it and accepted, by the measurements' ids. */
  readonly results: readonly AcceptedResult[];
}

/** An accepted measurement, as far as its experiment keeps it. */
export interface AcceptedResult {
  readonly measurementId: string;
  readonly property: string;
  readonly value: number;
  /** When it was handed in. */
  readonly at: string;
}

export interface Approval {
  readonly by: string;
  readonly at: string;
  readonly specHash: string;
}

const moves: Readonly<Record<ExperimentState, readonly ExperimentState[]>> = {
  proposed: ['approved', 'rejected', 'cancelled'],
  approved: ['queued', 'proposed', 'cancelled'],
  queued: ['claimed', 'proposed', 'measured', 'cancelled', 'quarantined'],
  claimed: ['running', 'queued', 'proposed', 'measured', 'cancelled', 'quarantined'],
  running: ['measured', 'failed_sample', 'infeasible', 'queued', 'cancelled', 'quarantined'],
  measured: ['accepted', 'queued', 'cancelled', 'quarantined'],
  accepted: [],
  rejected: ['proposed'],
  failed_sample: [],
  infeasible: [],
  cancelled: ['proposed'],
  quarantined: ['queued', 'proposed', 'measured', 'cancelled'],
};

export function moveExperiment(experiment: Experiment, state: ExperimentState): Experiment {
  if (!moves[experiment.state].includes(state)) {
    throw invalidState(`experiment ${experiment.number} is ${experiment.state} and cannot become ${state}`);
  }
  return { ...experiment, state };
}

/** Another point under the same number: what was believed of the old one does not hold for it. */
export function editExperiment(
  experiment: Experiment,
  edit: Pick<Experiment, 'point' | 'specHash' | 'reason' | 'outside' | 'proposedBy'>,
): Experiment {
  if (experiment.state !== 'proposed') {
    throw invalidState(`experiment ${experiment.number} is ${experiment.state}; only a proposal is edited`);
  }
  const { point, specHash, reason, outside, proposedBy } = edit;
  const unbelieved = { prediction: null, acquisition: null, grounds: null, replicateOf: null };
  return { ...experiment, point, specHash, reason, outside, proposedBy, origin: 'person', ...unbelieved };
}

/** The same with a measurement among its results, or without it, as its status says; itself where nothing changes. */
export function withMeasurement(experiment: Experiment, measurement: Measurement): Experiment {
  const { id: measurementId, property, value, status, createdAt: at } = measurement;
  const others = experiment.results.filter((result) => result.measurementId !== measurementId);
  const isThere = others.length < experiment.results.length;
  if (isThere === (status === 'accepted')) return experiment;
  if (isThere) return { ...experiment, results: others };
  const place = others.filter((result) => result.measurementId < measurementId).length;
  return { ...experiment, results: others.toSpliced(place, 0, { measurementId, property, value, at }) };
}

export const openStates = [
  'proposed',
  'approved',
  'queued',
  'claimed',
  'running',
  'measured',
  'quarantined',
] as const;

/** Still to have a result: the planner keeps away from its point, the campaign counts it as in hand. */
export const isOpen = (state: ExperimentState): boolean => (openStates as readonly string[]).includes(state);

/** Whose turn it is: by rank, then by number. */
export const byTurn = (
  a: Pick<Experiment, 'rank' | 'number'>,
  b: Pick<Experiment, 'rank' | 'number'>,
): number => a.rank - b.rank || a.number - b.number;

/** Spends the budget: everything that is or was worth making in this campaign. */
export const spendsBudget = (state: ExperimentState, origin?: Experiment['origin']): boolean =>
  origin !== 'history' && state !== 'rejected' && state !== 'cancelled';

/** Ended without a value, in a way that tells what can be made. */
export const teachesFeasibility = (state: ExperimentState): boolean =>
  state === 'failed_sample' || state === 'infeasible';
