import type { AnalysisResult } from '../../../api/use-analysis.js';

export type BenchedModel = Extract<AnalysisResult, { readonly __typename: 'BenchResult' }>['models'][number];
export type Metrics = NonNullable<BenchedModel['metrics']>;
export type Able = BenchedModel & { readonly metrics: Metrics };

/** Those that could be fitted, the smallest error first. */
export const ableOf = (models: readonly BenchedModel[]): readonly Able[] =>
  models
    .filter((model): model is Able => model.metrics !== null)
    .sort((a, b) => a.metrics.rmse - b.metrics.rmse);

/** What is worth a mark: the least, the most, or the nearest to what was promised. */
export const metricColumns = [
  { key: 'rmse', label: 'RMSE', better: 'less' },
  { key: 'mae', label: 'MAE', better: 'less' },
  { key: 'r2', label: 'R²', better: 'more' },
  { key: 'spearman', label: 'Rank correlation', better: 'more' },
  { key: 'nlpd', label: 'NLPD', better: 'less' },
  { key: 'crps', label: 'CRPS', better: 'less' },
] as const;
export type MetricKey = (typeof metricColumns)[number]['key'];

export const coverageColumns = [
  { key: 'coverage50', promised: 0.5 },
  { key: 'coverage80', promised: 0.8 },
  { key: 'coverage95', promised: 0.95 },
] as const;

/** The best value of each metric. */
export function bestValues(models: readonly Able[]): ReadonlyMap<MetricKey, number> {
  return new Map(
    metricColumns.flatMap(({ key, better }): [MetricKey, number][] => {
      const values = models.flatMap(({ metrics }) => metrics[key] ?? []);
      if (values.length === 0) return [];
      const best = values.reduce((a, b) => (better === 'less' ? Math.min(a, b) : Math.max(a, b)));
      return [[key, best]];
    }),
  );
}

/** Whether a share may be the promised one but for chance: within two standard deviations of a count of `n`. */
export const isHonest = (held: number, promised: number, n: number): boolean =>
  Math.abs(held - promised) <= 2 * Math.sqrt((promised * (1 - promised)) / Math.max(1, n));

export interface Difference {
  readonly name: string;
  /** How much larger its errors are than the reference's, on average over the same results. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: 'better' | 'worse' | 'not told apart';
}

/**
 * Absolute errors of the same left-out results, one model's less another's: the mean of the differences, two standard
 * errors around it. The folds are the same for all, so that what is hard about a result cancels.
 */
export function differencesFrom(models: readonly Able[], reference: Able): readonly Difference[] {
  const known = new Map(reference.parity.map((one) => [one.number, Math.abs(one.mean - one.actual)]));
  return models
    .filter(({ name }) => name !== reference.name)
    .flatMap(({ name, parity }): Difference[] => {
      const differences = parity.flatMap(({ number, mean, actual }) => {
        const other = known.get(number);
        return other === undefined ? [] : [Math.abs(mean - actual) - other];
      });
      const n = differences.length;
      if (n < 2) return [];
      const middle = differences.reduce((sum, value) => sum + value, 0) / n;
      const spread = differences.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (n - 1);
      const wide = 2 * Math.sqrt(spread / n);
      const [low, high] = [middle - wide, middle + wide];
      const verdict = low > 0 ? 'worse' : high < 0 ? 'better' : 'not told apart';
      return [{ name, mean: middle, low, high, verdict }];
    })
    .sort((a, b) => a.mean - b.mean);
}

/** Of the kinds of a campaign's models, what the bench calls them. */
export const benchNameOf = (kind: string): string | null => benchNames[kind] ?? null;

const benchNames: Readonly<Record<string, string>> = {
  'gaussian-process': 'gp',
  'random-forest': 'forest',
  'extra-trees': 'extra-trees',
  'gradient-boosting': 'boosting',
  auto: 'auto',
  stack: 'auto',
};
