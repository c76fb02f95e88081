import { type AnalysisInput, type DependenceRequest, invalidInput } from '@ionloop/domain';
import { partialDependence, partialDependence2 } from '@ionloop/surrogates';
import { inOwnDirection, openAnalysis } from './open.js';

/** How the mean prediction over all results goes with one column or two, on the models' scale. */
export interface Dependence {
  readonly columns: readonly string[];
  /** Of each column, as models see it: in the unit cube. */
  readonly values: readonly (readonly number[])[];
  /** One line a value of the second column; a single line where there is none. */
  readonly mean: readonly (readonly number[])[];
  readonly lower: readonly (readonly number[])[];
  readonly upper: readonly (readonly number[])[];
  /** Of the intervals. */
  readonly coverage: number;
}

export function dependence({ columns, values: points }: DependenceRequest, input: AnalysisInput): Dependence {
  const { space, model, response, sign } = openAnalysis(input);
  const { X } = response.data;
  const [first, second] = columns.map((name) => {
    const column = space.names.indexOf(name);
    if (column >= 0) return column;
    throw invalidInput('columns', `there is no column "${name}"; models see ${space.names.join(', ')}`);
  });
  if (first === undefined || columns.length > 2) {
    throw invalidInput('columns', `columns has ${columns.length} entries; it must name one or two`);
  }
  if (first === second) throw invalidInput('columns', `columns names ${columns[0]} twice`);
  const turned = (lines: readonly (readonly number[])[]): readonly (readonly number[])[] =>
    lines.map((line) => inOwnDirection(line, sign));
  if (second === undefined) {
    const { values, mean, lower, upper, coverage } = partialDependence(model, X, first, { points });
    const ends = turned([lower, upper]);
    return {
      ...{ columns, values: [values], mean: turned([mean]), coverage },
      lower: [ends[sign > 0 ? 0 : 1]!],
      upper: [ends[sign > 0 ? 1 : 0]!],
    };
  }
  // A line for each value of the second column.
  const { values, mean, lower, upper, coverage } = partialDependence2(model, X, [second, first], { points });
  const [low, high] = sign > 0 ? [lower, upper] : [upper, lower];
  return {
    ...{ columns, coverage, values: [values[1], values[0]] },
    ...{ mean: turned(mean), lower: turned(low), upper: turned(high) },
  };
}
