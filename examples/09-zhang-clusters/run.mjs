import { lithiumDescriptors } from '@ionloop/chemistry';
import { fromRows, Philox } from '@ionloop/linalg';
import {
  cutToClusters,
  pca,
  project,
  silhouette,
  spectralClusters,
  ward,
} from '@ionloop/surrogates/analysis';
import { join } from 'node:path';
import { figure } from '../support/figure.mjs';
import { inScratch } from '../support/ionloop.mjs';
import { dots, line, rule } from '../support/marks.mjs';
import { colours, series } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { replay } from '../support/replays.mjs';
import { mean, median, quantile, range, rounded } from '../support/statistics.mjs';
import { readTable, writeTable } from '../support/table.mjs';

const target = 'log10_conductivity_S_cm';
const clusterCount = 8;
/** σ ≥ 1 mS/cm. */
const good = -3;
const contestants = [
  ['clusters', 'clusters as arms of a bandit', colours.blue],
  ['auto', 'auto', colours.green],
  ['gp-ucb', 'Gaussian process, upper bound', colours.purple],
  ['random', 'random', colours.orange],
];

export default function run({ small }) {
  const rows = readTable(dataFile('obelix/data.csv'));
  const y = rows.map((row) => Math.max(row[target], -12));
  const X = fromRows(rows.map(({ formula_cell: formula }) => lithiumDescriptors(formula)));
  // Clusters see formulas alone: conductivities are looked at afterwards.
  const Z = project(pca(X, { components: 10, standardise: true }), X);
  const tree = cutToClusters(ward(Z), clusterCount);
  const spectral = spectralClusters(Z, clusterCount, Philox.fromSeed('spectral')).labels;
  const ordered = byConductivity(tree, y);
  const share = (labels) => gathered(labels, y);
  const found = small ? null : searched(rows);
  const random = range(200).map((k) => gathered(Philox.fromSeed(`shuffled ${k}`).shuffle([...tree]), y));
  const figures = {
    materials: rows.length,
    clusters: clusterCount,
    goodOnes: y.filter((value) => value >= good).length,
    inTwoBestClusters: {
      wardPercent: rounded(100 * share(tree), 3),
      spectralPercent: rounded(100 * share(spectral), 3),
      byChancePercent: rounded(100 * mean(random), 3),
    },
    silhouette: {
      ward: rounded(silhouette(Z, tree).mean, 2),
      spectral: rounded(silhouette(Z, spectral).mean, 2),
    },
  };
  const counts = ordered.map(({ members, label }) => ({
    label,
    size: members.length,
    medianLog10: rounded(median(members.map((i) => y[i])), 3),
    good: members.filter((i) => y[i] >= good).length,
    families: familiesOf(members.map((i) => rows[i].family)),
  }));
  const richest = counts.reduce((a, b) => (b.good > a.good ? b : a));
  const [first, second] = [counts[0], counts[1]];
  const searchWords =
    found === null
      ? ''
      : ` As a search (${found.seeds} campaigns of ${found.budget} experiments, first rows at random), ${contestants.map(([name, label]) => `${label} finds ${found.good[name]} good conductors`).join(', ')} in the median.`;
  return {
    line: `Clusters of formulas alone, never told a conductivity: one of ${clusterCount}, with ${percentOf(richest.size, y.length)} % of the materials, holds ${percentOf(richest.good, figures.goodOnes)} % of all conductors of 1 mS/cm and more.`,
    outcome: `Ward's tree on ten principal components of composition, cut to ${clusterCount} clusters, puts ${figures.inTwoBestClusters.wardPercent} % of the ${figures.goodOnes} materials with at least 1 mS/cm into the two clusters that hold the most of them (spectral clustering: ${figures.inTwoBestClusters.spectralPercent} %; shuffled labels: ${figures.inTwoBestClusters.byChancePercent} %). The best, by its median, is mostly ${first.families} (${first.size} materials, ${first.good} of them good), the next ${second.families} (${second.size}, ${second.good}). The paper found its good conductors gathered in two of seven clusters.${searchWords}`,
    picture: draw({ Z, y, ordered, counts, found }),
    result: {
      ...figures,
      perCluster: counts,
      ...(found && { search: { seeds: found.seeds, budget: found.budget, goodFoundMedian: found.good } }),
    },
  };
}

const percentOf = (part, whole) => Math.round((100 * part) / whole);

/** Clusters by falling median of their conductivities: {label, members}. */
function byConductivity(labels, y) {
  const members = range(clusterCount).map((label) => labels.flatMap((own, i) => (own === label ? [i] : [])));
  return members
    .map((list, label) => ({ label, members: list }))
    .toSorted((a, b) => median(b.members.map((i) => y[i])) - median(a.members.map((i) => y[i])));
}

