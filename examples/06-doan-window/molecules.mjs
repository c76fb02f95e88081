/**
 * 1400 synthetic molecules in the shape of the paper's homobenzylic ethers: a ring with four places for substituents and a linker. Each has 60 descriptors,
 * which are fingerprints of what stands where with physical estimates, all of them correlated; its oxidation potential follows Hammett constants with an interaction and a scatter that no descriptor tells.
 */
import { Philox } from '@ionloop/linalg';

/** σp of Hammett and a bulk. */
const substituents = [
  { name: 'H', hammett: 0, bulk: 0 },
  { name: 'Me', hammett: -0.17, bulk: 0.5 },
  { name: 'OMe', hammett: -0.27, bulk: 0.6 },
  { name: 'NMe2', hammett: -0.83, bulk: 0.9 },
  { name: 'F', hammett: 0.06, bulk: 0.2 },
  { name: 'Cl', hammett: 0.23, bulk: 0.5 },
  { name: 'CF3', hammett: 0.54, bulk: 0.9 },
  { name: 'CN', hammett: 0.66, bulk: 0.6 },
  { name: 'NO2', hammett: 0.78, bulk: 0.8 },
  { name: 'tBu', hammett: -0.2, bulk: 1.3 },
];
const linkers = [
  { name: 'CH2', length: 1 },
  { name: 'C2H4', length: 2 },
  { name: 'CHMe', length: 1.4 },
  { name: 'CMe2', length: 1.7 },
];
const places = ['para', 'meta', 'ortho', 'tail'];
const weights = [0.42, 0.3, 0.26, 0.1];

export function molecules(count = 1400, seed = 'doan') {
  const rng = Philox.fromSeed(seed);
  const seen = new Set();
  const made = [];
  while (made.length < count) {
    const at = places.map(() => rng.integer(substituents.length));
    const link = rng.integer(linkers.length);
    const id = [...at.map((k, p) => `${places[p]}-${substituents[k].name}`), linkers[link].name].join(' ');
    if (seen.has(id)) continue;
    seen.add(id);
    made.push({ id, at, link });
  }
  // What descriptors mix: each is a blend of the same few causes with its own error.
  const blends = Array.from({ length: 60 }, () => Array.from({ length: 10 }, () => rng.normal()));
  return made.map(({ id, at, link }) => {
    const own = rng.split(id);
    const chosen = at.map((k) => substituents[k]);
    const causes = [
      ...chosen.map(({ hammett }) => 2 * hammett),
      ...chosen.map(({ bulk }) => bulk),
      linkers[link].length,
      Math.abs(chosen[0].hammett - chosen[2].hammett),
    ];
    const potential =
      2.05 +
      chosen.reduce((sum, { hammett }, p) => sum + weights[p] * hammett, 0) +
      0.35 * chosen[0].hammett * chosen[2].hammett -
      0.08 * (linkers[link].length - 1) +
      0.06 * (chosen[2].bulk * linkers[link].length - 0.8) +
      0.05 * own.normal();
    const values = blends.map(
      (blend) => blend.reduce((sum, weight, c) => sum + weight * causes[c], 0) + 0.3 * own.normal(),
    );
    return { id, values, potential };
  });
}
