import { type JSX, useMemo } from 'react';
import { readArrhenius } from '../../../api/arrhenius.js';
import type { MeasuredQuery } from '../../../api/generated/graphql.js';
import { useAddressChange } from '../../../components/address.js';
import { Badge } from '../../../components/Badge.js';
import { Panel } from '../../../components/Panel.js';
import { IntervalCell, Quantity } from '../../../components/Quantity.js';
import { type Column, SortableTable } from '../../../components/SortableTable.js';
import { Empty, Skeleton } from '../../../components/States.js';
import { labelText } from '../../../format/formula.js';
import { numberText, withErrorText } from '../../../format/number.js';
import { ArrheniusPlot, type NamedSeries } from '../../../plots/ArrheniusPlot.js';

type Row = NonNullable<MeasuredQuery['campaign']>['experiments']['edges'][number]['node'];

interface ArrheniusViewProps {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly loaded: boolean;
}

export const seriesOf = (rows: readonly Row[]): readonly (NamedSeries & { readonly id: string })[] =>
  rows.flatMap(({ number, label, measurements }) =>
    measurements.flatMap(({ id, raw, status }) => {
      const series = status === 'excluded' ? null : readArrhenius(raw);
      return series === null ? [] : [{ ...series, id, experiment: number, label }];
    }),
  );

type Series = ReturnType<typeof seriesOf>[number];

const columnsFor = (
  chosen: number | null,
  choose: (experiment: number) => void,
): readonly Column<Series>[] => [
  {
    key: 'experiment',
    label: 'No.',
    order: ({ experiment }) => experiment,
    cell: ({ experiment }) => (
      <button
        type="button"
        className="link"
        aria-pressed={experiment === chosen}
        onClick={() => choose(experiment)}
      >
        {experiment}
        <span className="visually-hidden">: draw this one strong</span>
      </button>
    ),
  },
  {
    key: 'label',
    label: 'Composition and conditions',
    order: ({ label }) => label,
    cell: ({ label }) => labelText(label),
  },
  {
    key: 'energy',
    label: 'Eₐ ± standard error (eV)',
    order: ({ activationEnergyEv }) => activationEnergyEv,
    cell: ({ activationEnergyEv, standardErrorEv }) => (
      <span className="number">
        {standardErrorEv === null
          ? numberText(activationEnergyEv)
          : withErrorText(activationEnergyEv, standardErrorEv)}
      </span>
    ),
  },
  {
    key: 'at25',
    label: 'σ at 25 °C, 95 % (S/cm)',
    order: ({ at25C }) => at25C,
    cell: ({ at25C, interval25C }) =>
      at25C === null ? (
        <span className="soft">–</span>
      ) : interval25C === null ? (
        <Quantity value={at25C} />
      ) : (
        <IntervalCell interval={{ middle: at25C, ...interval25C }} significant={3} />
      ),
  },
  {
    key: 'r2',
    label: 'R²',
    order: ({ rSquared }) => rSquared,
    cell: ({ rSquared }) => (rSquared === null ? '–' : <span className="number">{rSquared.toFixed(4)}</span>),
  },
  {
    key: 'flags',
    label: 'Doubts',
    order: ({ flags }) => flags.length,
    cell: ({ flags }) =>
      flags.length === 0 ? (
        <span className="soft">none</span>
      ) : (
        <span className="row">
          {flags.map((flag) => (
            <Badge key={flag} word={flag.toLowerCase().replaceAll('_', ' ')} tone="warn" />
          ))}
        </span>
      ),
  },
];

/** Every temperature series with its line, its activation energy and its conductivity at room temperature. */
export function ArrheniusView({ name, rows, loaded }: ArrheniusViewProps): JSX.Element {
  const series = useMemo(() => seriesOf(rows), [rows]);
  const [search, change] = useAddressChange();
  const asked = Number(search.get('series'));
  const picked = series.some(({ experiment }) => experiment === asked) ? asked : null;
  const best = series.reduce<Series | null>(
    (most, own) => ((own.at25C ?? 0) > (most?.at25C ?? 0) ? own : most),
    null,
  );
  const chosen = picked ?? best?.experiment ?? null;
  const columns = useMemo(
    () => columnsFor(chosen, (experiment) => change({ series: String(experiment) })),
    [chosen, change],
  );
  return (
    <Panel
      title="Arrhenius"
      count={series.length > 0 ? series.length : undefined}
      note="Conductivity times temperature over inverse temperature: the slope is the activation energy, and a bend means a second process or a phase change. The lines are least squares; the interval at 25 °C is where the line is with 95 %, not where a new sample would be."
    >
      {!loaded ? (
        <Skeleton height="20rem" label="Loading temperature series" />
      ) : series.length === 0 ? (
        <Empty title="No temperature series yet">
          <p>
            A station that measures one sample at several temperatures sends them as a series; its line, its
            activation energy and its conductivity at 25 °C appear here.
          </p>
        </Empty>
      ) : (
        <div className="stack">
          <ArrheniusPlot name={name} series={series} chosen={chosen} />
          <SortableTable
            caption="Activation energies and conductivities at 25 °C"
            rows={series}
            columns={columns}
            keyOf={({ id }) => id}
            pageSize={10}
            initialSort={{ key: 'at25', descending: true }}
          />
        </div>
      )}
    </Panel>
  );
}