/** The share of good conductors in the two clusters that hold the most of them. */
function gathered(labels, y) {
  const counts = range(clusterCount).map(
    (label) => labels.filter((own, i) => own === label && y[i] >= good).length,
  );
  const [a, b] = counts.toSorted((p, q) => q - p);
  return (a + b) / counts.reduce((p, q) => p + q, 0);
}

function familiesOf(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([name]) => name)
    .join(' and ');
}

function searched(rows) {
  const [budget, seeds] = [60, 4];
  const reports = inScratch((folder) => {
    const pool = join(folder, 'obelix.csv');
    writeTable(
      pool,
      rows.map((row) => ({ ...row, [target]: Math.max(row[target], -12) })),
      ['formula_cell', target],
    );
    return replay({
      pool,
      target,
      goal: 'max',
      formula: 'formula_cell',
      replicates: 'each',
      strategy: contestants.map(([name]) => name),
      initial: 5,
      budget,
      seeds,
    });
  });
  const curves = Object.fromEntries(
    contestants.map(([name]) => [
      name,
      reports[name].runs.map(({ values }) =>
        values.map((_, i) => values.slice(0, i + 1).filter((value) => value >= good).length),
      ),
    ]),
  );
  return {
    budget,
    seeds,
    curves,
    good: Object.fromEntries(
      contestants.map(([name]) => [name, median(curves[name].map((curve) => curve.at(-1)))]),
    ),
  };
}

const ink = (place) => [...series.slice(0, 6), '#7a6a00', '#5b4bb7'][place];

function draw({ Z, y, ordered, counts, found }) {
  const map = plot({
    ...{
      width: 450,
      height: 400,
      title: 'Formulas by their first two components',
      note: 'Colour: cluster; large: at least 1 mS/cm',
    },
    x: { label: 'first principal component', domain: extent(Z, 0) },
    y: { label: 'second principal component', domain: extent(Z, 1) },
    marks: ordered.toReversed().map(({ members }, k) =>
      dots(
        members.map((i) => [Z.data[i * Z.cols], Z.data[i * Z.cols + 1], { r: y[i] >= good ? 5.5 : 2.6 }]),
        { colour: ink(ordered.length - 1 - k), opacity: 0.75 },
      ),
    ),
  });
  const names = counts.map(({ families }, k) => `${k + 1} · ${families.replace(' and ', ', ')}`);
  const strips = plot({
    ...{ width: 480, height: 400, title: 'What conducts in each cluster', margin: { left: 190 } },
    x: { label: 'σ at room temperature / S cm⁻¹', scale: 'log', domain: [1e-12, 0.1] },
    y: { scale: 'band', domain: names },
    marks: [
      rule({ x: 10 ** good }),
      ({ x, y: rowsOf }) =>
        ordered
          .map(({ members }, k) =>
            members
              .map((i, n) => {
                const shift = (((n * 0.618) % 1) - 0.5) * rowsOf.width * 0.8;
                return `<circle cx="${x.place(10 ** y[i]).toFixed(1)}" cy="${(rowsOf.place(names[k]) + shift).toFixed(1)}" r="2.6" fill="${ink(k)}" fill-opacity="0.65"/>`;
              })
              .join(''),
          )
          .join(''),
      ({ x, y: rowsOf }) =>
        ordered
          .map(({ members }, k) => {
            const at = x.place(
              10 **
                quantile(
                  members.map((i) => y[i]),
                  0.5,
                ),
            );
            const middle = rowsOf.place(names[k]);
            return `<line x1="${at.toFixed(1)}" x2="${at.toFixed(1)}" y1="${(middle - rowsOf.width / 2).toFixed(1)}" y2="${(middle + rowsOf.width / 2).toFixed(1)}" stroke="${colours.ink}" stroke-width="2.5"/>`;
          })
          .join(''),
    ],
  });
  const rows = [[map, strips]];
  if (found !== null) {
    rows.push([
      plot({
        ...{
          width: 956,
          height: 330,
          title: 'Good conductors found, by strategy',
          note: `Medians of ${found.seeds} campaigns; good is at least 1 mS/cm`,
        },
        x: { label: 'experiments', domain: [1, found.budget] },
        y: { label: 'good conductors found', domain: [0, 1.1 * Math.max(...Object.values(found.good))] },
        key: contestants.map(([, label, colour]) => ({ label, colour })),
        marks: contestants.map(([name, , colour]) =>
          line(
            range(found.budget).map((at) => [at + 1, median(found.curves[name].map((curve) => curve[at]))]),
            { colour, step: true },
          ),
        ),
      }),
    ]);
  }
  return figure({
    title: 'Good conductors gather in few clusters',
    says: `${y.length} lithium electrolytes (OBELiX) clustered by what their formulas say. No cluster was told a conductivity; the black line is each cluster's median.`,
    rows,
  });
}

function extent({ data, cols, rows }, k) {
  const values = range(rows).map((i) => data[i * cols + k]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low - 0.05 * (high - low), high + 0.05 * (high - low)];
}
