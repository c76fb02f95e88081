import { type JSX, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { csvText, type Table } from '../format/csv.js';
import { fileName, saveBlob, saveFile } from '../format/save-file.js';
import { pngOf, standaloneSvg } from './export-svg.js';
import { directionOf, nearestSpot, type Spot, stepFrom } from './probe.js';
import { type Reading, readingAddress } from './readings.js';
import { svg as element } from './svg.js';
import { type TurnControl, useTurning } from './turning.js';

/** A plot whose places can be read off, with the pointer, by touch or with the arrow keys. */
export interface Probe extends ProbeControl {
  /** In the plot's own coordinates. */
  readonly spots: readonly Spot[];
}

/** Which of the places is looked at. */
export interface ProbeControl {
  readonly at: number | null;
  readonly pinned: boolean;
  readonly onLook: (at: number | null) => void;
  readonly onPin: (pinned: boolean) => void;
}

interface Drawn extends Element {
  readonly scale?: (name: string) => { readonly apply: (value: number) => number } | undefined;
}

interface PlotFigureProps {
  /** What the plot shows, in a sentence or two, for those who do not see it. */
  readonly summary: string;
  readonly name: string;
  readonly table: Table;
  readonly draw: (width: number) => Element;
  /** Height over width, so that nothing moves when the plot comes. */
  readonly placeholder: (width: number) => number;
  readonly legend?: ReactNode;
  readonly probe?: Probe | undefined;
  /** Of a body: it is turned, and what is in it is read off mark by mark. */
  readonly turn?: TurnControl;
  /** Where the help says how it is read. */
  readonly learn: Reading;
}

const reach = 40;

/** A plot as wide as its place, with its words and its files. */
export function PlotFigure({
  summary,
  name,
  table,
  draw,
  placeholder,
  legend,
  probe,
  turn,
  learn,
}: PlotFigureProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [pixels, setPixels] = useState<readonly Spot[]>([]);
  const hint = useId();
  const spots = probe?.spots;
  const at = probe?.at ?? null;
  const pinned = probe?.pinned ?? false;
  const turning = useTurning(turn);

  useLayoutEffect(() => {
    const canvas = place.current;
    if (!canvas) return;
    const measure = (): void => setWidth(Math.floor(canvas.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(canvas);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (width === 0) return;
    const drawn: Drawn = draw(width);
    for (const style of drawn.querySelectorAll('style')) style.remove();
    for (const part of drawn.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', summary);
    place.current?.replaceChildren(drawn);
    const [x, y] = [drawn.scale?.('x'), drawn.scale?.('y')];
    setPixels(x && y && spots ? spots.map((spot) => ({ x: x.apply(spot.x), y: y.apply(spot.y) })) : []);
  }, [draw, width, summary, spots]);

  useLayoutEffect(() => {
    const canvas = place.current?.querySelector('svg');
    const spot = at === null ? undefined : pixels[at];
    if (!canvas || !spot) return;
    const mark = (r: number, stroke: string, wide: number): SVGElement =>
      element('circle', { cx: spot.x, cy: spot.y, r, fill: 'none', stroke, 'stroke-width': wide });
    const cursor = element(
      'g',
      { class: 'probe', 'pointer-events': 'none' },
      mark(pinned ? 9 : 6, '#000', 4),
      mark(pinned ? 9 : 6, '#fff', 2),
    );
    canvas.append(cursor);
    return () => cursor.remove();
  }, [at, pixels, pinned]);

  const spotUnder = (event: React.PointerEvent): number | null => {
    const canvas = place.current?.querySelector('svg');
    if (!canvas) return null;
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width.baseVal.value / box.width;
    const pointer = { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale };
    return nearestSpot(pixels, pointer, reach);
  };
  const onKey = (event: React.KeyboardEvent): void => {
    const direction = directionOf(event.key);
    if (!probe) return;
    if (direction) {
      event.preventDefault();
      probe.onLook(at === null ? 0 : stepFrom(pixels, at, direction));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      probe.onPin(!pinned);
    } else if (event.key === 'Escape') {
      probe.onPin(false);
    }
  };

  const saveSvg = (): void => {
    const canvas = place.current?.querySelector('svg');
    if (canvas) saveFile(`${fileName(name)}.svg`, 'image/svg+xml', standaloneSvg(canvas));
  };
  const savePng = async (): Promise<void> => {
    const canvas = place.current?.querySelector('svg');
    if (canvas) saveBlob(`${fileName(name)}.png`, await pngOf(canvas));
  };

  return (
    <div className="plot">
      <div
        className={turn ? 'plot-canvas turns' : 'plot-canvas'}
        ref={place}
        style={{ minHeight: width === 0 ? '18rem' : `${placeholder(width)}px` }}
        {...(probe
          ? {
              role: 'application',
              tabIndex: 0,
              'aria-label': `Values of ${name}`,
              'aria-describedby': hint,
              onKeyDown: onKey,
              onPointerMove: (event: React.PointerEvent) => {
                if (!pinned) probe.onLook(spotUnder(event));
              },
              onPointerLeave: () => {
                if (!pinned) probe.onLook(null);
              },
              onClick: (event: React.MouseEvent) => {
                const spot = spotUnder(event as React.PointerEvent);
                if (spot !== null) probe.onLook(spot);
                probe.onPin(spot !== null && !(pinned && spot === at));
              },
            }
          : {})}
        {...(turning && {
          ...turning,
          role: 'application',
          tabIndex: 0,
          'aria-label': `Body of ${name}`,
          'aria-describedby': hint,
        })}
      />
      {probe ? (
        <span className="visually-hidden" id={hint}>
          The arrow keys move from place to place, Enter keeps a place, Escape lets it go.
        </span>
      ) : null}
      {turn ? (
        <span className="visually-hidden" id={hint}>
          The arrow keys turn it, Home turns it back. Enter goes from experiment to experiment, Shift Enter
          back again, Escape lets go.
        </span>
      ) : null}
      <div className="plot-foot">
        {legend}
        <div className="plot-tools">
          <Link className="button quiet small" to={readingAddress(learn)}>
            How to read it<span className="visually-hidden">: {name}</span>
          </Link>
          <button type="button" className="button quiet small" onClick={saveSvg}>
            SVG<span className="visually-hidden"> of {name}</span>
          </button>
          <button type="button" className="button quiet small" onClick={() => void savePng()}>
            PNG<span className="visually-hidden"> of {name}</span>
          </button>
          <button
            type="button"
            className="button quiet small"
            onClick={() => saveFile(`${fileName(name)}.csv`, 'text/csv', csvText(table))}
          >
            CSV<span className="visually-hidden"> of {name}</span>
          </button>
        </div>
      </div>
    </div>
  );
}
