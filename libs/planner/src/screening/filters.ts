import { invalidInput, type StageCount } from '@ionloop/domain';
import { exp, log, type Matrix } from '@ionloop/linalg';
import type { Stream } from '@ionloop/space';
import type { Filter } from './spec.js';

/** A filter that has found its columns: which rows of a block may go on. */
export interface OpenFilter {
  readonly name: string;
  passes(X: Matrix, row: number): boolean;
}

export function openFilters(stream: Stream, filters: readonly Filter[]): readonly OpenFilter[] {
  return filters.map((filter, i) => openFilter(stream, filter, `funnel[${i}]`));
}

function openFilter(stream: Stream, filter: Filter, field: string): OpenFilter {
  const { name, min = -Infinity, max = Infinity } = filter;
  if (!(min <= max)) throw invalidInput(`${field}.max`, `${name}: min ${min} lies above max ${max}`);
  const [least, most] = [min - rounding(min), max + rounding(max)];
  const within = (value: number): boolean => value >= least && value <= most;
  switch (filter.kind) {
    case 'range': {
      const value = valueOf(stream, filter.column, `${field}.column`);
      return { name, passes: (X, row) => within(value(X, row)) };
    }
    case 'sum': {
      const values = filter.columns.map((column, j) => valueOf(stream, column, `${field}.columns[${j}]`));
      return { name, passes: (X, row) => within(values.reduce((sum, value) => sum + value(X, row), 0)) };
    }
    case 'ratio': {
      const of = valueOf(stream, filter.of, `${field}.of`);
      const to = valueOf(stream, filter.to, `${field}.to`);
      return {
        name,
        passes: (X, row) => {
          const divisor = to(X, row);
          return divisor !== 0 && within(of(X, row) / divisor);
        },
      };
    }
  }
}

/** How far off a limit a value may be for the arithmetic's sake. */
const rounding = (limit: number): number =>
  Number.isFinite(limit) ? 1e-9 * Math.max(1, Math.abs(limit)) : 0;

/** A column's value as a person names it. */
function valueOf(stream: Stream, column: string, field: string): (X: Matrix, row: number) => number {
  const at = stream.names.indexOf(column);
  const range = stream.ranges[at];
  if (range === undefined) {
    throw invalidInput(field, `there is no column "${column}"; there are ${stream.names.join(', ')}`);
  }
  const { from, to, scale } = range;
  if (scale === 'linear') {
    const width = to - from;
    return (X, row) => from + width * X.data[row * X.cols + at]!;
  }
  const width = log(to / from);
  return (X, row) => from * exp(width * X.data[row * X.cols + at]!);
}

/** How many came to each stage and went on from it. */
export class Counts {
  readonly came: Float64Array;
  readonly passed: Float64Array;

  constructor(private readonly names: readonly string[]) {
    this.came = new Float64Array(names.length);
    this.passed = new Float64Array(names.length);
  }

  add(stage: number, came: number, passed: number): void {
    this.came[stage]! += came;
    this.passed[stage]! += passed;
  }

  told(): readonly StageCount[] {
    return this.names.map((name, i) => ({ name, came: this.came[i]!, passed: this.passed[i]! }));
  }
}
