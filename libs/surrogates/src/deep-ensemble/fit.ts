/** From training data to nets that have learnt, and what those that have not seen a row say of it. */
import { matrix, type Matrix, type Philox } from '@ionloop/linalg';
import type { LeftOut, TrainingData } from '../contract.js';
import { leftOutOf } from '../leftOut.js';
import { scaled, scalingOf, type Scaling } from '../scaling.js';
import type { ActivationName } from './activation.js';
import type { Backend } from './backend.js';
import { importancesOf, opinionAt, outputsOf, type Opinion, type Outputs } from './ensemble.js';
import { seatings, type Seating } from './leaveOut.js';
import { negativeLogDensity } from './likelihood.js';
import { newNet, type Architecture } from './network.js';
import { train, type Lesson } from './train.js';

const { min, round } = Math;

export interface Settings {
  readonly members: number;
  readonly widths: readonly number[];
  readonly activation: ActivationName;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly beta: number;
  readonly anchored: boolean;
  readonly priorStrength: number;
}

export interface Backends {
  /** Predicts. */
  readonly portable: Backend;
  /** Fits. */
  readonly fitting: Backend;
}

/** y = centre + spread·z */
export interface OutputScale {
  readonly centre: number;
  readonly spread: number;
}

export interface Learnt {
  readonly architecture: Architecture;
  readonly inputs: Scaling;
  readonly output: OutputScale;
  /** Parameters (P) of each member; none where the response does not vary. */
  readonly members: readonly Float32Array[];
  /** (d), of sum 1 */
  readonly importances: readonly number[];
  /** Of a measurement, in units of y²; that of the rows fitted, on average. */
  readonly noiseVariance: number;
  readonly leftOut: LeftOut;
}

const checkpoints = 20;
/** Of variance 1 in all, a net first takes a tenth for scatter. */
const firstLogVariance = -2.3;

export function fitEnsemble(backends: Backends, settings: Settings, data: TrainingData, rng: Philox): Learnt {
  const { X, y } = data;
  const weights = data.weights ?? new Float64Array(X.rows).fill(1);
  const inputs = scalingOf(X, weights);
  const outer = scalingOf(matrix(X.rows, 1, y), weights);
  const architecture: Architecture = {
    inputs: X.cols,
    widths: settings.widths,
    activation: settings.activation,
  };
  const [centre, rate] = [outer.centre[0]!, outer.rate[0]!];
  if (rate === 0) return nothingToLearn(architecture, inputs, y, centre);
  const output = { centre, spread: 1 / rate };
  const lesson: Lesson = {
    X: scaled(X, inputs),
    y: y.map((value) => (value - centre) * rate),
    noise: data.noise?.map((variance) => variance * rate * rate) ?? new Float64Array(X.rows),
    weights,
  };
  const counted = Array.from(weights.keys()).filter((i) => weights[i]! > 0);
  const seated = seatings(settings.members, counted, rng.split('seats'));
  const school = { ...backends, architecture, lesson, settings };
  const nets = bestOf(school, seated, trainNets(school, seated, rng));
  const members = nets.filter((_net, g) => seated[g]!.isMember);
  return {
    architecture,
    inputs,
    output,
    members: members.map((net) => net.map((value) => value + 0)),
    importances: importancesIn(school, members, rng.split('importances')),
    ...judgements(school, seated, nets, y, output),
  };
}

/** All that a response that does not vary says: itself, and nothing of its spread. */
function nothingToLearn(
  architecture: Architecture,
  inputs: Scaling,
  y: Float64Array,
  centre: number,
): Learnt {
  const size = y.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const everywhere = (value: number) => new Float64Array(y.length).fill(value);
  return {
    architecture,
    inputs,
    output: { centre, spread: size },
    members: [],
    importances: Array<number>(architecture.inputs).fill(1 / architecture.inputs),
    noiseVariance: 0,
    leftOut: leftOutOf(everywhere(centre), everywhere(size * size), y),
  };
}

