import { afterPaying, type CostSpec, payable } from '@ionloop/domain';
import type { Baseline, BaselinePoint } from '../strategies/strategy.js';

const mostRounds = 20;

/** The same without points that cannot be paid beside those before them: it is asked again where there were some. */
export function affordable(baseline: Baseline, cost: CostSpec | undefined): Baseline {
  if (cost?.budget === undefined) return baseline;
  return ({ space, known, count, rng }) => {
    const taken = new Set(known.taken);
    const found: BaselinePoint[] = [];
    for (let round = 0; round < mostRounds && found.length < count; round++) {
      const stream = round === 0 ? rng : rng.split(`again-${round}`);
      const asked = baseline({
        ...{ space, known: { ...known, taken }, count: count - found.length, rng: stream },
      });
      if (asked.length === 0) break;
      for (const one of asked) taken.add(space.key(one.point));
      const left = afterPaying(
        cost,
        found.map(({ point }) => point),
      );
      found.push(...payable(left, asked, ({ point }) => point));
    }
    return found;
  };
}
