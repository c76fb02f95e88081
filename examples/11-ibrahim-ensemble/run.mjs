import { fromRows, Philox } from '@ionloop/linalg';
import { catalogue, entryNamed, metricsOf, recalibrated, withPreparedInputs } from '@ionloop/surrogates';
import { loadDeepEnsemble } from '@ionloop/surrogates/deep-ensemble';
import { figure } from '../support/figure.mjs';
import { band, dots, line, lying } from '../support/marks.mjs';
import { colours, series } from '../support/palette.mjs';
import { plot } from '../support/plot.mjs';
import { range, rounded } from '../support/statistics.mjs';
import { celsius, features, films, logSigma } from './polymers.mjs';

const heldOut = 12;

export default async function run({ small }) {
  const all = films(small ? 24 : 48);
  const [known, unseen] = [all.slice(heldOut), all.slice(0, heldOut)];
  const epochs = small ? 60 : 200;
  const { deepEnsemble, neuralNetwork } = await loadDeepEnsemble('portable');
  const ensembleOf = () => deepEnsemble({ epochs, ...(small && { members: 3 }) });
  // Bands are widened by what films say that were left out whole: rows of one film resemble each other.
  const factories = [
    ['deep ensemble, recalibrated', recalibrated(ensembleOf(), 'coverage', { folds: small ? 3 : 5 })],
    ['deep ensemble', ensembleOf()],
    ['one network', neuralNetwork({ epochs })],
    ['Gaussian process', entryNamed('gp', catalogue).make()],
    ['linear', entryNamed('linear', catalogue).make()],
  ];
  const rowsOf = (list) =>
    list.flatMap(({ film, rows }, group) =>
      rows.map((row) => ({ x: features(film, row.celsius), y: row.logSigma, group })),
    );
  const training = rowsOf(known);
  const testing = rowsOf(unseen);
  const data = {
    X: fromRows(training.map(({ x }) => x)),
    y: Float64Array.from(training, ({ y }) => y),
    groups: Int32Array.from(training, ({ group }) => group),
  };
  const at = fromRows(testing.map(({ x }) => x));
  const actual = testing.map(({ y }) => y);
  const judged = factories.map(([name, factory]) => {
    const model = withPreparedInputs(factory, name === 'Gaussian process' ? 'unit cube' : 'any').fit(
      data,
      Philox.fromSeed('ibrahim'),
    );
    const { mean, variance } = model.predict(at);
    const { noiseVariance = 0 } = model.diagnostics();
    const metrics = metricsOf({
      mean: [...mean],
      variance: [...variance].map((value) => value + noiseVariance),
      actual,
    });
    return { name, model, noiseVariance, metrics };
  });
  const [ensemble, plain] = judged;
  const linear = judged.at(-1);
  return {
    line: `σ of films that were never made, over temperature: a deep ensemble is off by ${ensemble.metrics.mae.toFixed(2)} decades, and its 95 % bands hold ${Math.round(100 * ensemble.metrics.coverage95)} % of the measurements (${Math.round(100 * plain.metrics.coverage95)} % before they are recalibrated on films left out whole).`,
    outcome: `${known.length} films teach, ${unseen.length} others judge, ${celsius.length} temperatures each. ${judged.map(({ name, metrics }) => `${name}: off by ${metrics.mae.toFixed(3)} decades, ${Math.round(100 * metrics.coverage80)} % inside the 80 % band and ${Math.round(100 * metrics.coverage95)} % inside the 95 % band`).join('; ')}. A film made again differs by 0.08 decades, a measurement by 0.05, so that nothing can be closer than about 0.08. The papers report correlations above 0.99 between their Bayesian networks and measurements; R² of the ensemble on unseen films is ${ensemble.metrics.r2.toFixed(3)}, of the line ${linear.metrics.r2.toFixed(3)}.`,
    picture: draw({ ensemble, unseen, judged }),
    result: {
      films: { known: known.length, unseen: unseen.length },
      models: judged.map(({ name, metrics }) => ({
        name,
        maeDecades: rounded(metrics.mae, 3),
        r2: rounded(metrics.r2),
        coverage80: rounded(metrics.coverage80, 3),
        coverage95: rounded(metrics.coverage95, 3),
      })),
    },
  };
}

