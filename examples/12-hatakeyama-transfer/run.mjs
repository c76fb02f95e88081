import { openSpace } from '@ionloop/space';
import { join } from 'node:path';
import { fromModelScale, play, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { lying, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { quartileMarks, raised } from '../support/replays.mjs';
import { bestSoFar, median, quartiles, range, rounded } from '../support/statistics.mjs';
import { earlier, logSigma, noise, unrelated } from './salts.mjs';

const truth = logSigma('LiClO4');
const optimum = truth({ salt: 0.11, plasticiser: 27, crosslinker: 3, filler: 4.5 });

export default function run({ small, folder }) {
  const campaign = readCampaign(join(folder, 'campaign.json'));
  const space = openSpace(campaign.space);
  const seeds = small ? 2 : 8;
  const budget = small ? 8 : campaign.budget;
  const rows = small ? 20 : 40;
  const related = (seed) => [
    ...earlier(space, logSigma('LiTFSI'), rows, 1, `LiTFSI ${seed}`),
    ...earlier(space, logSigma('LiPF6'), rows, 2, `LiPF6 ${seed}`),
  ];
  const contestants = [
    ['transfer', 'two earlier salts known', colours.blue, 'auto', related],
    [
      'misled',
      'an unrelated campaign known',
      colours.purple,
      'auto',
      (seed) => earlier(space, unrelated, rows, 1, `other ${seed}`),
    ],
    ['alone', 'from nothing', colours.green, 'none', () => []],
    ['random', 'random', colours.orange, 'none', () => []],
  ];
  const measure = (point, { rng }) => ({
    values: [fromModelScale(truth(point) + noise * rng.normal(), 'log10')],
  });
  const curves = Object.fromEntries(
    contestants.map(([name, , , transfer, known]) => [
      name,
      range(seeds).map((seed) => {
        const strategy = { ...(name === 'random' && { name: 'random' }), transfer };
        const done = play(campaign, {
          measure,
          seed: `hatakeyama ${seed}`,
          strategy,
          budget,
          known: known(seed),
        });
        return bestSoFar(done.map(({ point }) => truth(point)));
      }),
    ]),
  );
  const after = (name, count) => median(curves[name].map((curve) => curve[count - 1]));
  const short = (name) => {
    const counts = curves[name].map((curve) => 1 + curve.findIndex((value) => value >= optimum - 0.15));
    return median(counts.map((count) => (count === 0 ? budget + 1 : count)));
  };
  const near = Object.fromEntries(contestants.map(([name]) => [name, short(name)]));
  const told = (name) => (near[name] > budget ? `more than ${budget}` : String(near[name]));
  const half = Math.min(6, budget);
  return {
    line: `A new salt with two earlier ones as prior: within 0.15 decades of the best after ${told('transfer')} experiments in the median, from nothing after ${told('alone')}; an unrelated campaign does ${near.misled > near.alone + 1 ? 'some' : 'no'} harm (${told('misled')}).`,
    outcome: `${rows} results each of two earlier salts, then a campaign on a third: within 0.15 decades of the best film there is after ${told('transfer')} experiments in the median of ${seeds} campaigns; without the earlier results after ${told('alone')}, at random after ${told('random')}. After ${half} experiments the best so far is ${contestants.map(([name, label]) => `${(10 ** after(name, half)).toExponential(1)} S/cm (${label})`).join(', ')}; the best there is has ${(10 ** optimum).toExponential(1)}. An earlier campaign that has nothing to do with this one is weighed by whether it helps to predict this one's left-out results, of which there are few at first: with it nearly the best takes ${told('misled')} experiments.`,
    picture: draw({ curves, contestants, near, budget, seeds }),
    result: {
      ...{ seeds, budget, earlierRows: rows, optimum: rounded(10 ** optimum, 3) },
      medianUntilWithin15Hundredths: Object.fromEntries(
        contestants.map(([name]) => [name, near[name] > budget ? null : near[name]]),
      ),
      bestAfterSix: Object.fromEntries(
        contestants.map(([name]) => [name, rounded(10 ** after(name, half), 3)]),
      ),
    },
  };
}

function draw({ curves, contestants, near, budget, seeds }) {
  const best = plot({
    ...{
      width: 520,
      height: 400,
      title: 'Best film so far',
      note: `Median and quartiles of ${seeds} campaigns`,
    },
    x: {
      label: 'experiments with the new salt',
      domain: [1, budget],
      ticks: range(budget / 2).map((k) => 2 * k + 2),
    },
    y: { label: 'σ at 60 °C / S cm⁻¹', scale: 'log', domain: [3e-7, 6e-5] },
    key: contestants.map(([, label, colour]) => ({ label, colour })),
    marks: [
      rule({ y: 10 ** optimum, label: 'best there is' }),
      ...quartileMarks(contestants, (name) => raised(quartiles(curves[name]))),
    ],
  });
  const bars = plot({
    ...{
      width: 420,
      height: 400,
      title: 'Until nearly the best',
      note: 'Median; nearly is within 0.15 decades',
      margin: { left: 180, right: 76 },
    },
    x: { label: 'experiments', domain: [0, budget + 1] },
    y: { scale: 'band', domain: contestants.map(([, label]) => label) },
    marks: [
      lying(
        contestants.map(([name, label, colour]) => [
          label,
          Math.min(near[name], budget),
          { colour, text: near[name] > budget ? `over ${budget}` : String(near[name]) },
        ]),
      ),
    ],
  });
  return figure({
    title: 'What earlier campaigns know of a new salt',
    says: 'A polymer electrolyte with a new salt (synthetic). Earlier salts have another level and another best concentration; the model learns how far they go with this one.',
    rows: [[best, bars]],
  });
}
