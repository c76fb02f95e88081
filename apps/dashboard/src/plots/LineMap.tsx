import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import type { Dimension } from '../api/space.js';
import { dimensionLabel } from '../format/dimension.js';
import { tickText } from '../format/number.js';
import { axisLabel, fromModel, intervalOf, type Objective } from '../format/objective.js';
import { tipStyle, valueAxis, valueGrid } from './axes.js';
import { crossPath, Key, resultShape } from './Key.js';
import type { MapPoint, MapPosterior } from './map-data.js';
import { PlotFigure, type ProbeControl } from './PlotFigure.js';
import { domainOf } from './series.js';

interface LineMapProps {
  readonly name: string;
  readonly objective: Objective;
  readonly x: Dimension;
  readonly posterior: MapPosterior | null;
  readonly points: readonly MapPoint[];
  readonly probe?: ProbeControl;
}

const heightFor = (width: number): number => (width < 480 ? 280 : 360);

/** The predicted property along one parameter, with its 95 % band. */
export function LineMap({ name, objective, x, posterior, points, probe }: LineMapProps): JSX.Element {
  const log = objective.transform === 'log10';
  const spots = useMemo(
    () =>
      (posterior?.points ?? []).map((point, i) => ({
        x: x.of(point) ?? 0,
        y: fromModel(objective, posterior?.mean[i] ?? 0),
      })),
    [posterior, objective, x],
  );
  const draw = useCallback(
    (width: number) => {
      const band = (posterior?.points ?? []).map((point, i) => ({
        x: x.of(point) ?? 0,
        ...intervalOf(objective, { mean: posterior?.mean[i] ?? 0, sd: posterior?.sd[i] ?? 0 }),
      }));
      const placed = points.map((point) => ({ ...point, x: x.of(point.point) }));
      const measured = placed.filter(({ value }) => value !== null);
      const domain = domainOf(
        [...measured.map(({ value }) => value ?? 0), ...band.map(({ middle }) => middle)],
        band,
        log,
      );
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: 58,
        marginTop: 30,
        marginBottom: 42,
        x: {
          type: x.scale,
          domain: [x.min, x.max],
          label: `${dimensionLabel(x)} →`,
          tickFormat: tickText,
          labelOffset: 36,
        },
        y: { ...valueAxis(domain, log, `↑ ${axisLabel(objective)}`), clamp: true },
        marks: [
          valueGrid(domain, log),
          Plot.areaY(band, {
            x: 'x',
            y1: 'low',
            y2: 'high',
            fill: 'var(--plot-best)',
            fillOpacity: 0.16,
            clip: true,
          }),
          Plot.line(band, { x: 'x', y: 'middle', stroke: 'var(--plot-best)', strokeWidth: 2 }),
          Plot.ruleX(
            placed.filter(({ kind }) => kind === 'proposed'),
            { x: 'x', stroke: 'var(--plot-band)', strokeDasharray: '4 3', strokeWidth: 1.5 },
          ),
          Plot.dot(
            placed.filter(({ kind }) => kind === 'failed'),
            {
              x: 'x',
              y: () => domain[0],
              dy: -7,
              symbol: 'times',
              stroke: 'var(--plot-failed)',
              strokeWidth: 2,
            },
          ),
          Plot.dot(measured, {
            x: 'x',
            y: 'value',
            r: 4,
            fill: 'var(--surface)',
            stroke: 'var(--plot-value)',
            strokeWidth: 1.6,
          }),
          Plot.tip(
            measured,
            Plot.pointer({
              x: 'x',
              y: 'value',
              title: ({ experiment, what }: MapPoint) => `Experiment ${experiment}\n${what}`,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [objective, posterior, points, x, log],
  );
  const table = {
    columns: [x.name, "mean (models' scale)", "sd (models' scale)"],
    rows: (posterior?.points ?? []).map((point, i) => [
      x.of(point),
      posterior?.mean[i] ?? null,
      posterior?.sd[i] ?? null,
    ]),
  };
  return (
    <PlotFigure
      name={`${name} along ${x.name}`}
      learn="line"
      summary={`Predicted ${objective.property.replaceAll('_', ' ')} along ${x.name} with its 95 % interval, and ${points.length} experiments.`}
      table={table}
      draw={draw}
      placeholder={heightFor}
      probe={probe && { ...probe, spots }}
      legend={
        <ul className="plot-legend">
          <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2" />}>
            predicted mean, 95 % interval
          </Key>
          <Key shape={resultShape}>measured</Key>
          <Key shape={<path d="M11,0V12" stroke="var(--plot-band)" strokeDasharray="3 2" strokeWidth="2" />}>
            proposed
          </Key>
          {points.some(({ kind }) => kind === 'failed') ? (
            <Key shape={<path d={crossPath(11, 6, 4)} stroke="var(--plot-failed)" strokeWidth="2" />}>
              failed
            </Key>
          ) : null}
        </ul>
      }
    />
  );
}
