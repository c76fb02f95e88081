/** A ternary plot: a at the top, b at the right, c at the left. */
import { colours, ordered } from './palette.mjs';
import { told } from './scale.mjs';
import { star } from './plot.mjs';
import { element, group, moved, pathOf, words } from './svg.mjs';

const root = Math.sqrt(3) / 2;

/**
 * `names`: of the corners a, b, c; `field`: [[[a, b, c], t in [0, 1]]] on a lattice of `step`, drawn as hexagons; `points`: [[[a, b, c], {r, fill, shape, text}]];
 * `bar`: {label, ticks: [[t, text]]}, the key to the colours.
 */
export function ternary({
  width = 460,
  height = 430,
  title,
  names,
  field = [],
  step = 0.02,
  points = [],
  bar,
  colour = ordered,
}) {
  const side = Math.min(width - 120, (height - 110) / root);
  const left = (width - (bar ? 60 : 0) - side) / 2;
  const top = title ? 52 : 30;
  const at = ([a, b, c]) => {
    const sum = a + b + c;
    return [((b + a / 2) / sum) * side, (1 - a / sum) * root * side];
  };
  const corners = [at([1, 0, 0]), at([0, 1, 0]), at([0, 0, 1])];
  const radius = (step * side) / Math.sqrt(3) + 0.35;
  const clip = `tern${(clips += 1)}`;
  const fractions = [0.2, 0.4, 0.6, 0.8];
  const segments = fractions.flatMap((t) => [
    [
      [t, 1 - t, 0],
      [t, 0, 1 - t],
    ],
    [
      [1 - t, t, 0],
      [0, t, 1 - t],
    ],
    [
      [1 - t, 0, t],
      [0, 1 - t, t],
    ],
  ]);
  const small = { size: 11, colour: colours.soft };
  const body = [
    element('clipPath', { id: clip }, element('path', { d: `${pathOf(corners)}Z` })),
    group(
      field.map(([fractionsAt, t]) => {
        const [x, y] = at(fractionsAt);
        return element('path', { d: hexagon(x, y, radius), fill: colour(t) });
      }),
      { 'clip-path': `url(#${clip})` },
    ),
    ...segments.map(([from, to]) =>
      element('path', {
        d: pathOf([at(from), at(to)]),
        stroke: field.length > 0 ? '#ffffff' : colours.grid,
        'stroke-opacity': field.length > 0 ? 0.35 : 1,
        fill: 'none',
      }),
    ),
    element('path', { d: `${pathOf(corners)}Z`, fill: 'none', stroke: colours.soft, 'stroke-width': 1.2 }),
    ...fractions.flatMap((t) => {
      const [a, b, c] = [at([t, 1 - t, 0]), at([0, t, 1 - t]), at([1 - t, 0, t])];
      const text = String(Math.round(100 * t));
      return [
        words(a[0] + 8, a[1] + 2, text, { ...small }),
        words(b[0], b[1] + 16, text, { ...small, anchor: 'middle' }),
        words(c[0] - 8, c[1] + 2, text, { ...small, anchor: 'end' }),
      ];
    }),
    words(corners[0][0], -12, `${names[0]} / %`, {
      size: 13,
      weight: 600,
      anchor: 'middle',
      colour: colours.ink,
    }),
    words(corners[1][0] + 8, corners[1][1] + 36, `${names[1]} / %`, {
      size: 13,
      weight: 600,
      anchor: 'end',
      colour: colours.ink,
    }),
    words(corners[2][0] - 8, corners[2][1] + 36, `${names[2]} / %`, {
      size: 13,
      weight: 600,
      anchor: 'start',
      colour: colours.ink,
    }),
    ...points.map(([where, { r = 5, fill = '#ffffff', stroke = colours.ink, shape = 'dot', text }]) => {
      const [x, y] = at(where);
      const mark =
        shape === 'star'
          ? star(x, y, r, fill)
          : element('circle', { cx: x, cy: y, r, fill, stroke, 'stroke-width': 1.3 });
      return (
        mark +
        (text === undefined
          ? ''
          : words(x, y + 3.5, text, { size: 9, anchor: 'middle', colour: stroke, weight: 600 }))
      );
    }),
    bar ? colourBar({ ...bar, colour, x: side + 34, y: 0, height: root * side * 0.75 }) : '',
  ];
  return {
    svg:
      (title ? words(10, 16, title, { size: 14, weight: 600, colour: colours.ink }) : '') +
      moved(left, top, body),
    width,
    height,
  };
}

let clips = 0;
export const startTernaries = () => (clips = 0);

const hexagon = (x, y, r) =>
  `${pathOf(Array.from({ length: 6 }, (_, i) => [x + r * Math.cos((Math.PI / 3) * i + Math.PI / 6), y + r * Math.sin((Math.PI / 3) * i + Math.PI / 6)]))}Z`;

/** ticks: [[t, text]]. */
export function colourBar({ x, y, height, label, ticks, colour = ordered }) {
  const count = 48;
  return moved(x, y, [
    ...Array.from({ length: count }, (_, i) =>
      element('rect', {
        x: 0,
        y: height * (1 - (i + 1) / count),
        width: 13,
        height: height / count + 0.6,
        fill: colour((i + 0.5) / count),
      }),
    ),
    ...ticks.map(([t, text]) =>
      words(18, height * (1 - t) + 4, typeof text === 'number' ? told(text, true) : text, {
        size: 11,
        colour: colours.soft,
      }),
    ),
    words(-2, -12, label, { size: 11.5, colour: colours.soft, anchor: 'start' }),
  ]);
}
