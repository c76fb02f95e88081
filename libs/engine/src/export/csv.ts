import { fromModelScale } from '@ionloop/chemistry';
import {
  type AskedProperty,
  askedOf,
  type Attempt,
  type Campaign,
  type Experiment,
  type Measurement,
  type ParameterSpec,
  type PlanObjective,
  type PointValue,
  teachesFeasibility,
} from '@ionloop/domain';
import type { RecordReader } from '../ports.js';
import { campaignToExport, type ExperimentInFull, experimentsInFull } from './pages.js';

/** What a cell of the CSV is made from: an experiment, and one attempt or measurement of it. */
interface Row extends ExperimentInFull {
  readonly attempt: Attempt | null;
  readonly measurement: Measurement | null;
}
interface Column {
  readonly header: string;
  readonly cell: (row: Row) => string;
}

/**
 * A campaign as a table: a line for each measurement, for each attempt that gave none, and for each experiment without
 * either. `import` reads its columns back.
 */
export async function* exportCsv(read: RecordReader, campaignId: string): AsyncGenerator<string> {
  const columns = columnsOf(await campaignToExport(read, campaignId));
  yield lineOf(columns.map(({ header }) => header));
  for await (const one of experimentsInFull(read, campaignId)) {
    yield rowsOf(one)
      .map((row) => lineOf(columns.map(({ cell }) => cell(row))))
      .join('');
  }
}

function rowsOf(one: ExperimentInFull): readonly Row[] {
  const { attempts, measurements } = one;
  const measured = measurements.map((measurement) => ({
    ...one,
    measurement,
    attempt: attempts.find(({ id }) => id === measurement.attemptId) ?? null,
  }));
  const silent = attempts.filter(({ id }) => !measurements.some(({ attemptId }) => attemptId === id));
  const rows = [...measured, ...silent.map((attempt) => ({ ...one, measurement: null, attempt }))];
  return rows.length > 0 ? rows : [{ ...one, measurement: null, attempt: null }];
}

function columnsOf(campaign: Campaign): readonly Column[] {
  const { space, objectives } = campaign;
  return [
    ...experimentColumns,
    ...space.parameters.flatMap(parameterColumns),
    ...askedOf(campaign).flatMap(measuredColumns),
    ...objectives.flatMap(predictedColumns),
    ...resultColumns,
    ...provenanceColumns,
  ];
}

const experimentColumns: readonly Column[] = [
  { header: 'experiment', cell: ({ experiment }) => String(experiment.number) },
  { header: 'state', cell: ({ experiment }) => experiment.state },
  { header: 'origin', cell: ({ experiment }) => experiment.origin },
];

function parameterColumns(parameter: ParameterSpec): readonly Column[] {
  const { name } = parameter;
  if (parameter.kind === 'mixture') {
    return parameter.components.map((component) => ({
      header: component.name,
      cell: ({ experiment }) => fraction(experiment.point[name], component.name),
    }));
  }
  const unit = 'unit' in parameter ? parameter.unit : undefined;
  return [{ header: withUnit(name, unit), cell: ({ experiment }) => plain(experiment.point[name]) }];
}

const fraction = (value: PointValue | undefined, component: string): string =>
  typeof value === 'object' ? String(value[component] ?? 0) : '';

const plain = (value: PointValue | undefined): string =>
  value === undefined || typeof value === 'object' ? '' : String(value);

const withUnit = (name: string, unit: string | undefined): string =>
  unit === undefined || unit === '' ? name : `${name} [${unit}]`;

/** Where 95 % of a normal distribution lie, in standard deviations. */
const central95 = 1.959963984540054;

function measuredColumns({ property, unit }: AskedProperty): readonly Column[] {
  const of = ({ measurement }: Row): Measurement | null =>
    measurement?.property === property ? measurement : null;
  return [
    { header: withUnit(property, unit), cell: (row) => String(of(row)?.value ?? '') },
    { header: withUnit(`${property} uncertainty`, unit), cell: (row) => String(of(row)?.uncertainty ?? '') },
  ];
}

