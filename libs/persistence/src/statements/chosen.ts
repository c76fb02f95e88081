import type {
  AttemptFilter,
  CampaignFilter,
  CandidateFilter,
  EventFilter,
  ExperimentFilter,
  MeasurementFilter,
} from '@ionloop/engine';

/** What a filter asks of a row, with its parameters from $1 on. */
export interface Chosen {
  readonly where: string;
  readonly values: readonly unknown[];
}

type Condition = readonly [value: unknown, sql: (parameter: string) => string];

/** Conditions whose value is left out ask nothing: the statement that is planned has only what was asked. */
function chosen(conditions: readonly Condition[]): Chosen {
  const asked = conditions.filter(([value]) => value !== undefined);
  return {
    where: asked.length === 0 ? 'true' : asked.map(([, sql], i) => sql(`$${i + 1}`)).join(' AND '),
    values: asked.map(([value]) => value),
  };
}

const anywhere = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

const isNumber = (text: string | undefined): boolean => text !== undefined && /^\d{1,9}$/.test(text);

export const chosenCampaigns = ({ states, text, workspace, id }: CampaignFilter): Chosen =>
  chosen([
    [states, (p) => `state = ANY (${p}::text[])`],
    [anywhere(text), (p) => `(name ILIKE ${p}::text OR description ILIKE ${p}::text)`],
    [workspace, (p) => `workspace = ${p}::text`],
    [id, (p) => `id = ${p}::text`],
  ]);

export const chosenExperiments = ({
  states,
  origins,
  flags,
  numbers,
  valueFrom,
  valueTo,
  hasValue,
  text,
}: ExperimentFilter): Chosen =>
  chosen([
    [states, (p) => `state = ANY (${p}::text[])`],
    [origins, (p) => `origin = ANY (${p}::text[])`],
    [
      flags,
      (p) => `EXISTS (SELECT FROM measurement WHERE experiment_id = experiment.id AND flags && ${p}::text[])`,
    ],
    [numbers, (p) => `number = ANY (${p}::integer[])`],
    [valueFrom, (p) => `value >= ${p}::float8`],
    [valueTo, (p) => `value <= ${p}::float8`],
    [hasValue, (p) => `(value IS NOT NULL) = ${p}::boolean`],
    // As bytes: what letters are small was seen to before, on both sides.
    [
      anywhere(text?.toLowerCase()),
      (p) =>
        isNumber(text)
          ? `(search_text COLLATE "C" LIKE ${p}::text OR number = ${Number(text)})`
          : `search_text COLLATE "C" LIKE ${p}::text`,
    ],
  ]);

export const chosenEvents = ({ types, actors, about, from, to }: EventFilter): Chosen =>
  chosen([
    [types, (p) => `event ->> 'type' = ANY (${p}::text[])`],
    [actors, (p) => `actor_name = ANY (${p}::text[])`],
    [about === undefined ? undefined : anywhere(JSON.stringify(about)), (p) => `event::text LIKE ${p}::text`],
    [from, (p) => `at >= ${p}::timestamptz`],
    [to, (p) => `at < ${p}::timestamptz`],
  ]);

export const chosenMeasurements = ({ statuses, properties, flags }: MeasurementFilter): Chosen =>
  chosen([
    [statuses, (p) => `status = ANY (${p}::text[])`],
    [properties, (p) => `property = ANY (${p}::text[])`],
    [flags, (p) => `flags && ${p}::text[]`],
  ]);

export const chosenAttempts = ({ states, stations }: AttemptFilter): Chosen =>
  chosen([
    [states, (p) => `state = ANY (${p}::text[])`],
    [stations, (p) => `station_id = ANY (${p}::text[])`],
  ]);

export const chosenCandidates = (analysisId: string, filter: CandidateFilter): Chosen =>
  chosen([
    [analysisId, (p) => `analysis_id = ${p}::text`],
    [filter.meanFrom, (p) => `mean >= ${p}::float8`],
    [filter.meanTo, (p) => `mean <= ${p}::float8`],
    [filter.sdFrom, (p) => `sd >= ${p}::float8`],
    [filter.sdTo, (p) => `sd <= ${p}::float8`],
    [filter.scoreFrom, (p) => `score >= ${p}::float8`],
    [filter.feasibleFrom, (p) => `feasible >= ${p}::float8`],
    [filter.tried, (p) => `tried = ${p}::boolean`],
    [anywhere(filter.text), (p) => `point::text ILIKE ${p}::text`],
  ]);
