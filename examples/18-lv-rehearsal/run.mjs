import { conductivityTruth } from '@ionloop/lab-sim';
import { join } from 'node:path';
import { fromModelScale, play, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { inScratch, ionloop } from '../support/ionloop.mjs';
import { band, dots, line, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { bestSoFar, mean, range, rounded } from '../support/statistics.mjs';
import { writeTable } from '../support/table.mjs';

const components = ['Li3PO4', 'Li3BO3', 'Li2SO4'];
const noise = 0.06;
const truth = ({ composition }) => conductivityTruth(composition, 300);
const measure = (point, { rng }) => ({
  values: [truth(point) * fromModelScale(noise * rng.normal(), 'log10')],
});
const target = 3e-4;

/** What a campaign knows after its first experiments, rehearsed; then the same campaign goes on in the lab. */
function rehearsed({ campaign, file, seed, known, more, twins }) {
  const done = play(campaign, { measure, seed: `lv ${seed}`, budget: known + more, parallel: 1 });
  const report = inScratch((folder) => {
    const results = join(folder, 'results.csv');
    writeTable(
      results,
      done.slice(0, known).map(({ point, values: [value] }) => ({
        ...Object.fromEntries(components.map((name) => [name, point.composition[name]])),
        ionic_conductivity: value,
      })),
    );
    return ionloop([
      'rehearse',
      '--campaign',
      file,
      '--data',
      results,
      '--strategy',
      'auto,random',
      '--budget',
      more,
      '--batch',
      1,
      '--seeds',
      twins,
      '--target',
      target,
      '--at',
      range(more)
        .map((k) => k + 1)
        .join(','),
      '--seed',
      `lv ${seed}`,
    ]);
  });
  const best = bestSoFar(done.map(({ point }) => truth(point)));
  return { report, happened: best.slice(known - 1), before: best.slice(0, known) };
}

export default function run({ small, folder }) {
  const file = join(folder, 'campaign.json');
  const campaign = readCampaign(file);
  const [known, more] = small ? [10, 5] : [12, 16];
  const twins = small ? 4 : 12;
  const campaigns = small ? 2 : 5;
  const runs = range(campaigns).map((seed) => rehearsed({ campaign, file, seed, known, more, twins }));
  const held = runs.map(({ report, happened }) => {
    const [auto] = report.strategies;
    return mean(
      auto.expected.map(({ experiments, interval90: [low, high] }) =>
        happened[experiments] >= low * 0.9 && happened[experiments] <= high * 1.1 ? 1 : 0,
      ),
    );
  });
  const reach = runs.map(({ report }) => report.strategies[0].expected.at(-1).reachesTarget);
  const reached = runs.filter(({ happened }) => happened.at(-1) >= target).length;
  const better = runs.filter(({ report }) =>
    report.comparison.some(({ strategy, verdict }) => strategy === 'random' && verdict === 'worse'),
  ).length;
  const share = Math.round(100 * mean(held));
  return {
    line: `After ${known} results a campaign is rehearsed ${twins} times on its own model: what then happened in the lab lies inside the 90 % band at ${share} % of the steps; the rehearsals gave ${Math.round(100 * mean(reach))} % to reaching ${target.toExponential(0)} S/cm, ${reached} of ${campaigns} campaigns did.`,
    outcome: `Of ${campaigns} campaigns, each rehearsed after ${known} results and then carried on for ${more} experiments in the simulated lab, what happened lies inside the band that nine rehearsed campaigns in ten keep to at ${share} % of the steps (within a tenth of the conductivity). The rehearsals gave a chance of ${Math.round(100 * mean(reach))} % to a film above ${target.toExponential(0)} S/cm; ${reached} of ${campaigns} campaigns made one. That random search would do worse was told apart in ${better} of ${campaigns} rehearsals, before a single sample was spent on finding out. A rehearsal is no better than its model: twelve results of a landscape with a narrow optimum do not show how good it is.`,
    picture: draw({ runs, known, more, twins }),
    result: {
      ...{ campaigns, known, more, twins, insideBandPercent: share },
      chanceOfTarget: reach.map((value) => rounded(value, 2)),
      reachedTarget: reached,
      randomToldWorse: better,
    },
  };
}

function draw({ runs, known, more, twins }) {
  const panels = runs.slice(0, 2).map(({ report, happened, before }, i) => {
    const [auto, random] = report.strategies;
    const at = ({ expected }, pick) => expected.map((one) => [known + one.experiments, ...pick(one)]);
    return plot({
      ...{
        width: 470,
        height: 400,
        title: `Campaign ${i + 1}`,
        note: `Rehearsed ${twins} times at the line`,
      },
      x: { label: 'experiments', domain: [1, known + more] },
      y: { label: 'best conductivity at 300 °C / S cm⁻¹', scale: 'log', domain: [1e-5, 1.5e-3] },
      key: [
        { label: 'rehearsed: median', colour: colours.blue, shape: 'dash' },
        { label: 'nine in ten', colour: colours.blue, shape: 'band' },
        { label: 'random, rehearsed', colour: colours.orange, shape: 'dash' },
        { label: 'what happened', colour: colours.ink },
      ],
      marks: [
        rule({ x: known }),
        rule({
          y: target,
          label: `wanted: ${target.toExponential(0).replace('e-4', ' × 10⁻⁴')}`,
          side: 'start',
          colour: colours.green,
        }),
        band(
          at(auto, ({ interval90 }) => interval90),
          { colour: colours.blue, opacity: 0.18 },
        ),
        line(
          at(random, ({ median }) => [median.median]),
          { colour: colours.orange, dash: '5 5' },
        ),
        line(
          at(auto, ({ median }) => [median.median]),
          { colour: colours.blue, dash: '5 5' },
        ),
        line(
          [...before.map((value, k) => [k + 1, value]), ...happened.map((value, k) => [known + k, value])],
          { colour: colours.ink, step: true },
        ),
        dots([[known + more, happened.at(-1)]], { colour: colours.ink, r: 4 }),
      ],
    });
  });
  return figure({
    title: 'A campaign, rehearsed before it is carried on',
    says: 'The campaign of example 2 after its first results: played on landscapes that these results leave possible, then carried on in the simulated lab.',
    rows: [panels],
  });
}
