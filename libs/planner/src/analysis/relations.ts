import type { AnalysisInput, Point, RelationsRequest } from '@ionloop/domain';
import { matrix, type Matrix, selectRows } from '@ionloop/linalg';
import {
  chooseClusters,
  type Correlation,
  correlationMap,
  isolationScores,
  kMeans,
  pca,
  project,
  robustZ,
  varianceInflation,
} from '@ionloop/surrogates/analysis';
import { inOwnDirection, openAnalysis, type OpenAnalysis } from './open.js';
import { resultTree, type ResultTree } from './tree.js';

export interface Relations {
  /** What models see, and the measured property as the last. */
  readonly columns: readonly string[];
  readonly pearson: readonly (readonly Correlation[])[];
  readonly spearman: readonly (readonly Correlation[])[];
  readonly inflation: readonly ColumnInflation[];
  readonly results: readonly RelatedResult[];
  /** Null where the candidates do not vary. */
  readonly map: CandidateMap | null;
  /** Null where there are too few results, or too many for their distances. */
  readonly tree: ResultTree | null;
}

export interface ColumnInflation {
  readonly column: string;
  /** Null for infinite: a combination of others, or constant. */
  readonly factor: number | null;
  readonly collinearWith: readonly string[];
}

export interface RelatedResult {
  readonly number: number;
  /** By median and MAD of all results. */
  readonly robustZ: number;
  readonly outlier: boolean;
  /** In (0, 1): towards 1 for a point that stands apart from the others. */
  readonly isolation: number;
}

/** Candidates and results in two dimensions, and the groups that candidates fall into. */
export interface CandidateMap {
  /** Of the variance, along each of the two; a single one where the columns lie on a line. */
  readonly explained: readonly number[];
  /** A row a direction: the weight of each column. */
  readonly directions: readonly (readonly number[])[];
  readonly clusters: number;
  /** How well each number of clusters does; empty where one was asked for. */
  readonly tried: readonly { readonly k: number; readonly silhouette: number }[];
  readonly candidates: readonly MapPoint[];
  readonly results: readonly (MapPoint & { readonly number: number })[];
}

export interface MapPoint {
  readonly point: Point;
  readonly x: number;
  readonly y: number;
  readonly cluster: number;
}

const fewestShown = 3;

export function relations({ clusters, shown }: RelationsRequest, input: AnalysisInput): Relations {
  const open = openAnalysis(input);
  const { space, response, sign, rng, numbers } = open;
  const { X, y } = response.data;
  const { pearson, spearman } = correlationMap(withColumn(X, inOwnDirection(y, sign)));
  const { z, outliers } = robustZ(y);
  const isolation = isolationScores(X, rng.split('isolation'));
  return {
    columns: [...space.names, input.plan.objectives[0].property],
    ...{ pearson, spearman },
    inflation: varianceInflation(X).map(({ column, factor, collinearWith }) => ({
      column: space.names[column]!,
      factor,
      collinearWith: collinearWith.map((j) => space.names[j]!),
    })),
    results: numbers.map((number, i) => ({
      number,
      robustZ: sign * z[i]! + 0,
      outlier: outliers.includes(i),
      isolation: isolation[i]!,
    })),
    map: candidateMap(open, clusters, shown),
    tree: resultTree(X, numbers),
  };
}

function withColumn(X: Matrix, last: readonly number[]): Matrix {
  const wide = matrix(X.rows, X.cols + 1);
  for (let i = 0; i < X.rows; i++) {
    for (let j = 0; j < X.cols; j++) wide.data[i * wide.cols + j] = X.data[i * X.cols + j]!;
    wide.data[i * wide.cols + X.cols] = last[i]!;
  }
  return wide;
}

function candidateMap(
  { space, response, numbers, rng }: OpenAnalysis,
  asked: number | null,
  shown: number,
): CandidateMap | null {
  const points = space.sample(shown, rng.split('candidates'));
  const X = space.encode(points);
  if (X.rows < fewestShown || !varies(X)) return null;
  const found = pca(X, { components: 2 });
  const counts = asked === null ? chooseClusters(X, rng.split('clusters')) : null;
  const k = Math.min(asked ?? counts!.best, X.rows);
  const { labels, centres } = kMeans(X, k, rng.split('k-means'));
  const at = (scores: Matrix, i: number): { readonly x: number; readonly y: number } => ({
    x: scores.data[i * scores.cols]! + 0,
    y: scores.cols > 1 ? scores.data[i * scores.cols + 1]! + 0 : 0,
  });
  const scores = project(found, X);
  const own = response.data.X;
  const ownScores = project(found, own);
  return {
    explained: found.explainedShare,
    directions: found.components,
    clusters: k,
    tried: counts?.tried.map(({ k: tried, silhouette }) => ({ k: tried, silhouette })) ?? [],
    candidates: points.map((point, i) => ({ point, ...at(scores, i), cluster: labels[i]! })),
    results: response.points.map((point, i) => ({
      number: numbers[i]!,
      point,
      ...at(ownScores, i),
      cluster: nearest(selectRows(own, [i]).data, centres),
    })),
  };
}

const varies = ({ rows, cols, data }: Matrix): boolean => {
  for (let at = cols; at < rows * cols; at++) if (data[at] !== data[at % cols]) return true;
  return false;
};

function nearest(row: Float64Array, centres: readonly (readonly number[])[]): number {
  const distance = (centre: readonly number[]): number =>
    centre.reduce((sum, value, j) => sum + (value - row[j]!) * (value - row[j]!), 0);
  return centres.reduce((best, centre, k) => (distance(centre) < distance(centres[best]!) ? k : best), 0);
}
