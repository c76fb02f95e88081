import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import { formulaText } from '../format/formula.js';
import { quantityText } from '../format/number.js';
import { axisLabel, type Objective } from '../format/objective.js';
import { listed, plural } from '../format/words.js';
import { tipStyle, valueAxis, valueGrid } from './axes.js';
import { PlotFigure } from './PlotFigure.js';
import type { Replicates } from './replicates.js';
import { domainOf } from './series.js';

interface ReplicateSpreadProps {
  readonly name: string;
  readonly objective: Objective;
  readonly groups: readonly Replicates[];
}

interface Dot {
  readonly row: string;
  readonly value: number;
  readonly group: Replicates;
}

const most = 16;
const rowHeight = 34;

/** Each point that was measured several times, with all that was measured of it. */
export function ReplicateSpread({ name, objective, groups }: ReplicateSpreadProps): JSX.Element {
  const log = objective.transform === 'log10';
  const shown = groups.slice(0, most);
  const heightFor = useCallback(
    (): number => Math.min(groups.length, most) * rowHeight + 76,
    [groups.length],
  );
  const draw = useCallback(
    (width: number) => {
      const rowOf = ({ experiments }: Replicates): string =>
        experiments.length > 3
          ? `no. ${experiments.slice(0, 2).join(', ')} … ${String(experiments.at(-1))}`
          : `no. ${experiments.join(', ')}`;
      const drawn = groups.slice(0, most);
      const dots = drawn.flatMap((group) =>
        group.values.map((value): Dot => ({ row: rowOf(group), value, group })),
      );
      const domain = domainOf(
        dots.map(({ value }) => value),
        [],
        log,
      );
      const ranges = drawn.map((group) => ({
        row: rowOf(group),
        low: Math.min(...group.values),
        high: Math.max(...group.values),
      }));
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: 104,
        marginRight: 18,
        marginTop: 10,
        marginBottom: 44,
        x: { ...valueAxis(domain, log, `${axisLabel(objective)} →`), labelOffset: 38 },
        y: { domain: ranges.map(({ row }) => row), label: null, tickSize: 0 },
        marks: [
          valueGrid(domain, log, 'x'),
          Plot.ruleY(ranges, {
            x1: 'low',
            x2: 'high',
            y: 'row',
            stroke: 'var(--plot-band)',
            strokeWidth: 5,
            strokeOpacity: 0.5,
          }),
          Plot.dot(dots, {
            x: 'value',
            y: 'row',
            r: 4.5,
            fill: 'var(--surface)',
            stroke: 'var(--plot-value)',
            strokeWidth: 1.6,
          }),
          Plot.tip(
            dots,
            Plot.pointer({
              x: 'value',
              y: 'row',
              title: ({ value, group }: Dot) =>
                `${quantityText(value, objective.unit)}\n${formulaText(group.label).replaceAll(' · ', '\n')}\nExperiments ${listed(group.experiments.map(String))}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [groups, objective, log, heightFor],
  );
  return (
    <PlotFigure
      name={`${name} replicates`}
      learn="replicates"
      summary={`${plural(groups.length, 'point')} measured more than once, with all values of each.${groups.length > most ? ` The ${most} most measured are drawn.` : ''}`}
      table={{
        columns: ['point', 'experiments', `value (${objective.unit})`],
        rows: groups.flatMap(({ label, experiments, values }) =>
          values.map((value) => [label, experiments.join(' '), value]),
        ),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        shown.length < groups.length ? (
          <p className="soft small">
            The {most} most measured of {groups.length} points are drawn; the file has all.
          </p>
        ) : undefined
      }
    />
  );
}
