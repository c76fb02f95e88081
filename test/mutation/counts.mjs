/**
 * Which mutant is on, and how often each place was passed. Stryker keeps both in objects, by words, which makes
 * numerical code seven times slower than it is, in each run of each mutant; these are tables of numbers.
 */
const most = 1 << 17;
const active = new Int32Array([-1]);
const passed = new Float64Array(most);
const limit = { hits: 0, most: Infinity };

globalThis.ionloopMutants = {
  active,
  passed,
  on() {
    if (++limit.hits > limit.most) throw new Error(`passed more than ${limit.most} times`);
    return true;
  },
};

const head =
  '"use strict";const { active: mutantNow, passed: mutantsPassed, on: mutantOn } = globalThis.ionloopMutants;';

/** A compiled file of Stryker's with its questions and counters put to the tables; any other as it is. */
export function counted(code) {
  if (!code.includes('stryMutAct_9fa48')) return code;
  const asked = code.replace(/stryMutAct_9fa48\("(\d+)"\)/g, '(mutantNow[0] === $1 && mutantOn())');
  const quick = asked.replace(
    /stryCov_9fa48\(("\d+"(?:, "\d+")*)\)/g,
    (_, ids) => `(${ids.replace(/"(\d+)"/g, 'mutantsPassed[$1]++')})`,
  );
  return head + quick;
}

/** Runs with a mutant on; whether it was passed more often than `most` times, as by a loop without an end. */
export async function withMutant(mutant, most, run) {
  Object.assign(limit, { hits: 0, most: most ?? Infinity });
  active[0] = Number(mutant);
  try {
    return { failure: await run(), tooOften: limit.hits > limit.most };
  } finally {
    active[0] = -1;
  }
}

/** How often each mutant was passed since this was last asked: none that was not. */
export function passedSince() {
  const counts = {};
  for (let mutant = 0; mutant < most; mutant++) if (passed[mutant] > 0) counts[mutant] = passed[mutant];
  passed.fill(0);
  return counts;
}
