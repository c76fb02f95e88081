import { exp, fromRows, Philox } from '@ionloop/linalg';
import { gaussianProcess, withPreparedInputs } from '@ionloop/surrogates';
import { plan } from '@ionloop/planner';
import { figure } from '../support/figure.mjs';
import { band, dots, line, rule } from '../support/marks.mjs';
import { colours } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { mean, quantile, range, rounded } from '../support/statistics.mjs';
import { days, ends, foretold, logLife, protocols, spread } from './cells.mjs';

const channels = 48;
const byId = new Map(protocols.map((one) => [one.id, one]));
const best = Math.max(...protocols.map(logLife));
const space = {
  parameters: [
    {
      ...{ kind: 'pool', name: 'protocol', features: ['CC1', 'CC2', 'CC3', 'CC4'] },
      candidates: protocols.map(({ id, currents }) => ({ id, values: currents })),
    },
  ],
};
const X = fromRows(protocols.map(({ currents }) => currents));

/** Rounds of 48 cells at a time; `measure` says what a cell is known by when its channel is free again. Answers what is recommended after each round. */
function campaign({ seed, strategy, rounds, measure, sd, daysEach }) {
  const observations = [];
  const recommended = [];
  const rng = Philox.fromSeed(`attia ${seed}`);
  for (let round = 0; round < rounds; round++) {
    const { proposals } = plan({
      ...{ space, objectives: [{ property: 'cycle_life', goal: 'maximise', transform: 'none', unit: '' }] },
      // The same protocol may stand in several channels, later on.
      strategy: { name: strategy, initial: channels, replicates: 3 },
      seed: `attia ${seed} round ${round}`,
      ...{ count: channels, experimentsSoFar: round * channels, observations, failures: [], pending: [] },
    });
    proposals.forEach(({ point }, k) => {
      const value = measure(byId.get(point.protocol), rng.split(`cell ${round} ${k}`));
      observations.push({ point, values: [value], variances: [sd * sd] });
    });
    const choice = believedBest(observations, rng.split(`model ${round}`));
    recommended.push({ day: (round + 1) * daysEach, id: choice.id, life: logLife(choice) });
  }
  return { recommended, observations };
}

/** The protocol of the highest posterior mean. */
function believedBest(observations, rng) {
  const model = withPreparedInputs(gaussianProcess(), 'unit cube').fit(
    {
      X: fromRows(observations.map(({ point }) => byId.get(point.protocol).currents)),
      y: Float64Array.from(observations, ({ values: [value] }) => value),
      noise: Float64Array.from(observations, ({ variances: [variance] }) => variance),
    },
    rng,
  );
  const { mean: believed } = model.predict(X);
  return protocols[range(protocols.length).reduce((a, b) => (believed[b] > believed[a] ? b : a))];
}

const cycles = exp;

