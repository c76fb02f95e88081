/** What must be reached. `--check` fails for each thing that falls short. */
export const bounds = {
  cholesky: {
    /** Of the ceiling, at least. */
    share: 0.75,
    /** Times OpenBLAS, at most, by n. */
    overOpenBlas: new Map([[500, 2.2]]),
  },
  likelihood: {
    overNumpy: (n) => (n <= 200 ? 0.6 : n <= 1000 ? 1.1 : 1.6),
    overScikit: (n) => (n <= 500 ? 0.2 : n >= 2000 ? 0.5 : undefined),
  },
  posterior: { overNumpy: 1.1, twoWorkersOverNumpy: 0.55 },
  /** Of a factorisation. */
  append: 0.02,
  /** Times a warm call. */
  firstCall: 2,
  megabytes: 500,
  /** Greatest difference over the greatest number. */
  difference: { factor: 1e-10, likelihood: 1e-9, gradient: 1e-6, posterior: 1e-8 },
};

/** One thing that was to be reached: a value and its limit, or why there is no value. */
export function atMost(what, value, limit, format) {
  return { what, value, limit, sign: '≤', passed: value <= limit, format };
}

export function atLeast(what, value, limit, format) {
  return { what, value, limit, sign: '≥', passed: value >= limit, format };
}

export function notMeasured(what, reason) {
  return { what, passed: false, reason };
}
