import { costOfAll, isSpent, type Observation, type PlanRequest, type Point } from '@ionloop/domain';
import type { Philox } from '@ionloop/linalg';
import type { Space } from '@ionloop/space';
import { plan } from '../plan.js';

/** A campaign played through. */
export interface Rounds {
  /** Results in the order in which they came, those of what was under way first. */
  readonly results: readonly Observation[];
  readonly rounds: readonly {
    /** How many of the results there are after it. */
    readonly results: number;
    /** What they have cost beyond what was spent before; 0 where costs are not said. */
    readonly spent: number;
  }[];
  /** Keys of all points that are not to be asked for again. */
  readonly taken: ReadonlySet<string>;
}

export interface Playing {
  readonly request: PlanRequest;
  readonly space: Space;
  readonly taken: ReadonlySet<string>;
  readonly rounds: number;
  readonly label: string;
  readonly rng: Philox;
  /** What a point says, whatever was asked for before it. */
  readonly measure: (point: Point, rng: Philox) => Observation;
}

/** Whether nothing more is proposed, as in a campaign that runs. */
export const isMoneySpent = ({ cost }: PlanRequest): boolean => cost !== undefined && isSpent(cost);

/** Points under way have their results before the first round. What may be spent ends it, as it ends a campaign. */
export function playRounds({ request, space, taken, rounds, label, rng, measure }: Playing): Rounds {
  const results: Observation[] = [];
  const known = new Set(taken);
  const played: { results: number; spent: number }[] = [];
  const { cost } = request;
  let spent = 0;
  let asked: PlanRequest = { ...request, pending: [] };
  const make = (points: readonly Point[], stream: string): void => {
    const made = points.map((point, i) => {
      known.add(space.key(point));
      return measure(point, rng.split(`${stream}-${i}`));
    });
    results.push(...made);
    asked = { ...asked, observations: [...asked.observations, ...made] };
  };
  make(request.pending, 'under-way');
  for (let r = 0; r < rounds; r++) {
    const proposals = isMoneySpent(asked) ? [] : plan({ ...asked, seed: `${label}/${r}` }).proposals;
    const points = proposals.map(({ point }) => point);
    make(points, `result-${r}`);
    if (cost) spent += costOfAll(cost, points);
    asked = {
      ...asked,
      experimentsSoFar: asked.experimentsSoFar + points.length,
      ...(cost && { cost: { ...cost, spent: (cost.spent ?? 0) + spent } }),
    };
    played.push({ results: results.length, spent });
  }
  return { results, rounds: played, taken: known };
}
