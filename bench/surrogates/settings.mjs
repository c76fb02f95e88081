/** Sizes and patience: for a report, and tiny ones that only keep the bench alive. */
export const full = {
  name: 'full',
  withPeers: true,
  rounds: 3,
  forest: { n: 500, d: 20, trees: 500, predict: 100_000, sets: 10 },
  boosting: { n: 20_000, d: 50, rounds: 100 },
  process: { d: 6, predict: 10_000, sizes: [50, 200, 500, 1000, 2000], peerUpTo: 500, botorchUpTo: 2000 },
  ensemble: { n: 120, d: 6, epochs: 500 },
  tables: { rows: 300 },
};

export const smoke = {
  name: 'smoke',
  withPeers: false,
  rounds: 1,
  forest: { n: 60, d: 5, trees: 10, predict: 200, sets: 1 },
  boosting: { n: 200, d: 5, rounds: 5 },
  process: { d: 2, predict: 50, sizes: [20], peerUpTo: 0, botorchUpTo: 0 },
  ensemble: { n: 20, d: 2, epochs: 20 },
  tables: null,
};