function predictedColumns({ property, unit, transform }: PlanObjective, k: number): readonly Column[] {
  const of = ({ prediction, grounds }: Experiment): Experiment['prediction'] =>
    k === 0 ? prediction : (grounds?.predictions[k] ?? null);
  const predicted =
    (sds: number) =>
    ({ experiment }: Row): string => {
      const found = of(experiment);
      return found === null ? '' : String(fromModelScale(found.mean + sds * found.sd, transform));
    };
  return [
    { header: withUnit(`${property} predicted`, unit), cell: predicted(0) },
    { header: withUnit(`${property} predicted low95`, unit), cell: predicted(-central95) },
    { header: withUnit(`${property} predicted high95`, unit), cell: predicted(central95) },
  ];
}

const resultColumns: readonly Column[] = [
  { header: 'outcome', cell: outcomeOf },
  { header: 'measurement status', cell: ({ measurement }) => measurement?.status ?? '' },
  { header: 'flags', cell: ({ measurement }) => safe(measurement?.flags.join('; ') ?? '') },
  {
    header: 'measured at [°C]',
    cell: ({ measurement }) => numberIn(measurement?.conditions['temperatureC']),
  },
  { header: 'conditions', cell: ({ measurement }) => jsonOf(measurement?.conditions) },
  { header: 'as handed in', cell: ({ measurement }) => jsonOf(measurement?.raw) },
  { header: 'measurement note', cell: ({ measurement }) => safe(measurement?.note ?? '') },
  { header: 'measured on', cell: ({ measurement }) => measurement?.createdAt ?? '' },
  { header: 'attempt', cell: ({ attempt }) => String(attempt?.fence ?? '') },
  { header: 'attempt state', cell: ({ attempt }) => attempt?.state ?? '' },
  { header: 'station', cell: ({ attempt }) => safe(attempt?.stationId ?? '') },
  { header: 'device run', cell: ({ attempt }) => safe(attempt?.deviceRunId ?? '') },
  { header: 'started', cell: ({ attempt }) => attempt?.startedAt ?? '' },
  { header: 'ended', cell: ({ attempt }) => attempt?.endedAt ?? '' },
  { header: 'attempt note', cell: ({ attempt }) => safe(attempt?.note ?? '') },
];

const provenanceColumns: readonly Column[] = [
  { header: 'reason', cell: ({ experiment }) => safe(experiment.reason) },
  { header: 'experiment note', cell: ({ experiment }) => safe(experiment.note ?? '') },
  { header: 'acquisition', cell: ({ experiment }) => experiment.acquisition?.name ?? '' },
  { header: 'acquisition value', cell: ({ experiment }) => String(experiment.acquisition?.value ?? '') },
  { header: 'plan', cell: ({ plan }) => String(plan?.number ?? '') },
  { header: 'plan based on event', cell: ({ plan }) => String(plan?.basedOnSeq ?? '') },
  { header: 'planner version', cell: ({ plan }) => plan?.plannerVersion ?? '' },
  { header: 'model id', cell: ({ plan }) => plan?.modelId ?? '' },
  { header: 'approved by', cell: ({ experiment }) => safe(experiment.approval?.by ?? '') },
  { header: 'approved on', cell: ({ experiment }) => experiment.approval?.at ?? '' },
  { header: 'proposed on', cell: ({ experiment }) => experiment.createdAt },
  { header: 'spec hash', cell: ({ experiment }) => experiment.specHash },
  { header: 'experiment id', cell: ({ experiment }) => experiment.id },
  { header: 'attempt id', cell: ({ attempt }) => attempt?.id ?? '' },
  { header: 'measurement id', cell: ({ measurement }) => measurement?.id ?? '' },
  {
    header: 'artifacts',
    cell: ({ attachments, attempt, measurement }) =>
      attachments
        .filter(({ attemptId }) => attemptId === attempt?.id)
        .filter(({ measurementId }) => measurementId === null || measurementId === measurement?.id)
        .map(({ sha256 }) => sha256)
        .join(' '),
  },
];

/** What became of it, in words that `import` knows. */
function outcomeOf({ experiment, measurement, attempt }: Row): string {
  if (measurement !== null) return 'measured';
  return attempt?.outcome ?? (teachesFeasibility(experiment.state) ? experiment.state : '');
}

const numberIn = (value: unknown): string => (typeof value === 'number' ? String(value) : '');

const jsonOf = (value: Experiment['grounds'] | Measurement['raw'] | undefined): string =>
  value === undefined || value === null ? '' : JSON.stringify(value);

/** Free text that a spreadsheet would take for a formula gets a quote before it, as spreadsheets themselves do it. */
const safe = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

/** RFC 4180. */
const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell;