function draw({ ensemble, unseen, judged }) {
  const shown = unseen.slice(0, 5).toSorted((a, b) => logSigma(b.film, 60) - logSigma(a.film, 60));
  const grid = range(31).map((k) => 25 + 2.5 * k);
  const curves = plot({
    ...{
      width: 560,
      height: 460,
      title: 'Five films that the model has not seen',
      note: 'Line and band: deep ensemble with 95 %; dots: measured',
    },
    x: { label: '1000 K / T', domain: [2.66, 3.38] },
    y: { label: 'σ / S cm⁻¹', scale: 'log', domain: [1e-8, 3e-3] },
    key: shown.map(({ film }, i) => ({
      label: `${film.salt.toFixed(0)} LiPF₆, ${film.carbonate.toFixed(0)} EC, ${film.tubes.toFixed(0)} CNT`,
      colour: series[i],
    })),
    marks: shown.flatMap(({ film, rows }, i) => {
      const { mean, variance } = ensemble.model.predict(fromRows(grid.map((c) => features(film, c))));
      const places = grid.map((c) => 1000 / (c + 273.15));
      const half = (k) => 1.96 * Math.sqrt(variance[k] + ensemble.noiseVariance);
      return [
        band(
          places.map((x, k) => [x, 10 ** (mean[k] - half(k)), 10 ** (mean[k] + half(k))]),
          { colour: series[i], opacity: 0.13 },
        ),
        line(
          places.map((x, k) => [x, 10 ** mean[k]]),
          { colour: series[i] },
        ),
        dots(
          rows.map((row) => [1000 / (row.celsius + 273.15), 10 ** row.logSigma]),
          { colour: series[i], r: 3.8 },
        ),
      ];
    }),
  });
  const names = judged.map(({ name }) => name);
  const bars = plot({
    ...{ width: 430, height: 220, title: 'How far off on unseen films', margin: { left: 186, right: 56 } },
    x: {
      label: 'mean error / decades',
      domain: [0, 1.05 * Math.max(...judged.map(({ metrics }) => metrics.mae))],
    },
    y: { scale: 'band', domain: names },
    marks: [
      lying(
        judged.map(({ name, metrics }, i) => [
          name,
          metrics.mae,
          { text: metrics.mae.toFixed(3), colour: i === 0 ? colours.blue : colours.sky },
        ]),
      ),
    ],
  });
  const levels = [50, 80, 95];
  const calibration = plot({
    ...{ width: 430, height: 240, title: 'What the bands hold' },
    x: { label: 'band / %', domain: [40, 100], ticks: levels },
    y: { label: 'measurements inside / %', domain: [0, 102] },
    key: names.map((label, i) => ({ label, colour: series[i], shape: 'dot' })),
    marks: [
      line(
        [
          [40, 40],
          [100, 100],
        ],
        { colour: colours.grey, dash: '5 5', width: 1.3 },
      ),
      ...judged.map(({ metrics }, i) =>
        dots(
          [
            [50, 100 * metrics.coverage50],
            [80, 100 * metrics.coverage80],
            [95, 100 * metrics.coverage95],
          ],
          { colour: series[i], r: 5 },
        ),
      ),
    ],
  });
  const stacked = {
    svg: `${bars.svg}<g transform="translate(0 222)">${calibration.svg}</g>`,
    width: 430,
    height: 462,
  };
  return figure({
    title: 'Composition and temperature by an ensemble of networks',
    says: 'PEO with a salt, a carbonate and nanotubes (synthetic films): networks that disagree say where they do not know.',
    rows: [[curves, stacked]],
  });
}
