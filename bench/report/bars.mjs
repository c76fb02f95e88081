const escape = (text) => text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

const row = 20;
const left = 430;
const wide = 360;

/** A bar for each figure on a logarithmic axis around its bound, a decade to each side: to the left of the line is better. */
export function bars(bounds) {
  const x = (over) => left + (wide / 2) * (1 + Math.min(1, Math.max(-1, Math.log10(over))));
  const height = 60 + row * bounds.length;
  const lines = bounds.map(({ bench, what, over, reached }, i) => {
    const y = 44 + row * i;
    const [from, to] = [Math.min(x(1), x(over)), Math.max(x(1), x(over))];
    return `<text x="${left - 10}" y="${y + 13}" text-anchor="end">${escape(`${bench}: ${short(what)}`)}</text>
<rect x="${from.toFixed(1)}" y="${y + 3}" width="${Math.max(1, to - from).toFixed(1)}" height="${row - 7}" class="${reached ? 'reached' : 'short'}"/>
<text x="${left + wide + 10}" y="${y + 13}">${over.toPrecision(2)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + wide + 70} ${height}" role="img" aria-label="${bounds.length} figures over their bounds">
<style>svg { background: #fff; font: 11px system-ui, sans-serif; } text { fill: #14202b; } .reached { fill: #00639c; } .short { fill: #c24a00; } line { stroke: #7d8894; }</style>
<text x="${x(1)}" y="16" text-anchor="middle">the bound</text>
<text x="${left}" y="32">better</text><text x="${left + wide}" y="32" text-anchor="end">falls short</text>
<line x1="${x(1)}" x2="${x(1)}" y1="20" y2="${height - 10}"/>
${lines.join('\n')}
</svg>
`;
}

const short = (text) => (text.length > 56 ? `${text.slice(0, 55)}…` : text);
