import { type ChunkResult, invalidInput } from '@ionloop/domain';
import { matrix, TopK, type Matrix } from '@ionloop/linalg';
import { openStream, type Stream, type StreamBlock } from '@ionloop/space';
import { Counts, type OpenFilter, openFilters } from './filters.js';
import { OpenPolynomial } from './polynomial.js';
import type { ScreenPlan, ScreenSettings } from './spec.js';
import { Teacher } from './teacher.js';

/** Seconds on some clock that goes forward. */
export type Clock = () => number;

export interface ScreenedChunk {
  readonly result: ChunkResult;
  /** How long each stage took: of this run alone, unlike the result. */
  readonly seconds: readonly number[];
}

const blockRows = 4096;
/** So many numbers a chunk may have that their places fit the memory that is set aside. */
export const largestChunk = 1 << 20;

/** How many candidates a chunk may hand on: more where a teacher still has to choose among them. */
export const keptOf = ({ top, student }: ScreenSettings): number =>
  student === null ? top : Math.ceil(student.alpha * top);

/** The columns that every candidate gets: the student's, where there is one. */
export function firstStream({ space, student }: ScreenSettings): Stream {
  if (student?.properties === undefined) return openStream(space);
  if (!('template' in space)) {
    throw invalidInput('student.properties', 'properties of elements are columns of substitutions only');
  }
  return openStream({ ...space, properties: student.properties });
}

/** A plan at work: models read, columns found. Good for any number of chunks. */
export class OpenScreen {
  private readonly stream: Stream;
  private readonly filters: readonly OpenFilter[];
  private readonly score: (X: Matrix) => Float64Array;
  private readonly stages: readonly string[];
  private readonly alive = new Int32Array(blockRows);
  private readonly passed: Float64Array;
  /** The place in its chunk of each candidate that was scored, in their order. */
  private readonly places: Uint32Array;

  constructor(private readonly plan: ScreenPlan) {
    const { settings, student } = plan;
    this.stream = firstStream(settings);
    this.filters = openFilters(this.stream, settings.filters);
    this.passed = new Float64Array(blockRows * this.stream.dimension);
    this.places = new Uint32Array(Math.min(plan.chunk, largestChunk));
    this.stages = [...settings.filters.map(({ name }) => name), student ? 'student' : 'model'];
    if (student === null) {
      const teacher = new Teacher(plan, this.stream);
      this.score = (X) => teacher.score(X);
    } else {
      const polynomial = new OpenPolynomial(student);
      const scores = new Float64Array(blockRows);
      this.score = (X) => {
        polynomial.score(X, scores);
        return scores.subarray(0, X.rows);
      };
    }
  }

  chunk(from: bigint, to: bigint, clock: Clock): ScreenedChunk {
    const { filters, places } = this;
    const top = new TopK(keptOf(this.plan.settings));
    const counts = new Counts(this.stages);
    const seconds = new Float64Array(this.stages.length);
    let scored = 0;
    let now = clock();
    const lap = (stage: number): void => {
      const before = now;
      now = clock();
      seconds[stage]! += now - before;
    };
    for (const block of this.stream.blocks(from, to, blockRows)) {
      const alive = this.filtered(block, counts, lap);
      const X = filters.length === 0 ? block.X : this.compacted(block.X, alive);
      const scores = this.score(X);
      top.offer(scores, scored);
      const offset = Number(block.from - from);
      for (let i = 0; i < X.rows; i++) {
        const row = filters.length === 0 ? i : this.alive[i]!;
        places[scored + i] = offset + block.ids[row]!;
      }
      scored += X.rows;
      counts.add(filters.length, X.rows, X.rows);
      lap(filters.length);
    }
    const best = top.best();
    return {
      seconds: [...seconds],
      result: {
        from: String(from),
        to: String(to),
        stages: counts.told(),
        best: Array.from(best.scores, (score, i) => ({
          index: String(from + BigInt(places[best.indices[i]!]!)),
          // −0 is 0 where it is written down.
          score: score + 0,
        })),
      },
    };
  }

  /** Puts the rows that pass every filter in front of `alive` and says how many they are. */
  private filtered({ X }: StreamBlock, counts: Counts, lap: (stage: number) => void): number {
    const { alive, filters } = this;
    if (filters.length === 0) return X.rows;
    for (let i = 0; i < X.rows; i++) alive[i] = i;
    let left = X.rows;
    filters.forEach((filter, stage) => {
      let kept = 0;
      for (let i = 0; i < left; i++) if (filter.passes(X, alive[i]!)) alive[kept++] = alive[i]!;
      counts.add(stage, left, kept);
      left = kept;
      lap(stage);
    });
    return left;
  }

  private compacted(X: Matrix, rows: number): Matrix {
    if (rows === X.rows) return X;
    const { cols, data } = X;
    for (let i = 0, to = 0; i < rows; i++) {
      const from = this.alive[i]! * cols;
      for (let j = 0; j < cols; j++) this.passed[to++] = data[from + j]!;
    }
    return matrix(rows, cols, this.passed.subarray(0, rows * cols));
  }
}
