/** The protocol of design/bench.md, and a tiny one that only keeps the bench alive. */
export const full = {
  name: 'full',
  withPeers: true,
  initial: 5,
  batch: 1,
  budget: 60,
  seeds: 50,
  points: {},
  objectives: { points: 2000, steps: 50, seeds: 10 },
  batches: { size: 8, seeds: 20 },
  failures: {
    pools: ['hartmann6', 'crossed_barrel', 'oer_plate_3860', 'direct_arylation'],
    seeds: 10,
    learning: 30,
    budget: 65,
  },
  speed: {
    sizes: [50, 200, 1000, 2000],
    rounds: (n) => (n <= 200 ? 7 : n <= 1000 ? 3 : 1),
    before: 10,
    million: { candidates: 1_000_000, n: 200 },
  },
};

export const smoke = {
  name: 'smoke',
  withPeers: false,
  initial: 5,
  batch: 1,
  budget: 9,
  seeds: 2,
  points: { rows: 40 },
  pools: ['branin', 'blend_noisy'],
  objectives: { points: 40, steps: 5 },
  batches: { size: 2, seeds: 1 },
  failures: { pools: ['branin'], seeds: 1, learning: 2, budget: 9 },
  speed: { sizes: [50], rounds: () => 1, before: 1, million: { candidates: 3000, n: 10 } },
};
