import { type JSX, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { csvText, type Table } from '../format/csv.js';
import { fileName, saveFile } from '../format/save-file.js';
import { standaloneSvg } from './export-svg.js';

interface PlotFigureProps {
  /** What the plot shows, in a sentence or two, for those who do not see it. */
  readonly summary: string;
  readonly name: string;
  readonly table: Table;
  readonly draw: (width: number) => Element;
  /** Height over width, so that nothing moves when the plot comes. */
  readonly placeholder: (width: number) => number;
  readonly legend?: ReactNode;
}

/** A plot as wide as its place, with its words and its files. */
export function PlotFigure({
  summary,
  name,
  table,
  draw,
  placeholder,
  legend,
}: PlotFigureProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = (): void => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    if (width === 0) return;
    const svg = draw(width);
    for (const style of svg.querySelectorAll('style')) style.remove();
    for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', summary);
    place.current?.replaceChildren(svg);
  }, [draw, width, summary]);

  const saveSvg = (): void => {
    const svg = place.current?.querySelector('svg');
    if (svg) saveFile(`${fileName(name)}.svg`, 'image/svg+xml', standaloneSvg(svg));
  };

  return (
    <div className="plot">
      <div
        className="plot-canvas"
        ref={place}
        style={{ minHeight: width === 0 ? '18rem' : `${placeholder(width)}px` }}
      />
      <div className="plot-foot">
        {legend}
        <div className="plot-tools">
          <button type="button" className="button quiet small" onClick={saveSvg}>
            SVG<span className="visually-hidden"> of {name}</span>
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
