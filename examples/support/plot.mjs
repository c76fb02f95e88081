/** One panel: axes with their words, a grid, marks, and the key to the marks. */
import { colours } from './palette.mjs';
import { bands, linear, logarithmic, told } from './scale.mjs';
import { element, group, moved, widthOf, words } from './svg.mjs';

/**
 * `x` and `y`: {label, domain, scale: 'linear' | 'log' | 'band', ticks, tell, grid, turn}; `marks`: functions of {x, y, width, height} to SVG;
 * `key`: [{label, colour, shape: 'line' | 'dash' | 'dot' | 'square' | 'band' | 'ring' | 'star'}].
 */
export function plot({ width = 460, height = 340, title, note, x, y, marks, key = [], margin = {} }) {
  const left = margin.left ?? Math.max(66, 40 + widestTick(y, height));
  const rows = keyRows(key, width - left - 10);
  const head = (title ? 24 : 6) + (note ? 17 : 0) + rows.length * 20;
  const edge = { right: 16, top: head + 8, bottom: 52, ...margin, left };
  if (margin.top !== undefined) edge.top = head + margin.top;
  const inner = { width: width - edge.left - edge.right, height: height - edge.top - edge.bottom };
  const scales = { x: scaleOf(x, [0, inner.width]), y: scaleOf(y, [inner.height, 0]) };
  const place = { ...scales, ...inner };
  const clip = `clip${(clips += 1)}`;
  const body = [
    gridOf(place, x, y),
    element(
      'clipPath',
      { id: clip },
      // Words beside bars that lie may stand in the margin.
      element('rect', {
        x: -5,
        y: -5,
        width: inner.width + (y.scale === 'band' ? edge.right : 10),
        height: inner.height + 10,
      }),
    ),
    group(
      marks.map((mark) => mark(place)),
      { 'clip-path': `url(#${clip})` },
    ),
    axesOf(place, x, y, edge),
  ];
  const svg = [
    title ? words(edge.left, 16, title, { size: 14, weight: 600, colour: colours.ink }) : '',
    note ? words(edge.left, title ? 34 : 16, note, { size: 11.5, colour: colours.faint }) : '',
    ...rows.map((row, i) => moved(edge.left, (title ? 24 : 6) + (note ? 17 : 0) + i * 20 + 10, row)),
    moved(edge.left, edge.top, body),
  ];
  return { svg: svg.join(''), width, height };
}

/** How much room the numbers beside the y axis want, before the panel's own height is known. */
function widestTick(y, height) {
  const ticks = ticksOf(scaleOf(y, [height - 100, 0]), y, (height - 100) / 48);
  return Math.max(0, ...ticks.map(({ text }) => widthOf(text, 11.5)));
}

let clips = 0;
/** Names of clips are numbered from 1 in every figure, so that the same figure is the same text. */
export const startFigure = () => (clips = 0);

export function scaleOf({ scale = 'linear', domain, gap }, range) {
  if (scale === 'band') return bands(domain, range[0] > range[1] ? [range[1], range[0]] : range, gap);
  return scale === 'log' ? logarithmic(domain, range) : linear(domain, range);
}

function ticksOf(scale, axis, room) {
  const ticks = axis.ticks ?? scale.ticks(Math.max(3, Math.round(room)));
  const tell = axis.tell ?? ((value) => told(value, scale.isLog));
  return ticks.map((value) => ({ value, at: scale.place(value), text: tell(value) }));
}

function gridOf({ x, y, width, height }, forX, forY) {
  const stroke = { stroke: colours.grid, 'stroke-width': 1 };
  const across = y.isBand || forY.grid === false ? [] : ticksOf(y, forY, height / 48);
  const upright = x.isBand || forX.grid === false ? [] : ticksOf(x, forX, width / 75);
  return group([
    ...across.map(({ at }) => element('line', { x1: 0, x2: width, y1: at, y2: at, ...stroke })),
    ...upright.map(({ at }) => element('line', { x1: at, x2: at, y1: 0, y2: height, ...stroke })),
  ]);
}

function axesOf({ x, y, width, height }, forX, forY, edge) {
  const line = { stroke: colours.line, 'stroke-width': 1 };
  const small = { size: 11.5, colour: colours.soft };
  const turned = forX.turn !== undefined;
  return group([
    element('line', { x1: 0, x2: width, y1: height, y2: height, ...line }),
    element('line', { x1: 0, x2: 0, y1: 0, y2: height, ...line }),
    ...ticksOf(x, forX, width / 75).map(({ at, text }) =>
      turned
        ? words(at + 4, height + 15, text, { ...small, anchor: 'end', turn: forX.turn })
        : words(at, height + 17, text, { ...small, anchor: 'middle' }),
    ),
    ...ticksOf(y, forY, height / 48).map(({ at, text }) =>
      words(-8, at + 4, text, { ...small, anchor: 'end' }),
    ),
    forX.label
      ? words(width / 2, height + edge.bottom - 10, forX.label, {
          size: 12.5,
          colour: colours.ink,
          anchor: 'middle',
        })
      : '',
    forY.label
      ? words(-edge.left + 16, height / 2, forY.label, {
          size: 12.5,
          colour: colours.ink,
          anchor: 'middle',
          turn: -90,
        })
      : '',
  ]);
}

/** The key, broken into rows where it is wider than the panel. */
function keyRows(key, width) {
  const rows = [];
  let [row, at] = [[], 0];
  for (const entry of key) {
    const needs = 42 + widthOf(entry.label, 12);
    if (at + needs > width && row.length > 0) {
      rows.push(row);
      [row, at] = [[], 0];
    }
    row.push(moved(at, 0, sample(entry) + words(26, 4, entry.label, { size: 12, colour: colours.soft })));
    at += needs;
  }
  if (row.length > 0) rows.push(row);
  return rows.map((parts) => parts.join(''));
}

function sample({ colour = colours.ink, shape = 'line' }) {
  switch (shape) {
    case 'dot':
      return element('circle', { cx: 11, cy: 0, r: 4.5, fill: colour });
    case 'ring':
      return element('circle', { cx: 11, cy: 0, r: 4.5, fill: '#ffffff', stroke: colour, 'stroke-width': 2 });
    case 'star':
      return star(11, 0, 7, colour);
    case 'square':
      return element('rect', { x: 4, y: -6, width: 14, height: 12, rx: 2, fill: colour });
    case 'band':
      return element('rect', {
        x: 1,
        y: -6,
        width: 20,
        height: 12,
        rx: 2,
        fill: colour,
        'fill-opacity': 0.22,
      });
    default:
      return element('line', {
        ...{ x1: 1, x2: 21, y1: 0, y2: 0, stroke: colour, 'stroke-width': 2.5, 'stroke-linecap': 'round' },
        'stroke-dasharray': shape === 'dash' ? '5 5' : undefined,
      });
  }
}

export function star(cx, cy, r, colour) {
  const points = Array.from({ length: 10 }, (_, i) => {
    const radius = i % 2 === 0 ? r : 0.45 * r;
    const angle = (Math.PI / 5) * i - Math.PI / 2;
    return `${(cx + radius * Math.cos(angle)).toFixed(2)},${(cy + radius * Math.sin(angle)).toFixed(2)}`;
  });
  return element('polygon', {
    ...{ points: points.join(' '), fill: colour, stroke: '#ffffff', 'stroke-width': 1.2 },
    'stroke-linejoin': 'round',
  });
}
