import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import { percentText } from '../format/number.js';
import { plural } from '../format/words.js';
import { tipStyle } from './axes.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly cluster: number;
}

interface ClusterMapProps {
  readonly name: string;
  readonly explained: readonly number[];
  readonly candidates: readonly Placed[];
  readonly results: readonly (Placed & { readonly number: number | null })[];
}

/** Okabe and Ito's, told apart by everybody, on light and on dark. */
const colours = [
  '#0072b2',
  '#e69f00',
  '#009e73',
  '#cc79a7',
  '#d55e00',
  '#56b4e9',
  '#8a7a00',
  '#7f7f7f',
] as const;
const colourOf = ({ cluster }: Placed): string => colours[cluster % colours.length] ?? colours[0];
const heightFor = (width: number): number => Math.max(300, Math.min(440, width * 0.7));

/** Candidates along the two directions in which they vary most, by the group that they fall into. */
export function ClusterMap({ name, explained, candidates, results }: ClusterMapProps): JSX.Element {
  const groups = new Set(candidates.map(({ cluster }) => cluster)).size;
  const draw = useCallback(
    (width: number) =>
      Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: 44,
        marginRight: 12,
        marginTop: 28,
        marginBottom: 42,
        color: { type: 'identity' },
        x: {
          label: `first direction (${percentText(explained[0] ?? 0)} of what varies) →`,
          labelOffset: 36,
          ticks: 5,
        },
        y: { label: `↑ second direction (${percentText(explained[1] ?? 0)})`, ticks: 5 },
        marks: [
          Plot.gridX({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.gridY({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.dot(candidates, { x: 'x', y: 'y', r: 2.6, fill: colourOf, fillOpacity: 0.45 }),
          Plot.dot(results, {
            x: 'x',
            y: 'y',
            r: 5,
            fill: colourOf,
            stroke: 'var(--ink)',
            strokeWidth: 1.4,
          }),
          Plot.tip(
            results,
            Plot.pointer({
              x: 'x',
              y: 'y',
              title: ({ number, cluster }: ClusterMapProps['results'][number]) =>
                `Experiment ${number ?? ''}\ngroup ${cluster + 1}`,
              maxRadius: 20,
              ...tipStyle,
            }),
          ),
        ],
      }),
    [candidates, results, explained],
  );
  return (
    <PlotFigure
      name={`${name} groups`}
      learn="groups"
      summary={`${plural(candidates.length, 'candidate')} in ${plural(groups, 'group')}, with ${plural(results.length, 'result')}.`}
      table={{
        columns: ['experiment', 'x', 'y', 'group'],
        rows: [...results, ...candidates.map((one) => ({ ...one, number: null }))].map(
          ({ number, x, y, cluster }) => [number, x, y, cluster + 1],
        ),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<circle cx="11" cy="6" r="5" fill="#7f7f7f" stroke="var(--ink)" strokeWidth="1.4" />}>
            measured
          </Key>
          <Key shape={<circle cx="11" cy="6" r="3" fill="#7f7f7f" fillOpacity="0.5" />}>
            candidates; a colour is a group
          </Key>
        </ul>
      }
    />
  );
}
