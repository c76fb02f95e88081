import { fieldsOf } from '../../api/json.js';
import type { ExperimentRowFragment } from '../../api/generated/graphql.js';
import { quantityText } from '../../format/number.js';
import { intervalOf, intervalText, type Objective } from '../../format/objective.js';
import { experimentStates } from '../../format/words.js';
import type { MapPoint } from '../../plots/map-data.js';
import type { Failure } from '../../plots/series.js';

type Row = ExperimentRowFragment;
export type Attempt = Row['attempts'][number];

/** The attempt that tells where an experiment stands: the one with the highest fence. */
export const latestAttempt = ({ attempts }: Pick<Row, 'attempts'>): Attempt | null =>
  attempts.reduce<Attempt | null>(
    (latest, attempt) => (latest && latest.fence > attempt.fence ? latest : attempt),
    null,
  );

/** How many files came with it, and whether a spectrum to draw is among them. */
export function filesOf({ attempts }: Pick<Row, 'attempts'>): {
  readonly count: number;
  readonly spectra: number;
} {
  const kinds = attempts.flatMap(({ artifacts }) => artifacts.map(({ kind }) => kind));
  return { count: kinds.length, spectra: kinds.filter((kind) => kind === spectrumKind).length };
}

export const spectrumKind = 'impedance_spectrum';

const hasFailed = ({ state }: Row): boolean => state === 'failed_sample' || state === 'infeasible';

export const endedAt = (row: Row): string =>
  row.attempts.reduce((last, { endedAt: at }) => (at !== null && at > last ? at : last), '') || row.createdAt;

export const failuresOf = (rows: readonly Row[]): readonly Failure[] =>
  rows.filter(hasFailed).map((row) => ({
    experimentNumber: row.number,
    what: experimentStates[row.state].word,
    at: endedAt(row),
  }));

export function mapPointsOf(
  rows: readonly Row[],
  objective: Objective,
  best: string | null,
): readonly MapPoint[] {
  return rows
    .filter(({ state }) => state !== 'cancelled' && state !== 'rejected')
    .map((row) => ({
      experiment: row.number,
      kind: kindOf(row, best),
      label: row.label,
      what: whatOf(row, objective),
      point: row.point,
      value: row.state === 'accepted' ? row.value : null,
    }));
}

function kindOf(row: Row, best: string | null): MapPoint['kind'] {
  if (row.id === best) return 'best';
  if (hasFailed(row)) return 'failed';
  return row.state === 'accepted' ? 'measured' : 'proposed';
}

function whatOf(row: Row, objective: Objective): string {
  if (row.state === 'accepted' && row.value !== null)
    return `measured ${quantityText(row.value, objective.unit)}`;
  const word = experimentStates[row.state].word.toLowerCase();
  return row.prediction && !hasFailed(row)
    ? `${word}, predicted ${intervalText(intervalOf(objective, row.prediction), objective.unit)}`
    : word;
}

/** What only a person can settle. */
export type Decision =
  | { readonly kind: 'suspect' | 'flagged' | 'late'; readonly row: Row; readonly attempt: Attempt }
  | { readonly kind: 'quarantined'; readonly row: Row };

export const decisionsOf = (rows: readonly Row[]): readonly Decision[] =>
  rows.flatMap((row): Decision[] => {
    const ofAttempts = row.attempts.flatMap((attempt): Decision[] =>
      attempt.state === 'suspect' || attempt.state === 'flagged' || attempt.state === 'late'
        ? [{ kind: attempt.state, row, attempt }]
        : [],
    );
    return row.state === 'quarantined' ? [...ofAttempts, { kind: 'quarantined', row }] : ofAttempts;
  });

/** What people call an experiment, by its id and by those of its attempts. */
export const numbersOf = (rows: readonly Row[]): ReadonlyMap<string, number> =>
  new Map(
    rows.flatMap(({ id, number, attempts }) =>
      [id, ...attempts.map((attempt) => attempt.id)].map((key): [string, number] => [key, number]),
    ),
  );

/** The experiment that an event is of, where its payload tells. */
export function experimentOf(payload: unknown, numbers: ReadonlyMap<string, number>): number | null {
  const { experimentId, attemptId } = fieldsOf(payload);
  return numbers.get(String(attemptId)) ?? numbers.get(String(experimentId)) ?? null;
}
