/** Sizes and patience: for a report, and tiny ones that only keep the bench alive. */
export const full = {
  name: 'full',
  withPeers: true,
  cholesky: [200, 500, 1000],
  likelihood: [50, 100, 200, 500, 1000, 2000],
  posterior: { n: 200, m: 100_000, turns: { rounds: 9, warmUp: 1, turn: 0.02 } },
  append: { n: 1000, rows: 32 },
  cold: { n: 1000, processes: 7 },
  memory: { n: 2000, m: 100_000, processes: 3 },
  ceilings: 60,
  turns: (n) => ({ rounds: n >= 2000 ? 9 : n >= 1000 ? 15 : 25, warmUp: 1, turn: 0.02 }),
};

export const smoke = {
  name: 'smoke',
  withPeers: false,
  cholesky: [24],
  likelihood: [18, 40],
  posterior: { n: 20, m: 300, turns: { rounds: 2, warmUp: 0.01, turn: 0.002 } },
  append: { n: 30, rows: 3 },
  cold: { n: 30, processes: 1 },
  memory: { n: 40, m: 300, processes: 1 },
  ceilings: 3,
  turns: () => ({ rounds: 2, warmUp: 0.01, turn: 0.002 }),
};
