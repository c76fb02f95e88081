/**
 * Contestants take turns, A B A B …, so that what else the machine does meets them alike; what counts is the median over rounds of the
 * ratio within a round. Times of one thread are CPU seconds: of our whole process (its compiler and collector included, which can only
 * overstate us), of the peer's thread.
 */
export function timeCalls(call, calls) {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  for (let i = 0; i < calls; i++) call();
  return elapsed(cpu, wall);
}

export async function timeAsyncCalls(call, calls) {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  for (let i = 0; i < calls; i++) await call();
  return elapsed(cpu, wall);
}

function elapsed(cpu, wall) {
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - wall) / 1e3 };
}

/** Smallest, quartiles and greatest. */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)];
    return below + (place % 1) * (sorted[Math.ceil(place)] - below);
  };
  return { min: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), max: at(1) };
}

/** How many calls fill `seconds`, at most `most`. */
async function callsThatFill(contestant, { seconds, most }) {
  let calls = 1;
  for (;;) {
    const { wall } = await contestant.time(calls);
    if (wall >= seconds / 2 || calls >= most)
      return Math.min(most, Math.max(1, Math.round((calls * seconds) / wall)));
    calls *= 4;
  }
}

/**
 * Seconds a call of each contestant, `rounds` of them, taken in turns after a warm-up. A contestant has a `name`, a `clock` ('cpu' or
 * 'wall') and `time(calls)`.
 */
export async function takeTurns(contestants, { rounds, warmUp, turn }) {
  const entrants = [];
  for (const contestant of contestants) {
    await contestant.time(await callsThatFill(contestant, { seconds: warmUp, most: 5000 }));
    const calls = await callsThatFill(contestant, { seconds: turn, most: 5000 });
    entrants.push({ contestant, calls, seconds: [] });
  }
  for (let round = 0; round < rounds; round++)
    for (const { contestant, calls, seconds } of entrants) {
      const took = await contestant.time(calls);
      seconds.push(took[contestant.clock] / calls);
    }
  return Object.fromEntries(entrants.map(({ contestant, seconds }) => [contestant.name, seconds]));
}

/** The ratios within each round. */
export function ratios(ours, theirs) {
  return ours.map((seconds, round) => seconds / theirs[round]);
}
