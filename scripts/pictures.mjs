// The pictures of docs/loop.md, from the libraries themselves: npm run pictures
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureReady } from './setup.mjs';
import { root } from './steps.mjs';

await ensureReady();
const { fromRows, Philox } = await import('../libs/linalg/dist/index.js');
const { gaussianProcess } = await import('../libs/surrogates/dist/index.js');
const { logExpectedImprovement } = await import('../libs/acquisition/dist/index.js');

/** What nobody knows: a hill, and a higher one that no result has touched yet. */
const hill = (x, at, width) => 1 / (1 + ((x - at) / width) ** 2) ** 2;
const truth = (x) => 1.5 * hill(x, 0.25, 0.2) + 2.4 * hill(x, 0.75, 0.25);

const grid = Array.from({ length: 241 }, (_, i) => i / 240);
const measured = [0.05, 0.28, 0.5, 0.98];
const folder = join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
while (measured.length <= 8) {
  const belief = believe(measured);
  if ([4, 5, 8].includes(measured.length))
    writeFileSync(join(folder, `belief-${measured.length}.svg`), draw(measured, belief));
  measured.push(belief.next);
}

function believe(xs) {
  const X = fromRows(xs.map((x) => [x]));
  const y = Float64Array.from(xs, truth);
  const model = gaussianProcess().fit({ X, y }, Philox.fromSeed('the loop, explained'));
  const candidates = fromRows(grid.map((x) => [x]));
  const { mean, variance } = model.predict(candidates);
  const worth = logExpectedImprovement()
    .score(model, candidates, { best: Math.max(...y), rng: Philox.fromSeed('ties') })
    .map(Math.exp);
  const next = grid[worth.indexOf(Math.max(...worth))];
  return { mean, sd: variance.map(Math.sqrt), worth, next };
}

function draw(xs, { mean, sd, worth, next }) {
  const x = (value) => (56 + value * 620).toFixed(1);
  const y = (value) => (285 - (value + 0.6) * 70).toFixed(1);
  const top = Math.max(...worth);
  const w = (value) => (392 - (value / top) * 66).toFixed(1);
  const line = (values, to) => grid.map((at, i) => `${x(at)},${to(values[i])}`).join(' ');
  const upper = mean.map((m, i) => m + 1.96 * sd[i]);
  const lower = mean.map((m, i) => m - 1.96 * sd[i]);
  const band = `${line(upper, y)} ${grid
    .map((at, i) => `${x(at)},${y(lower[i])}`)
    .reverse()
    .join(' ')}`;
  const words = `${xs.length} results; the next experiment is proposed at ${Math.round(next * 100)} %`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 440" role="img" aria-label="${words}">
<style>
svg { background: #fff; font: 13px system-ui, 'Liberation Sans', sans-serif; }
text { fill: #4a5865; }
.band { fill: #00639c; opacity: 0.14; }
.mean { fill: none; stroke: #00639c; stroke-width: 2.5; }
.truth { fill: none; stroke: #5c6a77; stroke-width: 1.5; stroke-dasharray: 5 5; }
.worth { fill: #e69f00; opacity: 0.35; }
.edge { fill: none; stroke: #b97c00; stroke-width: 1.5; }
.result { fill: #14202b; stroke: #fff; stroke-width: 1.5; }
.next { stroke: #a83c00; stroke-width: 1.5; stroke-dasharray: 2 3; }
.word { fill: #a83c00; font-weight: 600; }
.axis { stroke: #7d8894; }
</style>
<line class="axis" x1="56" x2="676" y1="300" y2="300"/><line class="axis" x1="56" x2="676" y1="392" y2="392"/>
<polygon class="band" points="${band}"/>
<polyline class="truth" points="${grid.map((at) => `${x(at)},${y(truth(at))}`).join(' ')}"/>
<polyline class="mean" points="${line(mean, y)}"/>
<polygon class="worth" points="56,392 ${line(worth, w)} 676,392"/>
<polyline class="edge" points="${line(worth, w)}"/>
<line class="next" x1="${x(next)}" x2="${x(next)}" y1="24" y2="392"/>
<text class="word" x="${x(next)}" y="16" text-anchor="middle">proposal</text>
${xs.map((at) => `<circle class="result" cx="${x(at)}" cy="${y(truth(at))}" r="5.5"/>`).join('\n')}
<text x="20" y="170" transform="rotate(-90 20 170)" text-anchor="middle">what is measured</text>
<text x="20" y="356" transform="rotate(-90 20 356)" text-anchor="middle">worth</text>
${[0, 25, 50, 75, 100].map((share) => `<text x="${x(share / 100)}" y="410" text-anchor="middle">${share} %</text>`).join('\n')}
<text x="366" y="432" text-anchor="middle">share of the second salt</text>
</svg>
`;
}
