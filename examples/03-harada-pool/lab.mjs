/**
 * The 49 candidates Li1+x+2yZr2−x−yYxCay(PO4)3 and what a furnace would make of them. `node examples/03-harada-pool/lab.mjs` writes both campaign files.
 * Conductivity peaks where a little yttrium opens the rhombohedral structure; calcium in excess sinters well and conducts badly, so the two objectives disagree.
 */
import { exp, Philox } from '@ionloop/linalg';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const steps = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

const digits = (value) => String(Number(value.toFixed(2)));
const formulaOf = (x, y) =>
  [
    `Li${digits(1 + x + 2 * y)}`,
    `Zr${digits(2 - x - y)}`,
    x > 0 && `Y${digits(x)}`,
    y > 0 && `Ca${digits(y)}`,
    '(PO4)3',
  ]
    .filter(Boolean)
    .join('');

export const candidates = steps.flatMap((x) => steps.map((y) => ({ id: formulaOf(x, y), x, y })));

const bell = (x, y, [cx, cy], [wx, wy]) =>
  exp(-((x - cx) ** 2) / (2 * wx * wx) - (y - cy) ** 2 / (2 * wy * wy));

/** What no model of x and y can know: how each pellet turned out, the same for every campaign. */
const rough = new Map(
  candidates.map(({ id }) => {
    const rng = Philox.fromSeed(`nasicon ${id}`);
    return [id, { sigma: 0.06 * rng.normal(), density: 0.4 * rng.normal() }];
  }),
);

/** log10 of σ at 30 °C in S/cm. */
export const logSigma = ({ id, x, y }) =>
  -6.1 +
  1.7 * bell(x, y, [0.12, 0.06], [0.06, 0.05]) +
  0.9 * bell(x, y, [0.26, 0.2], [0.06, 0.07]) -
  2 * Math.max(0, x + y - 0.45) +
  rough.get(id).sigma;

/** In percent. */
export const density = ({ id, x, y }) =>
  77 + 17 * (1 - exp(-(0.4 * x + 1.6 * y) / 0.2)) - 20 * Math.max(0, x + y - 0.5) + rough.get(id).density;

export const noise = { sigma: 0.05, density: 0.4 };

const sigmaObjective = {
  property: 'ionic_conductivity',
  goal: 'maximise',
  transform: 'log10',
  unit: 'S/cm',
  temperatureC: 30,
};
const densityObjective = { property: 'relative_density', goal: 'maximise', transform: 'none', unit: '%' };
const space = {
  parameters: [
    {
      kind: 'pool',
      name: 'formula',
      features: ['x', 'y'],
      candidates: candidates.map(({ id, x, y }) => ({ id, values: [x, y] })),
    },
  ],
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const write = (name, rest) =>
    writeFileSync(new URL(name, import.meta.url), `${JSON.stringify({ space, ...rest }, null, 2)}\n`);
  write('campaign.json', {
    objective: sigmaObjective,
    strategy: 'auto',
    initial: 4,
    budget: 49,
    parallel: 1,
  });
  write('two-objectives.json', {
    objectives: [sigmaObjective, densityObjective],
    strategy: 'hypervolume',
    initial: 5,
    budget: 30,
    parallel: 1,
  });
}
