/** SVG as text: elements, escaped words, short numbers. */
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => escapes[sign]);

/** Two digits are finer than any screen. */
export const short = (value) => String(Math.round(value * 100) / 100);

const written = (value) => (typeof value === 'number' ? short(value) : escaped(value));

/** `element('line', { x1: 0, 'stroke-width': 2 })`; attributes that are undefined are left out. */
export function element(name, attributes = {}, children = '') {
  const told = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${written(value)}"`)
    .join('');
  const inside = Array.isArray(children) ? children.join('') : children;
  return inside === '' ? `<${name}${told}/>` : `<${name}${told}>${inside}</${name}>`;
}

export const group = (children, attributes = {}) => element('g', attributes, children);

export const moved = (x, y, children) =>
  element('g', { transform: `translate(${short(x)} ${short(y)})` }, children);

/** `anchor`: start, middle or end; `turn`: degrees about its own place. */
export function words(x, y, text, { anchor, size, colour, weight, turn, halo } = {}) {
  return element(
    'text',
    {
      x,
      y,
      'text-anchor': anchor,
      'font-size': size,
      fill: colour,
      'font-weight': weight,
      transform: turn === undefined ? undefined : `rotate(${turn} ${short(x)} ${short(y)})`,
      ...(halo && {
        stroke: '#ffffff',
        'stroke-width': 3,
        'stroke-linejoin': 'round',
        'paint-order': 'stroke',
      }),
    },
    escaped(text),
  );
}

export const pathOf = (points) =>
  points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${short(x)} ${short(y)}`).join('');

/** About how wide words are in the fonts that a figure asks for. */
export const widthOf = (text, size) => 0.6 * size * [...String(text)].length;
