import { invalidInput, type Point } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import type { GrowingSurrogate } from '@ionloop/surrogates';
import { beliefs } from '../auto/beliefs.js';
import type { PlannedData } from '../knowledge/knowledge.js';

/** What results are taken to be before there are any, on the models' scale: mean and standard deviation over the space. */
export interface Expected {
  readonly mean: number;
  readonly sd: number;
}

/** A response that a process holds possible, of which only what is asked for is drawn: each result given all before it, which makes them one joint draw. */
export interface World {
  /** A result with its noise; larger is better. */
  measure(point: Point, rng: Philox): number;
  /** What the process believes by now, in its own units. */
  readonly process: GrowingSurrogate;
  /** A value of the process in units of the response. */
  inUnits(value: number): number;
}

/** Opens the same world again for each campaign. */
export type Worlds = (space: Space) => World;

export const fewestToLearn = 3;

/** Of the results where there are enough of them, and else of what is expected. */
export function worldsOf(data: PlannedData, expected: Expected | undefined, rng: Philox): Worlds {
  if (data.y.length >= fewestToLearn) {
    return worldFrom(beliefs.fit(data, rng) as GrowingSurrogate, { mean: 0, sd: 1 });
  }
  if (expected === undefined) {
    throw invalidInput(
      'observations',
      `there are ${data.y.length} results; a rehearsal needs at least three to learn from, or to be told what to expect`,
    );
  }
  if (!(Number.isFinite(expected.mean) && expected.sd > 0 && expected.sd < Infinity)) {
    throw invalidInput('expected', 'what is expected must be a finite mean and a standard deviation above 0');
  }
  const process = withoutResults(data, rng);
  const { signalVariance = 1 } = process.diagnostics();
  const sd = expected.sd / Math.sqrt(signalVariance);
  return worldFrom(withKnown(process, data, { mean: expected.mean, sd }), { mean: expected.mean, sd });
}

const nothingSaid = 1e8;

/** The process at the mode of its priors: two rows with so much noise that they say nothing. */
function withoutResults(data: PlannedData, rng: Philox): GrowingSurrogate {
  const points = data.space.sample(2, rng.split('anywhere'));
  const empty = { space: data.space, ...(data.categorical && { categorical: data.categorical }) };
  const rows = {
    X: data.space.encode(points),
    y: Float64Array.of(-1, 1),
    noise: Float64Array.of(nothingSaid, nothingSaid),
  };
  return beliefs.fit({ ...empty, ...rows }, rng) as GrowingSurrogate;
}

/** One or two results are too few for a model, but a campaign has them. */
function withKnown(
  process: GrowingSurrogate,
  { X, y }: PlannedData,
  { mean, sd }: Expected,
): GrowingSurrogate {
  if (y.length === 0) return process;
  const noise = new Float64Array(y.length);
  return process.withRows({ X, y: y.map((value) => (value - mean) / sd), noise });
}

function worldFrom(start: GrowingSurrogate, { mean, sd }: Expected): Worlds {
  const { noiseVariance = 0 } = start.diagnostics();
  return (space) => {
    let process = start;
    return {
      measure(point, rng) {
        const X = space.encode([point]);
        const at = process.predict(X);
        const value = at.mean[0]! + Math.sqrt(at.variance[0]! + noiseVariance) * rng.normal();
        process = process.withRows({ X, y: Float64Array.of(value) });
        return mean + sd * value;
      },
      get process() {
        return process;
      },
      inUnits: (value) => mean + sd * value,
    };
  };
}
