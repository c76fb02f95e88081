/** What is drawn inside a panel: each answers a function of its scales. */
import { colours, isDark } from './palette.mjs';
import { star } from './plot.mjs';
import { element, group, pathOf, words } from './svg.mjs';

/** points: [[x, y]]; `step`: a value holds until the next. */
export const line =
  (points, { colour = colours.blue, width = 2.2, dash, step = false, opacity } = {}) =>
  ({ x, y }) => {
    const placed = points.filter(([, v]) => Number.isFinite(v)).map(([u, v]) => [x.place(u), y.place(v)]);
    const drawn = step
      ? placed.flatMap(([u, v], i) =>
          i === 0
            ? [[u, v]]
            : [
                [u, placed[i - 1][1]],
                [u, v],
              ],
        )
      : placed;
    return element('path', {
      ...{ d: pathOf(drawn), fill: 'none', stroke: colour, 'stroke-width': width },
      ...{ 'stroke-linejoin': 'round', 'stroke-linecap': 'round', 'stroke-dasharray': dash, opacity },
    });
  };

/** points: [[x, low, high]]. */
export const band =
  (points, { colour = colours.blue, opacity = 0.16 } = {}) =>
  ({ x, y }) => {
    const upper = points.map(([u, , high]) => [x.place(u), y.place(high)]);
    const lower = points.map(([u, low]) => [x.place(u), y.place(low)]).toReversed();
    return element('path', { d: `${pathOf([...upper, ...lower])}Z`, fill: colour, 'fill-opacity': opacity });
  };

/** points: [[x, y, {colour, r}?]]. */
export const dots =
  (points, { colour = colours.blue, r = 4, opacity = 0.85, ring = false, shape } = {}) =>
  ({ x, y }) =>
    group(
      points.map(([u, v, own = {}]) => {
        const at = { cx: x.place(u), cy: y.place(v), r: own.r ?? r };
        const ink = own.colour ?? colour;
        if (shape === 'star') return star(at.cx, at.cy, own.r ?? r, ink);
        return ring
          ? element('circle', { ...at, fill: '#ffffff', stroke: ink, 'stroke-width': 2 })
          : element('circle', {
              ...at,
              fill: ink,
              'fill-opacity': opacity,
              stroke: '#ffffff',
              'stroke-width': 0.8,
            });
      }),
    );

/** points: [[x, low, high]]: upright bars of error. */
export const errors =
  (points, { colour = colours.soft, width = 1.2, opacity = 0.6 } = {}) =>
  ({ x, y }) =>
    group(
      points.map(([u, low, high, own = {}]) =>
        element('line', {
          ...{ x1: x.place(u), x2: x.place(u), y1: y.place(low), y2: y.place(high) },
          ...{ stroke: own.colour ?? colour, 'stroke-width': width, opacity },
        }),
      ),
    );

/** rows: [[name, value, {colour, text}?]]: bars that lie, names on y; `from`: where they begin. */
export const lying =
  (rows, { colour = colours.blue, from = 0, offset = 0, thick } = {}) =>
  ({ x, y }) =>
    group(
      rows.map(([name, value, own = {}]) => {
        const [a, b] = [x.place(from), x.place(value)];
        const height = thick ?? y.width;
        const top = y.place(name) - height / 2 + offset;
        return [
          element('rect', {
            x: Math.min(a, b),
            y: top,
            width: Math.abs(b - a),
            height,
            rx: 2,
            fill: own.colour ?? colour,
          }),
          own.text === undefined
            ? ''
            : words(Math.max(a, b) + 6, top + height / 2 + 4, own.text, { size: 11.5, colour: colours.soft }),
        ].join('');
      }),
    );

/** columns: [[name, value, {colour, text}?]]: bars that stand, names on x. */
export const standing =
  (columns, { colour = colours.blue, from = 0, offset = 0, thick } = {}) =>
  ({ x, y }) =>
    group(
      columns.map(([name, value, own = {}]) => {
        const [a, b] = [y.place(from), y.place(value)];
        const width = thick ?? x.width;
        const left = x.place(name) - width / 2 + offset;
        return [
          element('rect', {
            x: left,
            y: Math.min(a, b),
            width,
            height: Math.abs(b - a),
            rx: 2,
            fill: own.colour ?? colour,
          }),
          own.text === undefined
            ? ''
            : words(left + width / 2, Math.min(a, b) - 6, own.text, {
                size: 11.5,
                colour: colours.soft,
                anchor: 'middle',
              }),
        ].join('');
      }),
    );

/** cells: [[x, y, colour, text?]]: squares on two bands, or of `size` = [dx, dy] in units of the axes. */
export const cells =
  (given, { size, gap = 1, fontSize = 10.5 } = {}) =>
  ({ x, y }) =>
    group(
      given.map(([u, v, colour, text]) => {
        const half = size
          ? [Math.abs(x.place(size[0]) - x.place(0)) / 2, Math.abs(y.place(size[1]) - y.place(0)) / 2]
          : [x.width / 2, y.width / 2];
        const [cx, cy] = [x.place(u), y.place(v)];
        return [
          element('rect', {
            ...{ x: cx - half[0] + gap / 2, y: cy - half[1] + gap / 2 },
            ...{ width: 2 * half[0] - gap, height: 2 * half[1] - gap, fill: colour },
          }),
          text === undefined
            ? ''
            : words(cx, cy + 4, text, {
                size: fontSize,
                anchor: 'middle',
                colour: isDark(colour) ? '#ffffff' : colours.ink,
              }),
        ].join('');
      }),
    );

/** A dashed line across: {x} or {y}, with words. */
export const rule =
  ({ x: atX, y: atY, label, colour = colours.soft, side = 'end', dash = '5 4' }) =>
  ({ x, y, width, height }) => {
    const stroke = { stroke: colour, 'stroke-width': 1.3, 'stroke-dasharray': dash };
    const told = { size: 11.5, colour, halo: true };
    if (atX !== undefined) {
      const u = x.place(atX);
      return [
        element('line', { x1: u, x2: u, y1: 0, y2: height, ...stroke }),
        label
          ? words(side === 'end' ? u + 5 : u - 5, 12, label, {
              ...told,
              anchor: side === 'end' ? 'start' : 'end',
            })
          : '',
      ].join('');
    }
    const v = y.place(atY);
    return [
      element('line', { x1: 0, x2: width, y1: v, y2: v, ...stroke }),
      label
        ? words(side === 'end' ? width - 4 : 6, v - 6, label, {
            ...told,
            anchor: side === 'end' ? 'end' : 'start',
          })
        : '',
    ].join('');
  };

/** A shaded strip between two values of y. */
export const strip =
  ({ low, high, colour = colours.green, opacity = 0.13 }) =>
  ({ y, width }) =>
    element('rect', {
      ...{ x: 0, y: y.place(high), width, height: y.place(low) - y.place(high) },
      ...{ fill: colour, 'fill-opacity': opacity },
    });

export const note =
  (u, v, text, { anchor = 'start', colour = colours.ink, size = 11.5, dx = 0, dy = 0, weight } = {}) =>
  ({ x, y }) =>
    words(x.place(u) + dx, y.place(v) + dy, text, { anchor, colour, size, weight, halo: true });

/** A raw mark in pixels of the panel. */
export const raw = (draw) => draw;
