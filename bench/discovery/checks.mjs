/** What must hold of the pools, as the tables of design/bench.md have it: {what, value, limit, sign, passed}. */
import { contestants, peerNames } from './contestants.mjs';
import { firstRatio, foundRatio, overall, shared } from './compare.mjs';

const title = (name) => contestants[name].title;
const atLeast = (what, value, limit) => ({ what, value, limit, sign: '≥', passed: value >= limit });
const atMost = (what, value, limit) => ({ what, value, limit, sign: '≤', passed: value <= limit });
const not = (what, why) => ({ what, value: why, limit: 'there', sign: 'be', passed: false });

/** `table[pool][contestant]`: summaries. */
export function poolChecks({ table, tops, missing, wantedSeeds }) {
  const names = Object.keys(table);
  return [
    ...names.flatMap((pool) => againstRandom(pool, table[pool], tops[pool])),
    ...names.flatMap((pool) => againstBest(pool, table[pool], tops[pool])),
    ...peerNames.flatMap((peer) => ahead(peer, table, tops, missing[peer])),
    ...obelix(table),
    ...played(table, wantedSeeds, missing),
  ];
}

function againstRandom(pool, { auto, random }, top) {
  if (!both(auto, random)) return [not(`${pool}: auto and random`, 'not played')];
  return [
    atMost(
      `${pool}: first top-5 % hit of auto over random's, geometric mean`,
      firstRatio(auto, random).ratio,
      1,
    ),
    atLeast(`${pool}: top 5 % found by auto over random's`, foundRatio(auto, random, top).ratio, 1),
  ];
}

/** Worse only where even the near end of the interval says so. */
function againstBest(pool, results, top) {
  const { auto } = results;
  const rivals = peerNames.filter((name) => both(auto, results[name], fewestForAnInterval));
  if (rivals.length === 0) return [not(`${pool}: a peer`, `none has played ${fewestForAnInterval} seeds`)];
  const firsts = rivals.map((name) => ({ name, ...firstRatio(auto, results[name]) }));
  const founds = rivals.map((name) => ({ name, ...foundRatio(auto, results[name], top) }));
  const first = firsts.reduce((worst, each) => (each.ratio > worst.ratio ? each : worst));
  const found = founds.reduce((worst, each) => (each.ratio < worst.ratio ? each : worst));
  return [
    atMost(
      `${pool}: first hit of auto over that of its best peer, ${title(first.name)}: low end of the interval`,
      first.low,
      1,
    ),
    atLeast(
      `${pool}: found by auto over its best peer, ${title(found.name)}: high end of the interval`,
      found.high,
      1,
    ),
  ];
}

/** An interval from fewer runs is narrow by chance. */
const fewestForAnInterval = 5;

const both = (a, b, seeds = 1) => a !== undefined && b !== undefined && shared(a, b).length >= seeds;

/** Pools on which both have played. */
export function overallOf(name, table, tops) {
  const pools = Object.entries(table)
    .filter(([, results]) => both(results.auto, results[name]))
    .map(([pool, results]) => ({ ours: results.auto, theirs: results[name], top: tops[pool] }));
  return pools.length === 0 ? null : overall(pools);
}

function ahead(peer, table, tops, missing) {
  if (missing !== undefined) return [not(title(peer), `missing: ${missing}`)];
  const found = overallOf(peer, table, tops);
  if (found === null) return [not(title(peer), 'has not played')];
  const where = `over ${found.pools} pools`;
  return [
    atLeast(
      `${title(peer)}: experiments to the first hit over auto's, geometric mean ${where}`,
      found.first.ratio,
      1.1,
    ),
    atLeast(
      `${title(peer)}: top 5 % found by auto over its, geometric mean ${where}`,
      found.found.ratio,
      1.1,
    ),
  ];
}

function obelix(table) {
  const bars = [
    ['obelix', 8, 21],
    ['obelix_composition', 10, 15],
  ];
  return bars.flatMap(([pool, first, found]) => {
    const auto = table[pool]?.auto;
    if (auto === undefined || auto.seeds.length === 0) return [];
    return [
      atMost(`${pool}: median first top-5 % hit of auto`, auto.first.median, first),
      atLeast(
        `${pool}: of 24 found by auto within 60, median`,
        Math.round(24 * auto.found.median * 10) / 10,
        found,
      ),
    ];
  });
}

/** Fewer seeds than the protocol asks for are a shortfall of the report, not a detail of it. */
function played(table, wanted, missing) {
  return ['auto', 'random', ...peerNames]
    .filter((name) => missing[name] === undefined)
    .map((name) => {
      const least = Math.min(...Object.values(table).map((results) => results[name]?.seeds.length ?? 0));
      return atLeast(`${title(name)}: seeds played on every pool`, least, wanted);
    });
}
