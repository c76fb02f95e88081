import { type JSX, useMemo, useState } from 'react';
import { labelText } from '../../format/formula.js';
import type { ExperimentRowFragment } from '../../api/generated/graphql.js';
import type { Experiments } from '../../api/use-experiments.js';
import { Badge } from '../../components/Badge.js';
import { Panel } from '../../components/Panel.js';
import { IntervalCell, Quantity } from '../../components/Quantity.js';
import { type Column, SortableTable } from '../../components/SortableTable.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { csvText } from '../../format/csv.js';
import { capital, intervalOf, type Objective, propertyName, withUnitLabel } from '../../format/objective.js';
import { fileName, saveFile } from '../../format/save-file.js';
import { dayAndTime } from '../../format/time.js';
import { experimentStates, plural } from '../../format/words.js';
import { ExperimentFiles } from './ExperimentFiles.js';
import { endedAt, filesOf, latestAttempt } from './experiment-views.js';
import { ResultDialog } from './moves/ResultDialog.js';
import { WhyExperiment } from './WhyExperiment.js';

type Row = ExperimentRowFragment;

const columnsFor = (
  objective: Objective,
  open: (row: Row) => void,
  change: (row: Row) => void,
): readonly Column<Row>[] => [
  { key: 'number', label: 'No.', order: ({ number }) => number, cell: ({ number }) => number },
  {
    key: 'label',
    label: 'Composition and conditions',
    order: ({ label }) => label,
    cell: ({ id, number, label, outside }) => (
      <>
        {labelText(label)}
        {outside === null ? null : (
          <>
            <br />
            <Badge word="Outside the space" tone="warn" />
          </>
        )}
        <WhyExperiment id={id} number={number} objective={objective} />
      </>
    ),
  },
  {
    key: 'value',
    label: withUnitLabel(capital(propertyName(objective.property)), objective.unit),
    order: ({ value }) => value,
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
    order: ({ prediction }) => prediction?.mean ?? null,
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
    order: ({ state }) => experimentStates[state].word,
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
    order: stationOf,
    cell: (row) => stationOf(row) ?? <span className="soft">–</span>,
  },
  {
    key: 'files',
    label: 'Files',
    order: (row) => filesOf(row).count,
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
    order: endedAt,
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

interface ResultsProps {
  readonly name: string;
  readonly objective: Objective;
  readonly results: Experiments;
  readonly canPlan: boolean;
  readonly canApprove: boolean;
  readonly onDone: () => void;
}

/** Every experiment that ended: failures are results too. */
export function Results({
  name,
  objective,
  results,
  canPlan,
  canApprove,
  onDone,
}: ResultsProps): JSX.Element {
  const { rows, total, loaded, problem, refetch } = results;
  const [opened, setOpened] = useState<Row | null>(null);
  const [changedId, setChangedId] = useState<string | null>(null);
  const changed = rows.find(({ id }) => id === changedId);
  const columns = useMemo(() => columnsFor(objective, setOpened, ({ id }) => setChangedId(id)), [objective]);
  const save = (): void =>
    saveFile(
      `${fileName(name, 'results')}.csv`,
      'text/csv',
      csvText({
        columns: [
          'number',
          'label',
          withUnitLabel('value', objective.unit),
          'state',
          'station',
          'ended',
          'note',
        ],
        rows: rows.map((row) => [
          row.number,
          row.label,
          row.value,
          row.state,
          stationOf(row),
          endedAt(row),
          row.note,
        ]),
      }),
    );
  return (
    <Panel
      title="Results"
      count={total}
      tools={
        rows.length > 0 ? (
          <button type="button" className="button quiet small" onClick={save}>
            CSV<span className="visually-hidden"> of the results</span>
          </button>
        ) : undefined
      }
    >
      {problem === null ? null : (
        <Trouble what="The results could not be loaded." why={problem} retry={refetch} />
      )}
      {!loaded ? (
        <Skeleton height="16rem" label="Loading results" />
      ) : rows.length === 0 ? (
        <Empty title="No experiment has ended yet" />
      ) : (
        <>
          {total > rows.length ? (
            <p className="soft small">
              The first {rows.length} of {total} are shown.
            </p>
          ) : null}
          <SortableTable
            caption="Experiments that ended, with their measured value and what had been predicted"
            rows={rows}
            columns={columns}
            keyOf={({ id }) => id}
            initialSort={{ key: 'number', descending: true }}
          />
          {opened ? <ExperimentFiles row={opened} onClose={() => setOpened(null)} /> : null}
          {changed ? (
            <ResultDialog
              row={changed}
              objective={objective}
              canPlan={canPlan}
              canApprove={canApprove}
              onDone={onDone}
              onClose={() => setChangedId(null)}
            />
          ) : null}
        </>
      )}
    </Panel>
  );
}
