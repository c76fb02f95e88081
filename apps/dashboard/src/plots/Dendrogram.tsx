import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { numberText, quantityText } from '../format/number.js';
import { propertyName, type Objective, toModel } from '../format/objective.js';
import { plural } from '../format/words.js';
import { tipStyle } from './axes.js';
import { drawnTree, type DrawnMerge, leafLabel, type Tree } from './dendrogram.js';
import { PlotFigure } from './PlotFigure.js';

interface DendrogramProps {
  readonly name: string;
  readonly objective: Objective;
  readonly tree: Tree;
  /** The measured value of an experiment by its number. */
  readonly values: ReadonlyMap<number, number>;
}

const rowHeight = 17;
const colours = Plot.scale({ color: { type: 'linear', domain: [0, 1], scheme: 'viridis' } });

/** How results join, the nearest first: the farther to the right two branches meet, the less alike they are. */
export function Dendrogram({ name, objective, tree, values }: DendrogramProps): JSX.Element {
  const { rows, merges } = useMemo(() => drawnTree(tree), [tree]);
  const leaves = useMemo(() => coloured(rows, values, objective), [rows, values, objective]);
  const heightFor = useCallback(() => rows.length * rowHeight + 62, [rows.length]);
  const draw = useCallback(
    (width: number) => {
      const longest = rows.reduce((most, { label }) => Math.max(most, label.length), 0);
      const stroke = { stroke: 'var(--ink-soft)', strokeWidth: 1.3, strokeLinecap: 'round' } as const;
      const branches = merges.flatMap(({ from, height }) =>
        from.map((branch) => ({ row: branch.row, begin: branch.height, end: height })),
      );
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: Math.min(width * 0.4, 26 + longest * 6.6),
        marginRight: 16,
        marginTop: 8,
        marginBottom: 48,
        color: { type: 'identity' },
        x: {
          label: 'distance at which they join →',
          labelOffset: 38,
          ticks: width < 480 ? 4 : 8,
          zero: true,
        },
        y: { domain: [-0.7, rows.length - 0.3], reverse: true, axis: null },
        marks: [
          Plot.gridX({ stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.ruleY(branches, { y: 'row', x1: 'begin', x2: 'end', ...stroke }),
          Plot.ruleX(merges, {
            x: 'height',
            y1: ({ from }: DrawnMerge) => from[0].row,
            y2: ({ from }: DrawnMerge) => from[1].row,
            ...stroke,
          }),
          Plot.dot(leaves, {
            x: 0,
            y: 'row',
            r: 5,
            fill: 'colour',
            stroke: 'var(--ink)',
            strokeWidth: 0.8,
          }),
          Plot.text(leaves, {
            x: 0,
            y: 'row',
            text: 'label',
            textAnchor: 'end',
            dx: -11,
            fontSize: 11.5,
            fill: 'var(--ink)',
            fontVariant: 'tabular-nums',
          }),
          Plot.tip(
            merges,
            Plot.pointer({
              x: 'height',
              y: 'row',
              title: ({ experiments, height }: DrawnMerge) =>
                `${plural(experiments.length, 'experiment')} at ${numberText(height)}\n${leafLabel([...experiments].sort((a, b) => a - b))}`,
              maxRadius: 30,
              ...tipStyle,
            }),
          ),
          Plot.tip(leaves, Plot.pointer({ x: 0, y: 'row', title: 'told', maxRadius: 9, ...tipStyle })),
        ],
      });
    },
    [rows, merges, leaves, heightFor],
  );
  const experiments = rows.reduce((sum, row) => sum + row.experiments.length, 0);
  return (
    <PlotFigure
      name={`${name} tree of results`}
      learn="tree"
      summary={`Dendrogram of ${plural(experiments, 'result')} in ${plural(rows.length, 'leaf', 'leaves')}, by Ward’s rule.`}
      table={{
        columns: ['left', 'right', 'distance'],
        rows: tree.merges.map(({ left, right, height }) => [
          partName(tree, left),
          partName(tree, right),
          height,
        ]),
      }}
      draw={draw}
      placeholder={heightFor}
    />
  );
}

/** In the table a leaf is its experiments, and what a merge made is the merge’s number. */
const partName = ({ leaves }: Tree, node: number): string =>
  node < leaves.length ? (leaves[node]?.numbers.join(' ') ?? '') : `merge ${node - leaves.length + 1}`;

function coloured(
  rows: ReturnType<typeof drawnTree>['rows'],
  values: ReadonlyMap<number, number>,
  objective: Objective,
) {
  const means = rows.map(({ experiments }) => {
    const known = experiments.flatMap((number) => values.get(number) ?? []);
    return known.length === 0
      ? null
      : known.reduce((sum, value) => sum + toModel(objective, value), 0) / known.length;
  });
  const known = means.filter((mean) => mean !== null);
  const [low, high] = [
    known.reduce((a, b) => Math.min(a, b), Infinity),
    known.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const better = (share: number): number => (objective.goal === 'minimise' ? 1 - share : share);
  return rows.map(({ label, experiments }, row) => {
    const mean = means[row] ?? null;
    const [only, ...others] = experiments;
    const value = only === undefined || others.length > 0 ? undefined : values.get(only);
    return {
      ...{ label, row },
      colour:
        mean === null
          ? 'var(--sunken)'
          : String(colours.apply(high > low ? better((mean - low) / (high - low)) : 0.5)),
      told: `${plural(experiments.length, 'experiment')} ${label}${
        value === undefined
          ? ''
          : `\n${propertyName(objective.property)} ${quantityText(value, objective.unit)}`
      }`,
    };
  });
}
