import { lithiumDescriptors } from '@ionloop/chemistry';
import { fromRows, Philox, selectRows } from '@ionloop/linalg';
import { groupedKFold, logistic, nearestTested } from '@ionloop/surrogates';
import { figure } from '../support/figure.mjs';
import { dots, line, lying, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { dataFile } from '../support/places.mjs';
import { plot } from '../support/plot.mjs';
import { mean, quantile, range, rounded } from '../support/statistics.mjs';
import { readTable } from '../support/table.mjs';
import { candidates } from './candidates.mjs';

const superionic = 1e-4;
const transitionMetals = new Set('Sc Ti V Cr Mn Fe Co Ni Cu Zn Y Zr Nb Mo Ag Cd La Hf Ta W'.split(' '));
const dearOrPoisonous = new Set('Ga Ge As Se In Nd Gd Yb Ce Pb'.split(' '));
/** Cations that lithium metal reduces. */
const reducible = new Set('Sn Sb Bi'.split(' '));

const without =
  (set) =>
  ({ elements }) =>
    elements.every((element) => !set.has(element));
const funnel = [
  ['charge-neutral', ({ neutral }) => neutral],
  ['no transition metal', without(transitionMetals)],
  ['nothing dear or poisonous', without(dearOrPoisonous)],
];

/** What a formula is made of: element statistics with and without lithium. */
const featuresOf = (formulas) => fromRows(formulas.map((formula) => lithiumDescriptors(formula)));

/** Each paper's materials predicted by a model that has not seen that paper. */
function crossValidated(X, labels, papers, C, rng) {
  const numbers = new Map([...new Set(papers)].map((paper, i) => [paper, i]));
  const groups = Int32Array.from(papers, (paper) => numbers.get(paper));
  const folds = groupedKFold(10)({ y: Float64Array.from(labels), groups }, rng.split('folds'));
  const probability = new Float64Array(labels.length);
  for (const { train, test } of folds) {
    const model = logistic({ C }).fit(
      { X: selectRows(X, train), labels: Uint8Array.from(train, (i) => labels[i]) },
      rng.split('fit'),
    );
    model.probability(selectRows(X, test)).forEach((p, k) => (probability[test[k]] = p));
  }
  return [...probability];
}

function judged(probability, labels) {
  const said = probability.map((p) => p >= 0.5);
  const hits = said.filter((yes, i) => yes && labels[i] === 1).length;
  const positives = labels.filter((label) => label === 1).length;
  const base = positives / labels.length;
  const precision = hits / said.filter(Boolean).length;
  return {
    accuracy: mean(said.map((yes, i) => (yes === (labels[i] === 1) ? 1 : 0))),
    precision,
    recall: hits / positives,
    base,
    enrichment: precision / base,
    auc: areaUnder(probability, labels),
  };
}

/** How often a conductor is ranked above what is none. */
function areaUnder(probability, labels) {
  const good = probability.filter((_, i) => labels[i] === 1);
  const bad = probability.filter((_, i) => labels[i] === 0);
  return mean(good.map((p) => mean(bad.map((q) => (p > q ? 1 : p === q ? 0.5 : 0)))));
}

/** How far measured materials lie from the nearest one of another paper; 19 of 20 are nearer. */
function usualDistance(X, papers) {
  const own = nearestTested(X, X, { count: 60 }).map(
    (nearest, i) => (nearest.find(({ row }) => papers[row] !== papers[i]) ?? nearest.at(-1)).distance,
  );
  return quantile(own, 0.95);
}

export default function run({ small }) {
  const rows = readTable(dataFile('obelix/data.csv')).filter(({ formula_cell: formula }) => formula !== '');
  const labels = rows.map(({ conductivity_S_cm: sigma }) => (sigma >= superionic ? 1 : 0));
  const X = featuresOf(rows.map(({ formula_cell: formula }) => formula));
  const rng = Philox.fromSeed('sendek');
  const papers = rows.map(({ doi }) => doi);
  const tried = (small ? [0.01] : [0.001, 0.003, 0.01, 0.03, 0.1, 1]).map((C) => {
    const probability = crossValidated(X, labels, papers, C, rng);
    return { C, probability, ...judged(probability, labels) };
  });
  const best = tried.reduce((a, b) => (b.auc > a.auc ? b : a));
  const model = logistic({ C: best.C }).fit({ X, labels: Uint8Array.from(labels) }, rng.split('all'));

  const counts = [0, ...funnel.map(() => 0)];
  const kept = [];
  for (const candidate of candidates(small ? 6 : undefined)) {
    counts[0] += 1;
    const stage = funnel.findIndex(([, passes]) => !passes(candidate));
    const reached = stage < 0 ? funnel.length : stage;
    for (let k = 0; k < reached; k++) counts[k + 1] += 1;
    if (stage < 0) kept.push(candidate);
  }
  const features = featuresOf(kept.map(({ formula }) => formula));
  const probability = model.probability(features);
  const furthest = usualDistance(X, papers);
  const distance = nearestTested(X, features, { count: 1 }).map(([nearest]) => nearest.distance);
  const scored = kept
    .map((one, i) => ({
      ...one,
      probability: probability[i],
      distance: distance[i],
      stable: without(reducible)(one),
    }))
    .toSorted((a, b) => b.probability - a.probability || (a.formula < b.formula ? -1 : 1));
  const fast = scored.filter((one) => one.probability >= 0.5);
  const stable = fast.filter((one) => one.stable);
  const last = stable.filter((one) => one.distance <= furthest);
  const stages = [
    ...['candidates', ...funnel.map(([name]) => name)].map((name, i) => ({ name, left: counts[i] })),
    { name: 'P(σ ≥ 10⁻⁴ S/cm) ≥ ½', left: fast.length },
    { name: 'not reduced by lithium', left: stable.length },
    { name: 'like something measured', left: last.length },
  ];
  const { auc, accuracy, precision, recall, base, enrichment, C } = best;
  const percent = (share) => `${Math.round(100 * share)} %`;
  return {
    line: `${spaced(counts[0])} candidates to ${last.length} by a funnel; the classifier's picks are ${enrichment.toFixed(2)} times as often fast conductors as the average, on papers that it has not seen (AUC ${auc.toFixed(2)}).`,
    outcome: `Of ${rows.length} measured materials ${percent(base)} reach 10⁻⁴ S/cm. Predicting each paper's materials from the others', the logistic model is right in ${percent(accuracy)} of cases (always saying no: ${percent(1 - base)}), finds ${percent(recall)} of the fast conductors, and ${percent(precision)} of what it calls fast is (${enrichment.toFixed(2)} times the average; AUC ${auc.toFixed(2)}, C = ${C}). The funnel leaves ${stages.map(({ left, name }) => `${spaced(left)} (${name})`).join(' → ')}; at the top: ${last
      .slice(0, 5)
      .map(({ formula }) => `\`${formula}\``)
      .join(
        ', ',
      )}. The paper went from 12 831 crystals to 21, and its follow-up found the model's picks 2.7 times as likely to conduct as random ones; our base rate of ${percent(base)} among materials that someone thought worth measuring leaves room for at most ${(1 / base).toFixed(1)}.`,
    picture: draw({ stages, fast, last, best, labels }),
    result: {
      materials: rows.length,
      ...Object.fromEntries(
        Object.entries({ base, accuracy, precision, recall, enrichment, auc, C }).map(([name, value]) => [
          name,
          rounded(value, 3),
        ]),
      ),
      stages,
      top: last.slice(0, 20).map(({ formula, probability: p }) => ({ formula, probability: rounded(p, 3) })),
    },
  };
}

