import { atMost, notMeasured } from '../bounds.mjs';
import { difference } from '../peers.mjs';

/** The median of the ratios within rounds, against its limit; without the peer it has not been reached. */
export function against(what, ratio, limit, peers) {
  return ratio === undefined
    ? notMeasured(what, `the peers are missing: ${peers.missing}`)
    : atMost(what, ratio.median, limit, 'ratio');
}

/** That both computed the same: a bench of different work would say nothing. */
export function agree(what, ours, theirs, limits) {
  return Object.entries(limits).map(([name, limit]) =>
    atMost(
      `${what}: ${name} differs from the peer's by`,
      difference(ours[name], theirs[name]),
      limit,
      'power',
    ),
  );
}
