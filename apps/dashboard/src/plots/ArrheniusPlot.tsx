import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import type { ArrheniusSeries } from '../api/arrhenius.js';
import { formulaText } from '../format/formula.js';
import { numberText, powerTick, quantityText, tickText } from '../format/number.js';
import { plural } from '../format/words.js';
import { inverseOf, lineAt, productOf, rangeOf, temperatureTicks } from './arrhenius.js';
import { logTicks, tipStyle } from './axes.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

export interface NamedSeries extends ArrheniusSeries {
  readonly experiment: number;
  readonly label: string;
}

interface ArrheniusPlotProps {
  readonly name: string;
  readonly series: readonly NamedSeries[];
  /** The experiment that is drawn strong. */
  readonly chosen: number | null;
}

interface Dot {
  readonly x: number;
  readonly y: number;
  readonly temperatureC: number;
  readonly conductivity: number;
  readonly own: NamedSeries;
}

const heightFor = (width: number): number => (width < 480 ? 340 : 440);

/** Conductivities over temperature: σT on 1000/T, straight where one process carries the charge. */
export function ArrheniusPlot({ name, series, chosen }: ArrheniusPlotProps): JSX.Element {
  const dots = useMemo(
    () =>
      series.flatMap((own) =>
        own.points.map(({ temperatureC, conductivity }): Dot => ({
          x: inverseOf(temperatureC),
          y: productOf(temperatureC, conductivity),
          temperatureC,
          conductivity,
          own,
        })),
      ),
    [series],
  );
  const draw = useCallback(
    (width: number) => {
      const x = rangeOf(
        dots.map((dot) => dot.x),
        0.06,
      );
      const [low, high] = rangeOf(
        dots.map((dot) => Math.log10(dot.y)),
        0.08,
      );
      const y = [10 ** low, 10 ** high] as const;
      const lines = series.flatMap((own) => {
        const inner = own.points.map(({ temperatureC }) => inverseOf(temperatureC));
        return [Math.min(...inner), Math.max(...inner)].map((at) => ({ x: at, y: lineAt(own, at), own }));
      });
      const isChosen = ({ own }: { readonly own: NamedSeries }): boolean => own.experiment === chosen;
      const others = <T extends { readonly own: NamedSeries }>(all: readonly T[]): T[] =>
        all.filter((each) => !isChosen(each));
      const ticks = temperatureTicks(x, (x[1] - x[0]) * (44 / Math.max(120, width - 80)));
      const tip = ({ temperatureC, conductivity, own }: Dot): string =>
        `Experiment ${own.experiment}, ${tickText(temperatureC)} °C\nσ ${quantityText(conductivity, 'S/cm')}\nEₐ ${numberText(own.activationEnergyEv)} eV\n${formulaText(own.label).replaceAll(' · ', '\n')}`;
      return Plot.plot({
        width,
        height: heightFor(width),
        marginLeft: 58,
        marginRight: 18,
        marginTop: 52,
        marginBottom: 42,
        x: { domain: [...x] },
        y: {
          type: 'log',
          domain: [...y],
          ticks: [...logTicks(y)],
          tickFormat: powerTick,
          label: '↑ σT (S K/cm)',
        },
        marks: [
          Plot.gridY(logTicks(y), { stroke: 'var(--plot-grid)', strokeOpacity: 1 }),
          Plot.ruleX(ticks, { x: 'at', stroke: 'var(--plot-grid)' }),
          Plot.axisX({
            anchor: 'bottom',
            label: '1000 / T (K⁻¹) →',
            labelOffset: 36,
            tickFormat: tickText,
            ticks: Math.max(3, width / 90),
          }),
          Plot.axisX(
            ticks.map(({ at }) => at),
            {
              anchor: 'top',
              label: 'T (°C)',
              labelOffset: 34,
              tickFormat: (at: number) => tickText(Math.round(1000 / at - 273.15)),
            },
          ),
          Plot.line(others(lines), {
            x: 'x',
            y: 'y',
            z: ({ own }: { own: NamedSeries }) => own.experiment,
            stroke: 'var(--plot-value)',
            strokeOpacity: 0.4,
            strokeWidth: 1.2,
          }),
          Plot.dot(others(dots), {
            x: 'x',
            y: 'y',
            r: 3,
            fill: 'var(--surface)',
            stroke: 'var(--plot-value)',
            strokeOpacity: 0.6,
          }),
          Plot.line(lines.filter(isChosen), {
            x: 'x',
            y: 'y',
            stroke: 'var(--plot-best)',
            strokeWidth: 2.5,
          }),
          Plot.dot(dots.filter(isChosen), {
            x: 'x',
            y: 'y',
            r: 5,
            fill: 'var(--plot-best)',
            stroke: 'var(--surface)',
            strokeWidth: 1.5,
          }),
          Plot.tip(dots, Plot.pointer({ x: 'x', y: 'y', title: tip, maxRadius: 30, ...tipStyle })),
        ],
      });
    },
    [dots, series, chosen],
  );
  const strong = series.find(({ experiment }) => experiment === chosen);
  return (
    <PlotFigure
      name={`${name} Arrhenius`}
      learn="arrhenius"
      summary={`Arrhenius plot of ${plural(series.length, 'temperature series', 'temperature series')}.${strong ? ` Experiment ${strong.experiment} has an activation energy of ${numberText(strong.activationEnergyEv)} eV.` : ''}`}
      table={{
        columns: ['experiment', 'temperature (°C)', '1000/T (1/K)', 'conductivity (S/cm)', 'σT (S K/cm)'],
        rows: dots.map(({ own, temperatureC, x, conductivity, y }) => [
          own.experiment,
          temperatureC,
          x,
          conductivity,
          y,
        ]),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          {strong ? (
            <Key shape={<path d="M0,6H22" stroke="var(--plot-best)" strokeWidth="2.5" />}>
              experiment {strong.experiment} and its fit
            </Key>
          ) : null}
          <Key shape={<path d="M0,6H22" stroke="var(--plot-value)" strokeOpacity="0.5" />}>other samples</Key>
        </ul>
      }
    />
  );
}
