import type { JSX } from 'react';
import { Badge } from '../../../components/Badge.js';
import { Plain } from '../../../components/Quantity.js';
import { type Column, SortableTable } from '../../../components/SortableTable.js';
import { percentText } from '../../../format/number.js';
import { type Able, bestValues, coverageColumns, isHonest, metricColumns } from './bench.js';
import { benchLabel } from './bench-labels.js';

interface BenchTableProps {
  readonly models: readonly Able[];
  readonly chosen: string;
  /** The model that the campaign's proposals go by, where the bench has it. */
  readonly used: string | null;
  readonly onChoose: (name: string) => void;
}

/** Every model by every measure; the best of each column is marked, and intervals that keep their promise. */
export function BenchTable({ models, chosen, used, onChoose }: BenchTableProps): JSX.Element {
  const best = bestValues(models);
  const columns: readonly Column<Able>[] = [
    {
      key: 'name',
      label: 'Model',
      order: ({ name }) => benchLabel(name),
      cell: ({ name }) => (
        <>
          <button
            type="button"
            className="link"
            aria-pressed={name === chosen}
            onClick={() => onChoose(name)}
          >
            {benchLabel(name)}
          </button>{' '}
          {name === used ? <Badge word="in use" tone="info" /> : null}
        </>
      ),
    },
    ...metricColumns.map(({ key, label }): Column<Able> => ({
      key,
      label,
      align: 'right',
      order: ({ metrics }) => metrics[key],
      cell: ({ metrics }) => {
        const value = metrics[key];
        if (value === null) return <span className="soft">–</span>;
        return (
          <span data-metric={key} data-value={value} className={value === best.get(key) ? 'best-of' : ''}>
            <Plain value={value} />
            {value === best.get(key) ? <span className="visually-hidden"> (the best)</span> : null}
          </span>
        );
      },
    })),
    ...coverageColumns.map(({ key, promised }): Column<Able> => ({
      key,
      label: `Holds of ${percentText(promised)}`,
      align: 'right',
      order: ({ metrics }) => Math.abs(metrics[key] - promised),
      cell: ({ metrics, parity }) => {
        const honest = isHonest(metrics[key], promised, parity.length);
        return (
          <span className={`number ${honest ? 'good-of' : 'bad-of'}`}>
            {percentText(metrics[key])}
            <span className="visually-hidden">{honest ? ' (as promised)' : ' (not as promised)'}</span>
          </span>
        );
      },
    })),
  ];
  return (
    <SortableTable
      caption="Models on results that they had not seen"
      rows={models}
      columns={columns}
      keyOf={({ name }) => name}
      pageSize={30}
      initialSort={{ key: 'rmse', descending: false }}
    />
  );
}
