/** Panels beside and below each other, under a title: one SVG file on white paper. */
import { colours } from './palette.mjs';
import { element, moved, words } from './svg.mjs';

const font =
  "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', 'DejaVu Sans', sans-serif";
const edge = 22;
const gap = 26;

/** `rows`: lists of panels {svg, width, height}; `says`: what is to be seen, in a sentence. */
export function figure({ title, says, rows }) {
  const widths = rows.map((row) => row.reduce((sum, { width }) => sum + width, gap * (row.length - 1)));
  const width = Math.max(...widths) + 2 * edge;
  const lines = broken(says ?? '', Math.floor((width - 2 * edge) / 6.5));
  let top = 38 + lines.length * 18 + 18;
  const placed = rows.map((row) => {
    let left = edge;
    const drawn = row.map((panel) => {
      const at = moved(left, top, panel.svg);
      left += panel.width + gap;
      return at;
    });
    top += Math.max(...row.map(({ height }) => height)) + 14;
    return drawn.join('');
  });
  const height = top + 4;
  return element(
    'svg',
    {
      ...{ xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, width, height },
      ...{ 'font-family': font, role: 'img', 'aria-label': title },
    },
    [
      element('rect', { width, height, fill: '#ffffff' }),
      words(edge, 34, title, { size: 18, weight: 650, colour: colours.ink }),
      ...lines.map((text, i) => words(edge, 56 + i * 18, text, { size: 13, colour: colours.soft })),
      ...placed,
    ],
  );
}

/** Lines of at most so many letters. */
export function broken(text, most) {
  const lines = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== '') lines.push(word);
  }
  return lines;
}
