import { openSpace } from '@ionloop/space';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromModelScale, play, readCampaign } from '../support/campaign.mjs';
import { figure } from '../support/figure.mjs';
import { band, line, rule } from '../support/marks.mjs';
import { colours, ordered } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { bestSoFar, mean, median, quartiles, range, rounded } from '../support/statistics.mjs';
import { ternary } from '../support/ternary.mjs';
import { crystallises, noise, truth } from './lab.mjs';
import { recorded } from './record.mjs';

const components = ['Li3PO4', 'Li3BO3', 'Li2SO4'];
const contestants = [
  ['told', 'failures are told', colours.blue, false],
  ['untold', 'failures are kept quiet', colours.orange, true],
];
const measure = (point, { rng }) =>
  crystallises(point)
    ? { failed: true }
    : { values: [truth(point) * fromModelScale(noise * rng.normal(), 'log10')] };

export default async function run({ small, folder }) {
  const file = join(folder, 'campaign.json');
  const campaign = readCampaign(file);
  const seeds = small ? 2 : 8;
  const budget = small ? 20 : campaign.budget;
  const possible = Math.max(
    ...openSpace(campaign.space)
      .enumerate()
      .filter((point) => !crystallises(point))
      .map(truth),
  );
  const played = Object.fromEntries(
    contestants.map(([name, , , blind]) => [
      name,
      range(seeds).map((seed) =>
        play(campaign, { measure, seed: `fair ${seed}`, budget, parallel: 1, blind }),
      ),
    ]),
  );
  const failedShare = (name) =>
    mean(
      played[name]
        .flatMap((done) => done.slice(campaign.strategy.initial))
        .map(({ failed }) => (failed ? 1 : 0)),
    );
  const curves = Object.fromEntries(
    contestants.map(([name]) => [
      name,
      played[name].map((done) => bestSoFar(done.map(({ point, failed }) => (failed ? 1e-8 : truth(point))))),
    ]),
  );
  const final = (name) => median(curves[name].map((curve) => curve.at(-1)));
  const { document, csv, verdict } = await recorded({
    ...JSON.parse(readFileSync(file, 'utf8')),
    budget: small ? 12 : 30,
  });
  const nodes = document['@graph'];
  const states = countBy(
    nodes.filter(({ '@id': id }) => String(id).startsWith('loop:experiment/')).map(({ state }) => state),
  );
  const quantities = nodes.filter((node) => [node['@type']].flat().includes('qudt:Quantity'));
  const identical = verdict.plans.filter((one) => one.identical).length;
  const experiments = Object.values(states).reduce((a, b) => a + b, 0);
  const share = (value) => `${Math.round(100 * value)} %`;
  return {
    line: `Failures that are told: ${share(failedShare('told'))} of proposals crystallise instead of ${share(failedShare('untold'))}. The record of ${experiments} experiments, ${states.failed_sample ?? 0} of them failed, exports as linked data and is proved: ${identical} of ${verdict.plans.length} plans recomputed to the byte.`,
    outcome: `After the initial design ${share(failedShare('told'))} of what is proposed crystallises where failures are told to the planner, ${share(failedShare('untold'))} where they are kept quiet (means of ${seeds} campaigns of ${budget}); the best glass has ${final('told').toExponential(2)} and ${final('untold').toExponential(2)} S/cm in the median, the best that forms ${possible.toExponential(2)}. The recorded campaign has ${experiments} experiments: ${Object.entries(
      states,
    )
      .map(([state, count]) => `${count} ${state.replaceAll('_', ' ')}`)
      .join(
        ', ',
      )}. Its linked data are ${nodes.length} nodes in the words of PROV, schema.org, QUDT and EMMO, with ${quantities.length} quantities that have units, and every failure is among them; the table has ${csv.trim().split('\n').length - 1} rows. \`verifyCampaign\` follows ${verdict.events} chained events and recomputes ${identical} of ${verdict.plans.length} plans to the byte.`,
    picture: draw({ campaign, played, curves, possible, seeds, budget }),
    result: {
      ...{ seeds, budget, possible: rounded(possible) },
      failedShareAfterInitial: Object.fromEntries(
        contestants.map(([name]) => [name, rounded(failedShare(name), 3)]),
      ),
      finalMedian: Object.fromEntries(contestants.map(([name]) => [name, rounded(final(name))])),
      record: {
        experiments: states,
        nodes: nodes.length,
        quantities: quantities.length,
        events: verdict.events,
        ok: verdict.ok,
        plans: verdict.plans.length,
        identical,
      },
    },
  };
}

function countBy(names) {
  const counts = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** Below 0: no glass. */
const shade = (t) => (t < 0 ? '#c9ced4' : ordered(t));

function draw({ campaign, played, curves, possible, seeds, budget }) {
  const [low, high] = [-7, Math.log10(5e-4)];
  const parts = ({ composition }) => components.map((name) => composition[name]);
  const field = openSpace(campaign.space)
    .enumerate()
    .map((point) => [
      parts(point),
      crystallises(point) ? -1 : (Math.log10(truth(point)) - low) / (high - low),
    ]);
  const maps = contestants.map(([name, label]) =>
    ternary({
      ...{
        width: 400,
        height: 370,
        title: label,
        names: ['Li₃PO₄', 'Li₃BO₃', 'Li₂SO₄'],
        step: 0.02,
        field,
        colour: shade,
      },
      points: played[name][0].map(({ point, failed }) => [
        parts(point),
        failed ? { r: 4.2, fill: colours.red, stroke: '#ffffff' } : { r: 4.2 },
      ]),
    }),
  );
  const key = contestants.map(([, label, colour]) => ({ label, colour }));
  const failures = plot({
    ...{ width: 400, height: 320, title: 'Samples lost', note: `Mean of ${seeds} campaigns` },
    x: { label: 'experiments', domain: [1, budget] },
    y: {
      label: 'failed so far',
      domain: [
        0,
        1.1 *
          Math.max(
            ...contestants.map(([name]) =>
              mean(played[name].map((done) => done.filter(({ failed }) => failed).length)),
            ),
          ),
      ],
    },
    key,
    marks: contestants.map(([name, , colour]) =>
      line(
        range(budget).map((k) => [
          k + 1,
          mean(played[name].map((done) => done.slice(0, k + 1).filter(({ failed }) => failed).length)),
        ]),
        { colour },
      ),
    ),
  });
  const best = plot({
    ...{ width: 400, height: 320, title: 'Best glass so far', note: 'Median and quartiles' },
    x: { label: 'experiments', domain: [1, budget] },
    y: { label: 'σ at 300 °C / S cm⁻¹', scale: 'log', domain: [1e-6, 1e-3] },
    key,
    marks: [
      rule({ y: possible, label: 'best that forms' }),
      ...contestants.toReversed().flatMap(([name, , colour]) => {
        const rows = quartiles(curves[name]);
        return [
          band(
            rows.map(([at, a, , b]) => [at, a, b]),
            { colour, opacity: 0.12 },
          ),
          line(
            rows.map(([at, , m]) => [at, m]),
            { colour, step: true },
          ),
        ];
      }),
    ],
  });
  return figure({
    title: 'Negative results are results',
    says: 'Grey: melts that crystallise, which nobody knows beforehand. Red: samples lost; white: glasses measured. Brighter is better.',
    rows: [maps, [failures, best]],
  });
}
