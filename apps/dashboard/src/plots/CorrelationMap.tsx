import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { formulaText } from '../format/formula.js';
import { propertyName } from '../format/objective.js';
import { tipStyle } from './axes.js';
import { PlotFigure } from './PlotFigure.js';

interface CorrelationMapProps {
  readonly name: string;
  readonly columns: readonly string[];
  readonly pairs: readonly { readonly a: string; readonly b: string; readonly value: number | null }[];
  /** What is drawn: Pearson’s or Spearman’s. */
  readonly kind: string;
}

const scale = Plot.scale({ color: { type: 'diverging', domain: [-1, 1], scheme: 'BrBG' } });
const written = (value: number): string => value.toFixed(2).replace('-', '−');

/** How columns and the measured property go with each other: brown against, green with. */
export function CorrelationMap({ name, columns, pairs, kind }: CorrelationMapProps): JSX.Element {
  const cells = useMemo(() => {
    const known = new Map(pairs.map(({ a, b, value }) => [`${a}|${b}`, value]));
    return columns.flatMap((a) =>
      columns.map((b) => ({
        a,
        b,
        value: a === b ? 1 : (known.get(`${a}|${b}`) ?? known.get(`${b}|${a}`) ?? null),
      })),
    );
  }, [columns, pairs]);
  const heightFor = useCallback(
    (width: number) => Math.min(40 + columns.length * 44, Math.max(width * 0.8, 200)) + 60,
    [columns.length],
  );
  const draw = useCallback(
    (width: number) => {
      const called = (column: string): string => formulaText(propertyName(column));
      const longest = columns.reduce((most, column) => Math.max(most, column.length), 0);
      const left = Math.min(width * 0.36, 20 + longest * 7);
      const dense = (width - left) / columns.length < 40;
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: left,
        marginRight: 8,
        marginTop: 8,
        marginBottom: 66,
        color: { type: 'identity' },
        x: {
          domain: [...columns],
          label: null,
          tickFormat: called,
          tickRotate: columns.length > 4 || width < 480 ? -30 : 0,
          tickSize: 0,
        },
        y: { domain: [...columns], label: null, tickFormat: called, tickSize: 0 },
        marks: [
          Plot.cell(cells, {
            x: 'a',
            y: 'b',
            inset: 1,
            rx: 3,
            fill: ({ value }: (typeof cells)[number]) =>
              value === null ? 'var(--sunken)' : String(scale.apply(value)),
          }),
          ...(dense
            ? []
            : [
                Plot.text(cells, {
                  x: 'a',
                  y: 'b',
                  text: ({ value }: (typeof cells)[number]) => (value === null ? '–' : written(value)),
                  fill: ({ value }: (typeof cells)[number]) =>
                    value !== null && Math.abs(value) > 0.6
                      ? '#fff'
                      : value === null
                        ? 'var(--ink-soft)'
                        : '#111',
                  fontSize: 12,
                }),
              ]),
          Plot.tip(
            cells,
            Plot.pointer({
              x: 'a',
              y: 'b',
              title: ({ a, b, value }: (typeof cells)[number]) =>
                `${called(a)} and ${called(b)}\n${value === null ? 'not known' : written(value)}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [cells, columns, heightFor],
  );
  return (
    <PlotFigure
      name={`${name} correlations`}
      learn="correlations"
      summary={`${kind} correlations of ${columns.length} columns.`}
      table={{ columns: ['a', 'b', kind], rows: pairs.map(({ a, b, value }) => [a, b, value]) }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}
