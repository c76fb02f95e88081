import { invalidInput, type Observation, type Point } from '@ionloop/domain';
import { Philox } from '@ionloop/linalg';
import { openStream, type Stream } from '@ionloop/space';
import {
  catalogue,
  entryNamed,
  gaussianProcess,
  type SurrogateFactory,
  type SurrogateJson,
} from '@ionloop/surrogates';
import { bestMean } from '../models/best-mean.js';
import { keptOf, largestChunk } from './chunk.js';
import { openFilters } from './filters.js';
import { type ScreenPlan, type ScreenSettings } from './spec.js';
import { fewestLabels, teach } from './teach.js';

export interface ScreenRequest {
  readonly settings: ScreenSettings;
  readonly goal: 'maximise' | 'minimise';
  /** A name of the catalogue of surrogates. */
  readonly model: string;
  readonly observations: readonly Observation[];
  readonly failures: readonly Point[];
}

/** Few enough chunks that their results are soon added up, small enough that a lost one is no great loss. */
const wantedChunks = 1024n;
const smallestChunk = 1 << 14;
/** How many candidates a chunk scores for each that it hands on: handing on costs more than scoring. */
const scoredEach = 64;
const mostTop = 100_000;

/** Fits the model, teaches the student: what is left to do can be divided. */
export function prepareScreen(request: ScreenRequest): ScreenPlan {
  const { settings, failures } = request;
  const observations = measured(request.observations);
  const stream = openStream(settings.space);
  const { from, to } = checkedSettings(settings, stream);
  openFilters(stream, settings.filters);
  if (observations.length < 2) {
    throw invalidInput(
      'observations',
      `there are ${observations.length} results; a model needs two to compare`,
    );
  }
  const sign = request.goal === 'maximise' ? 1 : -1;
  const X = stream.encode(observations.map(({ point }) => point));
  const y = Float64Array.from(observations, ({ value }) => sign * value);
  const noise = Float64Array.from(observations, ({ variance }) => variance);
  const rng = Philox.fromSeed(settings.seed);
  const factory = factoryOf(request.model, settings, stream);
  const model = factory.fit({ X, y, ...(noise.some((v) => v > 0) && { noise }) }, rng.split('model'));
  const plan = {
    version: 1 as const,
    settings,
    from: String(from),
    to: String(to),
    chunk: chunkFor(to - from, keptOf(settings)),
    sign,
    model: JSON.parse(JSON.stringify(model)) as SurrogateJson,
    best: bestMean(model, X),
    floor: Math.min(...y),
    worked: failures.length === 0 ? [] : observations.map(({ point }) => point),
    failed: failures,
  } as const;
  return { ...plan, student: teach(plan, rng.split('student')) };
}

/** The campaign's own results of what is screened for, its first objective. */
function measured(
  observations: readonly Observation[],
): readonly { readonly point: Point; readonly value: number; readonly variance: number }[] {
  return observations.flatMap(({ point, values, variances, source = 0 }) => {
    const value = values[0] ?? null;
    return value === null || source !== 0 ? [] : [{ point, value, variance: variances?.[0] ?? 0 }];
  });
}

function factoryOf(name: string, { space }: ScreenSettings, { dimension }: Stream): SurrogateFactory {
  const columns = Array.from({ length: dimension }, (_, j) => j);
  if (name === 'gp' && 'template' in space)
    return gaussianProcess({ blocks: [{ kind: 'descriptors', columns }] });
  const entry = entryNamed(name, catalogue);
  if ('template' in space && entry.inputs === 'unit cube') {
    throw invalidInput(
      'model',
      `${name} is for columns in the unit cube; screen substitutions by gp or forest`,
    );
  }
  return entry.make();
}

function checkedSettings(
  { top, beta, student, range }: ScreenSettings,
  { size }: Stream,
): { readonly from: bigint; readonly to: bigint } {
  if (!(Number.isInteger(top) && top >= 1 && top <= mostTop)) {
    throw invalidInput('top', `top is ${top}; it must be a whole number from 1 to ${mostTop}`);
  }
  if (!(Number.isFinite(beta) && beta >= 0)) {
    throw invalidInput('beta', `beta is ${beta}; it must be a finite number, not negative`);
  }
  if (student !== null) {
    const { labels, alpha } = student;
    if (!(Number.isInteger(labels) && labels >= fewestLabels && labels <= 100_000)) {
      throw invalidInput(
        'student.labels',
        `labels is ${labels}; it must lie between ${fewestLabels} and 100000`,
      );
    }
    if (!(alpha >= 1 && alpha * top <= mostTop)) {
      throw invalidInput(
        'student.alpha',
        `alpha is ${alpha}; it must be at least 1 and alpha·top at most ${mostTop}`,
      );
    }
  }
  const from = wholeIn(range?.from ?? '0', 'range.from');
  const to = wholeIn(range?.to ?? String(size), 'range.to');
  if (!(from < to && to <= size)) {
    throw invalidInput('range', `the range ${from}:${to} must lie within 0:${size} and hold something`);
  }
  return { from, to };
}

function wholeIn(text: string, field: string): bigint {
  if (!/^\d{1,40}$/.test(text)) throw invalidInput(field, `${field} must be a whole number, not "${text}"`);
  return BigInt(text);
}

function chunkFor(span: bigint, kept: number): number {
  const even = (span + wantedChunks - 1n) / wantedChunks;
  if (even > BigInt(largestChunk)) return largestChunk;
  return Math.min(largestChunk, Math.max(smallestChunk, scoredEach * kept, Number(even)));
}

/** The chunks of a plan by their numbers. */
export function chunkCount({ from, to, chunk }: ScreenPlan): number {
  return Number((BigInt(to) - BigInt(from) + BigInt(chunk) - 1n) / BigInt(chunk));
}

export function chunkRange(
  { from, to, chunk }: ScreenPlan,
  number: number,
): { readonly from: bigint; readonly to: bigint } {
  const begin = BigInt(from) + BigInt(number) * BigInt(chunk);
  const end = begin + BigInt(chunk);
  return { from: begin, to: end < BigInt(to) ? end : BigInt(to) };
}
