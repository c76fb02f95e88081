import * as Plot from '@observablehq/plot';
import { type JSX, useCallback, useMemo } from 'react';
import { formulaText } from '../format/formula.js';
import { percentText } from '../format/number.js';
import { dayAndTime, momentText, spanWords } from '../format/time.js';
import { plural } from '../format/words.js';
import { tipStyle } from './axes.js';
import { type Bar, ganttOf, type Span, type Work } from './gantt.js';
import { Key } from './Key.js';
import { PlotFigure } from './PlotFigure.js';

interface GanttChartProps {
  readonly work: readonly Work[];
  readonly span: Span;
}

interface Placed extends Bar {
  readonly row: string;
}

const laneHeight = 30;
const colours: Readonly<Record<Work['how'], string>> = {
  claimed: 'var(--ink-faint)',
  running: 'var(--plot-band)',
  done: 'var(--plot-best)',
  failed: 'var(--plot-failed)',
  lost: 'var(--plot-failed)',
};
const rowOf = (station: string, lane: number): string =>
  lane === 0 ? station : `${station}\u2009${lane + 1}`;

/** What each station worked on, and when: from the claim to the result. */
export function GanttChart({ work, span }: GanttChartProps): JSX.Element {
  const rows = useMemo(() => ganttOf(work, span), [work, span]);
  const lanes = rows.reduce((sum, row) => sum + row.lanes, 0);
  const heightFor = useCallback((): number => Math.max(1, lanes) * laneHeight + 58, [lanes]);
  const draw = useCallback(
    (width: number) => {
      const names = rows.flatMap(({ station, lanes: count }) =>
        Array.from({ length: count }, (_, lane) => rowOf(station, lane)),
      );
      const stations = new Set(rows.map(({ station }) => station));
      const bars = rows.flatMap((row) =>
        row.bars.map((bar): Placed => ({
          ...bar,
          row: rowOf(row.station, bar.lane),
          from: Math.max(bar.from, span.from),
        })),
      );
      const perPixel = (span.to - span.from) / Math.max(100, width - 120);
      const left = Math.min(width * 0.3, Math.max(40, ...names.map((name) => name.length * 7.4 + 12)));
      const tip = ({ campaign, experiment, label, what, from, started, end }: Placed): string =>
        `${campaign}, experiment ${experiment}\n${what} after ${spanWords(end - from)}\nclaimed ${dayAndTime(new Date(from).toISOString())}${started === null ? '' : `, begun ${spanWords(started - from)} later`}\n${formulaText(label).replaceAll(' · ', '\n')}`;
      return Plot.plot({
        width,
        height: heightFor(),
        marginLeft: left,
        marginRight: 16,
        marginTop: 6,
        marginBottom: 36,
        x: {
          type: 'time',
          domain: [new Date(span.from), new Date(span.to)],
          label: null,
          ticks: Math.max(2, width / 130),
          tickFormat: (at: Date) => momentText(at, span.to - span.from),
        },
        y: {
          domain: names,
          label: null,
          tickSize: 0,
          padding: 0.22,
          // A station is named once, at the first of its lanes.
          tickFormat: (name: string) => (stations.has(name) ? name : ''),
        },
        marks: [
          Plot.gridX({ stroke: 'var(--plot-grid)', strokeOpacity: 1, ticks: Math.max(2, width / 130) }),
          Plot.barX(bars, {
            x1: 'from',
            x2: 'end',
            y: 'row',
            fill: ({ how }: Placed) => colours[how],
            fillOpacity: 0.28,
            rx: 3,
          }),
          Plot.barX(
            bars.filter(({ started }) => started !== null),
            {
              x1: ({ started, from }: Placed) => Math.max(started ?? 0, from),
              x2: 'end',
              y: 'row',
              fill: ({ how }: Placed) => colours[how],
              fillOpacity: ({ how }: Placed) => (how === 'running' ? 0.75 : 1),
              rx: 3,
            },
          ),
          Plot.text(
            bars.filter(({ from, end }) => (end - from) / perPixel > 22),
            {
              x: ({ from, end }: Placed) => (from + end) / 2,
              y: 'row',
              text: ({ experiment, how }: Placed) =>
                `${how === 'failed' || how === 'lost' ? '✕ ' : ''}${experiment}`,
              fontSize: 11,
              fontWeight: 650,
              fill: ({ how }: Placed) =>
                how === 'done' || how === 'failed' || how === 'lost' ? 'var(--on-accent)' : 'var(--ink)',
            },
          ),
          Plot.tip(
            bars,
            Plot.pointer({
              x: ({ from, end }: Placed) => (from + end) / 2,
              y: 'row',
              title: tip,
              maxRadius: 60,
              ...tipStyle,
            }),
          ),
        ],
      });
    },
    [rows, span, heightFor],
  );
  return (
    <PlotFigure
      name="Work of the stations"
      learn="stations"
      summary={`Work of ${plural(rows.length, 'station')} from ${dayAndTime(new Date(span.from).toISOString())} to ${dayAndTime(new Date(span.to).toISOString())}: ${rows.map(({ station, bars, busy }) => `${station} ${plural(bars.length, 'experiment')}, busy ${percentText(busy)} of the time`).join('; ')}.`}
      table={{
        columns: ['station', 'campaign', 'experiment', 'claimed', 'begun', 'ended', 'what'],
        rows: rows.flatMap(({ bars }) =>
          bars.map(({ station, campaign, experiment, from, started, to, what }) => [
            station,
            campaign,
            experiment,
            new Date(from).toISOString(),
            started === null ? null : new Date(started).toISOString(),
            to === null ? null : new Date(to).toISOString(),
            what,
          ]),
        ),
      }}
      draw={draw}
      placeholder={heightFor}
      legend={
        <ul className="plot-legend">
          <Key shape={<rect width="22" height="12" rx="2" fill="var(--plot-best)" />}>result accepted</Key>
          <Key shape={<rect width="22" height="12" rx="2" fill="var(--plot-band)" />}>going on</Key>
          <Key shape={<rect width="22" height="12" rx="2" fill="var(--plot-failed)" />}>✕ no result</Key>
          <Key shape={<rect width="22" height="12" rx="2" fill="var(--plot-best)" fillOpacity="0.3" />}>
            claimed, not begun
          </Key>
        </ul>
      }
    />
  );
}
