import type { ExperimentRowFragment } from '../../api/generated/graphql.js';
import { Badge } from '../../components/Badge.js';
import type { PagedColumn } from '../../components/PagedTable.js';
import { IntervalCell, Quantity } from '../../components/Quantity.js';
import { labelText } from '../../format/formula.js';
import { capital, intervalOf, type Objective, propertyName, withUnitLabel } from '../../format/objective.js';
import { dayAndTime } from '../../format/time.js';
import { experimentStates, plural } from '../../format/words.js';
import { endedAt, filesOf, latestAttempt } from './experiment-views.js';
import { WhyExperiment } from './WhyExperiment.js';

export type Row = ExperimentRowFragment;

export const resultColumns = (
  campaignId: string,
  objective: Objective,
  open: (row: Row) => void,
  change: (row: Row) => void,
): readonly PagedColumn<Row>[] => [
  { key: 'number', label: 'No.', orderBy: 'number', cell: ({ number }) => number },
  {
    key: 'label',
    label: 'Composition and conditions',
    cell: ({ id, number, label, outside }) => (
      <>
        {labelText(label)}
        {outside === null ? null : (
          <>
            <br />
            <Badge word="Outside the space" tone="warn" />
          </>
        )}
        <WhyExperiment campaignId={campaignId} id={id} number={number} objective={objective} />
      </>
    ),
  },
  {
    key: 'value',
    label: withUnitLabel(capital(propertyName(objective.property)), objective.unit),
    orderBy: 'value',
    cell: (row) => (
      <>
        {row.value === null ? <span className="soft">–</span> : <Quantity value={row.value} />}
        <br />
        <button type="button" className="button quiet small" onClick={() => change(row)}>
          {plural(row.measurements.length, 'value')}
          <span className="visually-hidden"> of experiment {row.number}</span>…
        </button>
      </>
    ),
  },
  {
    key: 'predicted',
    label: withUnitLabel('Predicted before, 95 %', objective.unit),
    orderBy: 'prediction',
    cell: ({ prediction }) =>
      prediction ? (
        <IntervalCell interval={intervalOf(objective, prediction)} />
      ) : (
        <span className="soft">–</span>
      ),
  },
  {
    key: 'state',
    label: 'State',
    cell: (row) => (
      <>
        <Badge {...experimentStates[row.state]} />
        {row.note === null ? null : (
          <>
            <br />
            <span className="soft small">{row.note}</span>
          </>
        )}
      </>
    ),
  },
  {
    key: 'station',
    label: 'Station',
    cell: (row) => stationOf(row) ?? <span className="soft">–</span>,
  },
  {
    key: 'files',
    label: 'Files',
    cell: (row) => {
      const { count, spectra } = filesOf(row);
      if (count === 0) return <span className="soft">–</span>;
      return (
        <button type="button" className="button quiet small" onClick={() => open(row)}>
          {spectra > 0 ? 'Spectrum' : plural(count, 'file')}
          <span className="visually-hidden"> of experiment {row.number}</span>
        </button>
      );
    },
  },
  {
    key: 'at',
    label: 'Ended',
    orderBy: 'measured',
    cell: (row) => (
      <time className="number" dateTime={endedAt(row)}>
        {dayAndTime(endedAt(row))}
      </time>
    ),
  },
];

function stationOf(row: Row): string | null {
  return latestAttempt(row)?.station?.name ?? null;
}