export default function run({ small }) {
  const seeds = small ? 2 : 12;
  const rounds = 4;
  const contestants = [
    {
      name: 'early',
      label: 'early outcomes, upper bound with pure exploration',
      colour: colours.blue,
      strategy: 'gp-ucb-pe',
      rounds,
      measure: foretold,
      sd: spread.early,
      daysEach: days.early,
    },
    {
      name: 'random',
      label: 'early outcomes, random',
      colour: colours.orange,
      strategy: 'random',
      rounds,
      measure: foretold,
      sd: spread.early,
      daysEach: days.early,
    },
    {
      name: 'ends',
      label: 'cells run to their ends',
      colour: colours.purple,
      strategy: 'gp-ucb-pe',
      rounds: small ? 1 : rounds,
      measure: ends,
      sd: spread.end,
      daysEach: days.end,
    },
  ];
  const played = contestants.map((one) => ({
    ...one,
    runs: range(seeds).map((seed) => campaign({ ...one, seed })),
  }));
  const share = ({ runs }, round) =>
    mean(runs.map(({ recommended }) => cycles(recommended[round].life - best)));
  const [early, random, full] = played;
  const percent = (value) => `${(100 * value).toFixed(1)} %`;
  const rank = (life) => 1 + protocols.filter((one) => logLife(one) > life + 1e-12).length;
  const ranks = early.runs.map(({ recommended }) => rank(recommended.at(-1).life));
  const lastDay = early.runs[0].recommended.at(-1).day;
  return {
    line: `224 charging protocols, 48 cells at a time: after ${lastDay} days of early outcomes the recommended one lives ${percent(share(early, rounds - 1))} of the best (paper: 16 days instead of 500); cells run to their ends have told ${full.runs[0].recommended[0].day} days later what the first round says.`,
    outcome: `Four rounds of ${channels} cells with the outcome foretold after 100 cycles take ${lastDay} days. The protocol that the model then recommends lives ${percent(share(early, rounds - 1))} of the cycles of the best one in the mean of ${seeds} campaigns (rank ${quantile(ranks, 0.5)} of ${protocols.length} in the median); after the first round, at day ${days.early}, it is ${percent(share(early, 0))}. Random cells: ${percent(share(random, rounds - 1))}. Running every cell to its end takes ${days.end} days a round: ${percent(share(full, 0))} at day ${days.end}${small ? '' : `, ${percent(share(full, rounds - 1))} at day ${rounds * days.end}`}. The paper found its protocols in 16 days, where testing all without early prediction would have taken more than 500.`,
    picture: draw({ played, early }),
    result: {
      ...{ protocols: protocols.length, seeds, channels },
      shareOfBestLife: Object.fromEntries(
        played.map((one) => [
          one.name,
          one.runs[0].recommended.map(({ day }, round) => ({ day, share: rounded(share(one, round)) })),
        ]),
      ),
      rankMedian: quantile(ranks, 0.5),
    },
  };
}

function draw({ played, early }) {
  const chart = plot({
    ...{
      width: 500,
      height: 400,
      title: 'What is recommended, by the day',
      note: `Mean and quartiles of ${early.runs.length} campaigns`,
    },
    x: { label: 'days', scale: 'log', domain: [3.5, 200], ticks: [4, 8, 16, 40, 80, 160] },
    y: { label: 'life of the recommended, share of the best / %', domain: [90, 100.3] },
    key: played.map(({ label, colour }) => ({ label, colour })),
    marks: played.toReversed().flatMap(({ runs, colour }) => {
      const rows = runs[0].recommended.map(({ day }, round) => [
        day,
        runs.map(({ recommended }) => 100 * cycles(recommended[round].life - best)),
      ]);
      return [
        band(
          rows.map(([day, values]) => [day, quantile(values, 0.25), quantile(values, 0.75)]),
          { colour, opacity: 0.12 },
        ),
        line(
          rows.map(([day, values]) => [day, mean(values)]),
          { colour },
        ),
        dots(
          rows.map(([day, values]) => [day, mean(values)]),
          { colour, r: 5 },
        ),
      ];
    }),
  });
  const [one] = early.runs;
  const order = protocols.toSorted((a, b) => logLife(a) - logLife(b)).map(({ id }) => id);
  const rounds = 4;
  const inks = [colours.line, colours.sky, colours.blue, colours.red];
  const cellsOf = plot({
    ...{
      width: 450,
      height: 400,
      title: 'One campaign',
      note: 'Each dot is a cell; protocols from the worst to the best',
    },
    x: { label: 'protocol, by its true life', domain: [0, protocols.length] },
    y: { label: 'cycles foretold', domain: [cycles(5.7), cycles(7.5)] },
    key: range(rounds).map((round) => ({ label: `round ${round + 1}`, colour: inks[round], shape: 'dot' })),
    marks: [
      line(
        order.map((id, i) => [i, cycles(logLife(byId.get(id)))]),
        { colour: colours.ink, width: 1.5 },
      ),
      dots(
        one.observations.map(({ point, values: [value] }, i) => [
          order.indexOf(point.protocol),
          cycles(value),
          { colour: inks[Math.floor(i / channels)] },
        ]),
        { r: 3.6 },
      ),
      rule({ y: cycles(best), label: 'best there is', side: 'start' }),
    ],
  });
  return figure({
    title: 'Charging protocols by early outcomes, forty-eight at a time',
    says: 'Ten-minute charging in four steps (synthetic lives). A hundred cycles foretell a life badly and soon; the model weighs such results by their errors.',
    rows: [[chart, cellsOf]],
  });
}