interface School extends Backends {
  readonly architecture: Architecture;
  readonly lesson: Lesson;
  readonly settings: Settings;
}

/** Parameters (P) of each net at each checkpoint. */
function trainNets(
  { fitting, architecture, lesson, settings }: School,
  seated: readonly Seating[],
  rng: Philox,
): readonly (readonly Float32Array[])[] {
  // A stream for each net: training them in any grouping draws the same.
  const pupils = seated.map(({ rows }, g) => {
    const stream = rng.split(`net ${g}`);
    const start = newNet(architecture, firstLogVariance, stream.split('start'));
    const anchor = settings.anchored ? start : new Float32Array(start.length);
    return { rows, start, anchor, rng: stream.split('order') };
  });
  const every = (c: number) => round(((c + 1) * settings.epochs) / min(checkpoints, settings.epochs));
  const written = Array.from({ length: min(checkpoints, settings.epochs) }, (_, c) => every(c));
  return train(fitting, architecture, lesson, pupils, { ...settings, checkpoints: written });
}

/** Of one checkpoint, the same for all nets: where those that have not seen a row tell it best. */
function bestOf(
  { portable, architecture, lesson }: School,
  seated: readonly Seating[],
  written: readonly (readonly Float32Array[])[],
): readonly Float32Array[] {
  const judges = judgesOf(seated, lesson.y.length);
  const losses = written[0]!.map((_, c) => {
    const nets = written.map((net) => net[c]!);
    const outputs = outputsOf(portable, architecture, nets, lesson.X);
    return lesson.y.reduce((sum, value, i) => {
      const { mean, between, within } = opinionAt(outputs, i, judges[i]!);
      return sum + lesson.weights[i]! * negativeLogDensity(value, mean, between + within + lesson.noise[i]!);
    }, 0);
  });
  const best = losses.reduce((least, loss, c) => (loss < losses[least]! ? c : least), 0);
  return written.map((net) => net[best]!);
}

/** For each of n rows the nets that have not seen it. */
function judgesOf(seated: readonly Seating[], n: number): readonly (readonly number[])[] {
  const seen = seated.map(({ rows }) => new Set(rows));
  return Array.from({ length: n }, (_, i) => seated.flatMap((_seat, g) => (seen[g]!.has(i) ? [] : [g])));
}

function judgements(
  { portable, architecture, lesson }: School,
  seated: readonly Seating[],
  nets: readonly Float32Array[],
  y: Float64Array,
  { centre, spread }: OutputScale,
): { readonly leftOut: LeftOut; readonly noiseVariance: number } {
  const outputs = outputsOf(portable, architecture, nets, lesson.X);
  const judges = judgesOf(seated, y.length);
  const opinions = judges.map((unseen, i) => opinionAt(outputs, i, unseen));
  const ofMeasurement = ({ between, within }: Opinion, i: number) => between + within + lesson.noise[i]!;
  const scatter = opinions.reduce((sum, { within }) => sum + within, 0) / y.length;
  return {
    leftOut: leftOutOf(
      opinions.map(({ mean }) => centre + spread * mean),
      opinions.map((opinion, i) => spread * spread * ofMeasurement(opinion, i)),
      y,
    ),
    noiseVariance: spread * spread * scatter,
  };
}

function importancesIn(
  { portable, architecture, lesson }: School,
  members: readonly Float32Array[],
  rng: Philox,
): number[] {
  const meansAt = (Z: Matrix): Float64Array => {
    const outputs: Outputs = outputsOf(portable, architecture, members, Z);
    return Float64Array.from({ length: Z.rows }, (_, i) => opinionAt(outputs, i, [...members.keys()]).mean);
  };
  const orders = Array.from({ length: lesson.X.cols }, () => rng.permutation(lesson.X.rows));
  return importancesOf(meansAt, lesson.X, orders);
}
