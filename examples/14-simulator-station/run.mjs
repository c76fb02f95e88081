import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fromModelScale, play, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { cells, dots } from '../support/marks.mjs';
import { colours, ordered } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { quartileMarks, raised } from '../support/replays.mjs';
import { bestSoFar, median, quartiles, range, rounded } from '../support/statistics.mjs';
import { log10, simulate } from './simulator.mjs';

const contestants = [
  ['gp-swarm', 'process, candidates by particle swarm', colours.blue],
  ['gp-log-ei', 'process, candidates by local search', colours.green],
  ['swarm', 'particle swarm alone', colours.purple],
  ['random', 'random', colours.orange],
];

/** As `ionloop station --run` asks it: a program of its own, the spec on its standard input. */
function asStation(folder, point) {
  const run = spawnSync(process.execPath, [join(folder, 'simulator.mjs')], {
    input: JSON.stringify({ point }),
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout).value;
}

export default function run({ small, folder }) {
  const campaign = readCampaign(join(folder, 'campaign.json'));
  const seeds = small ? 2 : 6;
  const budget = small ? 20 : campaign.budget;
  const played = Object.fromEntries(
    contestants.map(([name]) => [
      name,
      range(seeds).map((seed) =>
        play(campaign, {
          ...{ seed: `station ${seed}`, strategy: name, budget },
          measure: (point, { number }) => ({ values: [simulate(point, `${seed}/${number}`)] }),
        }),
      ),
    ]),
  );
  // Strategies are compared by pellets without the luck of one: a pellet of the campaign's own seed.
  const worth = ({ point }) => log10(simulate(point));
  const curves = Object.fromEntries(
    contestants.map(([name]) => [name, played[name].map((done) => bestSoFar(done.map(worth)))]),
  );
  const final = (name) => median(curves[name].map((curve) => curve.at(-1)));
  const best = played['gp-swarm'].flat().reduce((a, b) => (worth(b) > worth(a) ? b : a)).point;
  const byProgram = asStation(folder, best);
  const same = byProgram === simulate(best);
  const siemens = (value) => fromModelScale(value, 'log10').toExponential(2);
  const until = (name) => {
    const counts = curves[name].map((curve) => 1 + curve.findIndex((value) => value >= final('random')));
    return median(counts.map((count) => count || budget + 1));
  };
  return {
    line: `A sintering simulator as a station: after ${budget} pellets ${siemens(final('gp-swarm'))} S/cm with a model and a swarm, ${siemens(final('swarm'))} by the swarm alone, ${siemens(final('random'))} at random, which the model has after ${until('gp-swarm')}.`,
    outcome: `Medians of ${seeds} campaigns of ${budget} pellets, ${campaign.parallel} at a time: ${contestants.map(([name, label]) => `${siemens(final(name))} S/cm (${label})`).join(', ')}. What random search has at the end, the process with a swarm has after ${until('gp-swarm')} pellets, with local search after ${until('gp-log-ei')}, the swarm alone after ${until('swarm')}. The best settings: dopant ${best.dopant.toFixed(2)}, ${best.temperature.toFixed(0)} °C, ${best.time.toFixed(1)} h, ${best.pressure.toFixed(0)} MPa. Asked as a program, as a station asks it, the simulator answers ${same ? 'the same to the bit' : 'something else'}. The papers report that Bayesian optimisation and swarms find settings in tens of simulations where a grid needs hundreds; a grid of only five values a setting would be 625 pellets here.`,
    picture: draw({ curves, played, budget, seeds, best }),
    result: {
      ...{ seeds, budget, programAnswersTheSame: same },
      finalMedian: Object.fromEntries(
        contestants.map(([name]) => [name, rounded(fromModelScale(final(name), 'log10'))]),
      ),
      pelletsUntilRandomsEnd: Object.fromEntries(
        contestants.map(([name]) => [name, until(name) > budget ? null : until(name)]),
      ),
      best: Object.fromEntries(Object.entries(best).map(([name, value]) => [name, rounded(value)])),
    },
  };
}

function draw({ curves, played, budget, seeds, best }) {
  const values = Object.values(curves).flat(2);
  const chart = plot({
    ...{
      width: 480,
      height: 420,
      title: 'Best pellet so far',
      note: `Median and quartiles of ${seeds} campaigns`,
    },
    x: { label: 'pellets simulated', domain: [1, budget] },
    y: { label: 'σ / S cm⁻¹', scale: 'log', domain: [1e-4, 1.25 * 10 ** Math.max(...values)] },
    key: contestants.map(([, label, colour]) => ({ label, colour })),
    marks: quartileMarks(contestants, (name) => raised(quartiles(curves[name]))),
  });
  const [one] = played['gp-swarm'];
  const [low, high] = [-5, -3];
  const grid = range(16).flatMap((i) =>
    range(14).map((k) => ({ temperature: 862.5 + 25 * i, dopant: 0.6 * ((k + 0.5) / 14) })),
  );
  const map = plot({
    ...{
      width: 460,
      height: 420,
      title: 'What the simulator knows',
      note: `σ at the best time and pressure (${best.time.toFixed(1)} h, ${best.pressure.toFixed(0)} MPa); dots: one campaign`,
    },
    x: { label: 'sintering temperature / °C', domain: [850, 1250] },
    y: { label: 'dopant', domain: [0, 0.6] },
    key: [
      { label: 'initial', colour: colours.ink, shape: 'ring' },
      { label: 'proposed', colour: colours.red, shape: 'dot' },
    ],
    marks: [
      cells(
        grid.map((point) => [
          point.temperature,
          point.dopant,
          ordered((log10(simulate({ ...best, ...point })) - low) / (high - low)),
        ]),
        { size: [25, 0.6 / 14], gap: -0.4 },
      ),
      dots(
        one.filter(({ origin }) => origin === 'model').map(({ point }) => [point.temperature, point.dopant]),
        { colour: colours.red, r: 4.5, opacity: 1 },
      ),
      dots(
        one
          .filter(({ origin }) => origin === 'initial')
          .map(({ point }) => [point.temperature, point.dopant]),
        { colour: colours.ink, ring: true, r: 4 },
      ),
    ],
  });
  return figure({
    title: 'A simulator is a station',
    says: 'Sintering of a doped electrolyte: a network of grains, boundaries and pores, solved for its conductivity. Brighter is better, from 10⁻⁵ to 10⁻³ S/cm.',
    rows: [[chart, map]],
  });
}
