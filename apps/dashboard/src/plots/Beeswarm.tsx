import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { formulaText } from '../format/formula.js';
import { numberText, percentText, tickText } from '../format/number.js';
import { plural } from '../format/words.js';
import { tipStyle } from './axes.js';
import { type SwarmDot, swarmOf } from './beeswarm.js';
import { drawLegend } from './field.js';
import { PlotFigure } from './PlotFigure.js';

interface BeeswarmProps {
  readonly name: string;
  /** The scale that predictions are on. */
  readonly scale: string;
  readonly explained: Parameters<typeof swarmOf>[0];
}

const rowHeight = 58;
const legendRoom = 60;
const most = 12;
const colours = Plot.scale({ color: { type: 'linear', domain: [0, 1], scheme: 'viridis' } });
const colourAt = (share: number): string => String(colours.apply(share));

/** What each column adds to the prediction of each result: one dot a result, coloured by the column's own value. */
export function Beeswarm({ name, scale, explained }: BeeswarmProps): JSX.Element {
  const { columns, dots } = useMemo(() => swarmOf(explained, most), [explained]);
  const heightFor = useCallback(() => columns.length * rowHeight + 66 + legendRoom, [columns.length]);
  const draw = useCallback(
    (width: number) => {
      const names = columns.map((column) => formulaText(column.name));
      const longest = names.reduce((long, own) => Math.max(long, own.length), 0);
      const left = Math.min(width * 0.32, 24 + longest * 7.2);
      const placed = dots.map((dot) => ({ ...dot, row: formulaText(dot.column) }));
      const chart = Plot.plot({
        width,
        height: heightFor(),
        marginLeft: left,
        marginRight: 16,
        marginTop: 14,
        marginBottom: 46 + legendRoom,
        color: { type: 'identity' },
        x: {
          label: `adds to the prediction (${scale}) →`,
          labelOffset: 36,
          tickFormat: tickText,
          ticks: width < 480 ? 4 : 8,
        },
        fy: { domain: names, label: null, padding: 0.06 },
        marks: [
          Plot.gridX({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.ruleX([0], { stroke: 'var(--ink-faint)' }),
          Plot.axisFy({ anchor: 'left', label: null, fontSize: 12.5, fill: 'var(--ink)' }),
          Plot.dot(
            placed,
            Plot.dodgeY('middle', {
              x: 'value',
              fy: 'row',
              r: placed.length > 900 ? 1.8 : 3.2,
              fill: ({ at }: SwarmDot) => (at === null ? 'var(--ink-faint)' : colourAt(at)),
              stroke: 'var(--surface)',
              strokeWidth: 0.5,
              padding: 0.4,
            }),
          ),
          Plot.tip(
            placed,
            Plot.pointer({
              x: 'value',
              fy: 'row',
              title: (dot: (typeof placed)[number]) =>
                `Experiment ${dot.number}\n${dot.row} ${dot.value < 0 ? 'takes' : 'adds'} ${numberText(Math.abs(dot.value), 2)}${dot.at === null ? '' : `\nat ${percentText(dot.at)} of its range`}`,
              maxRadius: 20,
              ...tipStyle,
            }),
          ),
        ],
      });
      // One legend for all rows, which a mark would draw in each.
      chart.append(
        drawLegend(
          {
            range: [0, 1],
            colour: colourAt,
            label: 'value of the column, of what was tried',
            ticks: [
              { value: 0.04, text: 'lowest' },
              { value: 0.96, text: 'highest' },
            ],
          },
          { x: left, y: heightFor() - 36, width: Math.min(width - left - 16, 300) },
        ),
      );
      return chart;
    },
    [columns, dots, scale, heightFor],
  );
  const [first] = columns;
  return (
    <PlotFigure
      name={`${name} Shapley values`}
      learn="shapley"
      summary={`Shapley values of ${plural(explained.rows.length, 'result')} by ${columns.length} columns${first ? `; ${first.name} matters most, by ${numberText(first.meanAbsolute, 2)} on average` : ''}.`}
      table={{
        columns: ['experiment', ...explained.columns],
        rows: explained.rows.map(({ number, values }) => [number, ...values]),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}
