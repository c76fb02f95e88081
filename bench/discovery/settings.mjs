/** The protocol of design/bench.md, and a tiny one that only keeps the bench alive. */
export const full = {
  name: 'full',
  withPeers: true,
  initial: 5,
  batch: 1,
  budget: 60,
  seeds: 50,
  points: {},
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
};
