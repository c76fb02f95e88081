import * as Plot from '@observablehq/plot';
import { type JSX, useCallback } from 'react';
import { quantityText } from '../format/number.js';
import { axisLabel, type Objective } from '../format/objective.js';
import { overExperiments, tipStyle, valueAxis, valueGrid } from './axes.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';
import type { RehearsedLine } from './rehearsed-line.js';
import { domainOf } from './series.js';

interface RehearsalPlotProps {
  readonly name: string;
  readonly objective: Objective;
  /** The best result before; null where there is none. */
  readonly before: number | null;
  readonly target: number | null;
  readonly lines: readonly RehearsedLine[];
}

const heightFor = (width: number): number => (width < 480 ? 280 : 360);
const colours = ['var(--plot-best)', 'var(--plot-failed)', 'var(--plot-value)', 'var(--good)'];
const dashes = ['', '6 3', '2 3', '8 3 2 3'];

/** The best so far that more experiments may bring: the median of the campaigns, half of them and nine in ten. */
export function RehearsalPlot({ name, objective, before, target, lines }: RehearsalPlotProps): JSX.Element {
  const log = objective.transform === 'log10';
  const [first] = lines;
  const draw = useCallback(
    (width: number) => {
      const values = lines.flatMap(({ rounds }) => rounds.flatMap(({ low90, high90 }) => [low90, high90]));
      const marks = [before, target].filter((value) => value !== null);
      const domain = domainOf([...values, ...marks], [], log);
      const last = Math.max(
        1,
        ...lines.flatMap(({ rounds }) => rounds.map(({ experiments }) => experiments)),
      );
      const bands = first?.rounds ?? [];
      const tips = lines.flatMap(({ label, rounds }) => rounds.map((round) => ({ ...round, label })));
      return Plot.plot({
        width,
        height: heightFor(width),
        ...overExperiments(last, 'further experiments →'),
        y: { ...valueAxis(domain, log, `↑ ${axisLabel(objective)}`), clamp: true },
        marks: [
          valueGrid(domain, log),
          Plot.areaY(bands, {
            x: 'experiments',
            y1: 'low90',
            y2: 'high90',
            fill: 'var(--plot-best)',
            fillOpacity: 0.13,
            clip: true,
          }),
          Plot.areaY(bands, {
            x: 'experiments',
            y1: 'low50',
            y2: 'high50',
            fill: 'var(--plot-best)',
            fillOpacity: 0.22,
            clip: true,
          }),
          ...(before === null
            ? []
            : [Plot.ruleY([before], { stroke: 'var(--ink-faint)', strokeDasharray: '5 4' })]),
          ...(target === null ? [] : [Plot.ruleY([target], { stroke: 'var(--good)', strokeWidth: 1.5 })]),
          ...lines.map(({ rounds }, i) =>
            Plot.line(rounds, {
              x: 'experiments',
              y: 'median',
              stroke: colours[i % colours.length] ?? 'currentColor',
              strokeWidth: 2.5,
              strokeDasharray: dashes[i % dashes.length] ?? '',
            }),
          ),
          Plot.tip(
            tips,
            Plot.pointerX({
              x: 'experiments',
              y: 'median',
              title: (d: (typeof tips)[number]) =>
                `${d.label}\nafter ${d.experiments} more: ${quantityText(d.median, objective.unit)}\nhalf of them: ${quantityText(d.low50, '')} to ${quantityText(d.high50, objective.unit)}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [lines, first, before, target, log, objective],
  );

  const end = first?.rounds.at(-1);
  return (
    <PlotFigure
      name={`${name} rehearsal`}
      learn="rehearsal"
      summary={
        first && end
          ? `Rehearsal by ${first.label}: after ${end.experiments} more experiments the median campaign has ${quantityText(end.median, objective.unit)}, nine in ten between ${quantityText(end.low90, '')} and ${quantityText(end.high90, objective.unit)}.`
          : 'No rehearsal yet.'
      }
      table={{
        columns: [
          'strategy',
          'further experiments',
          `median (${objective.unit})`,
          'half from',
          'half to',
          'nine in ten from',
          'nine in ten to',
          'share at the top',
          'share at the target',
        ],
        rows: lines.flatMap(({ strategy, rounds }) =>
          rounds.map((r) => [
            ...[strategy, r.experiments, r.median, r.low50, r.high50, r.low90, r.high90, r.atTop, r.reached],
          ]),
        ),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          {lines.map(({ strategy, label }, i) => (
            <Key
              key={strategy}
              shape={
                <path
                  d="M0,6H22"
                  stroke={colours[i % colours.length]}
                  strokeWidth="2.5"
                  strokeDasharray={dashes[i % dashes.length]}
                />
              }
            >
              {lines.length === 1 ? 'median of the campaigns' : label}
            </Key>
          ))}
          <Key shape={<rect width="22" height="12" fill="var(--plot-best)" fillOpacity="0.3" />}>
            half of the campaigns{lines.length === 1 || !first ? '' : ` by ${first.label}`}
          </Key>
          <Key shape={<rect width="22" height="12" fill="var(--plot-best)" fillOpacity="0.13" />}>
            nine in ten
          </Key>
          {before === null ? null : (
            <Key shape={<path d="M0,6H22" stroke="var(--ink-faint)" strokeDasharray="5 4" />}>
              best so far
            </Key>
          )}
          {target === null ? null : (
            <Key shape={<path d="M0,6H22" stroke="var(--good)" strokeWidth="1.5" />}>what is wanted</Key>
          )}
        </ul>
      }
    />
  );
}