const spaced = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
const subscripts = (formula) => formula.replace(/\d/g, (digit) => '₀₁₂₃₄₅₆₇₈₉'[digit]);

function draw({ stages, fast, last, best, labels }) {
  const names = stages.map(({ name }) => name);
  const bars = plot({
    ...{ width: 480, height: 300, title: 'What each filter leaves', margin: { left: 178, right: 60 } },
    x: { label: 'candidates left', scale: 'log', domain: [1, 1e6] },
    y: { scale: 'band', domain: names },
    marks: [
      lying(
        stages.map(({ name, left }, i) => [
          name,
          Math.max(left, 1),
          { text: spaced(left), colour: i === 0 ? colours.grey : i > 3 ? colours.orange : colours.blue },
        ]),
        { from: 1 },
      ),
    ],
  });
  const order = range(labels.length).toSorted((a, b) => best.probability[b] - best.probability[a]);
  const positives = labels.filter((label) => label === 1).length;
  let [hits, misses] = [0, 0];
  const curve = order.map((i) => {
    if (labels[i] === 1) hits += 1;
    else misses += 1;
    return [(100 * misses) / (labels.length - positives), (100 * hits) / positives];
  });
  const said = best.probability.map((p) => p >= 0.5);
  const at = [
    (100 * said.filter((yes, i) => yes && labels[i] === 0).length) / (labels.length - positives),
    (100 * said.filter((yes, i) => yes && labels[i] === 1).length) / positives,
  ];
  const roc = plot({
    ...{ width: 400, height: 300, title: 'Left-out papers' },
    x: { label: 'slow ones called fast / %', domain: [0, 100] },
    y: { label: 'fast ones found / %', domain: [0, 100] },
    key: [
      { label: `logistic (AUC ${best.auc.toFixed(2)})`, colour: colours.blue },
      { label: 'P = ½', colour: colours.red, shape: 'dot' },
      { label: 'chance', colour: colours.grey, shape: 'dash' },
    ],
    marks: [
      line(
        [
          [0, 0],
          [100, 100],
        ],
        { colour: colours.grey, dash: '5 5', width: 1.4 },
      ),
      line([[0, 0], ...curve], { colour: colours.blue }),
      dots([at], { colour: colours.red, r: 6 }),
    ],
  });
  const top = fast.slice(0, 30);
  const ink = (one) => (last.includes(one) ? colours.green : one.stable ? colours.line : colours.orange);
  const list = plot({
    ...{ width: 906, height: 330, title: 'What the classifier calls fast', margin: { bottom: 84 } },
    x: { scale: 'band', domain: top.map(({ formula }) => subscripts(formula)), turn: -45 },
    y: { label: 'P(σ ≥ 10⁻⁴ S/cm)', domain: [0, 1] },
    key: [
      { label: 'left in the end', colour: colours.green, shape: 'square' },
      { label: 'unlike anything measured', colour: colours.line, shape: 'square' },
      { label: 'reduced by lithium', colour: colours.orange, shape: 'square' },
    ],
    marks: [
      ({ x, y, height }) =>
        top
          .map((one) => {
            const { formula, probability } = one;
            const left = x.place(subscripts(formula)) - x.width / 2;
            const up = y.place(probability);
            return `<rect x="${left.toFixed(1)}" y="${up.toFixed(1)}" width="${x.width.toFixed(1)}" height="${(height - up).toFixed(1)}" rx="2" fill="${ink(one)}"/>`;
          })
          .join(''),
      rule({ y: 0.5, label: 'P = ½' }),
    ],
  });
  return figure({
    title: 'A funnel to fast lithium conductors',
    says: 'Logistic regression on composition, learned from OBELiX, behind hard filters on what may be in it at all.',
    rows: [[bars, roc], [list]],
  });
}
