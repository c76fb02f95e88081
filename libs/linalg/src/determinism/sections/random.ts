import { latinHypercube } from '../../random/latinHypercube.js';
import { Philox, philox4x32 } from '../../random/philox.js';
import { sobol } from '../../random/sobol.js';
import type { Sections } from '../sections.js';

const stream = () => Philox.fromSeed('determinism');
const draws = (count: number, draw: () => number) => Float64Array.from({ length: count }, draw);

export const random: Sections = {
  'Philox: words': () => [
    philox4x32([0, 0, 0, 0], [0, 0]),
    philox4x32([0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff]),
    philox4x32([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0]),
  ],
  'Philox: uniform': () => {
    const rng = stream();
    return draws(10_000, () => rng.uniform());
  },
  'Philox: normal': () => stream().normals(10_000),
  'Philox: exponential': () => {
    const rng = stream();
    return draws(5000, () => rng.exponential());
  },
  'Philox: gamma, beta, t': () => {
    const rng = stream();
    return [
      draws(1000, () => rng.gamma(0.3, 2)),
      draws(1000, () => rng.gamma(4.5)),
      draws(1000, () => rng.beta(0.5, 1.5)),
      draws(1000, () => rng.studentT(3)),
    ];
  },
  'Philox: choices': () => {
    const rng = stream();
    const weights = draws(200, () => rng.uniform());
    return [
      draws(1000, () => rng.integer(1000)),
      rng.permutation(500),
      rng.choose(1e9, 50),
      rng.chooseWeighted(weights, 40),
    ];
  },
  'Philox: split': () => {
    const labels = ['', 'a', 'fit', 'restart 17', 'Σ of many'];
    return labels.map((label) => stream().split(label).split('x').normals(50));
  },
  'Philox: seeds': () => [0, 7, '7', 2n ** 64n - 1n].map((seed) => Philox.fromSeed(seed).normals(20)),
  Sobol: () => [sobol(5, 1000), sobol(2000, 9)],
  'Sobol, scrambled': () => [sobol(5, 1000, { seed: 'determinism' }), sobol(300, 33, { seed: 12n })],
  'Latin hypercube': () => latinHypercube(7, 500, stream()),
};
