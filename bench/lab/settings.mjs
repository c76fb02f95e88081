/** How much is asked for, and what is wanted of it. A smoke run only shows that the bench is alive. */
export const settingsFor = ({ smoke }) => ({
  claims: smoke
    ? { stations: 10, experiments: 40, warmUp: 10 }
    : { stations: 100, experiments: 1000, warmUp: 500 },
  submits: smoke
    ? { stations: 4, perSecond: 40, seconds: 2, burst: 40 }
    : { stations: 20, perSecond: 210, seconds: 30, burst: 2000 },
  depth: smoke
    ? { stations: 2, short: 20, deep: 200, rounds: 2, claims: 10 }
    : { stations: 10, short: 200, deep: 10_000, rounds: 10, claims: 100 },
});

export const wanted = {
  claimP99: 250,
  submitsPerSecond: 200,
  submitP99: 150,
  depthRatio: 2,
};
