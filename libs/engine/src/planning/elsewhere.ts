import {
  type Campaign,
  type Knowledge,
  type KnowledgeRow,
  limitsOf,
  type Observation,
} from '@ionloop/domain';
import { openSpace } from '@ionloop/space';
import { type Replicates, replicatesOf } from './replicates.js';

const { LN10 } = Math;
type Asked = Parameters<typeof replicatesOf>[1];

/**
 * What is known from elsewhere as the planner sees it: each piece a source of its own, by its number. Points that models of
 * this space do not see as they are, and values without a logarithm where one is taken, say nothing.
 */
export function observedElsewhere(
  campaign: Pick<Campaign, 'space' | 'objectives' | 'limits'>,
  knowledge: readonly Pick<Knowledge, 'number' | 'rows'>[],
): readonly Observation[] {
  if (knowledge.length === 0) return [];
  const space = openSpace(campaign.space);
  const limits = limitsOf(campaign);
  return knowledge.flatMap(({ number, rows }) =>
    rows
      .filter(({ point }) => space.sees(point))
      .flatMap(({ point, values }): readonly Observation[] => {
        const wanted = campaign.objectives.map((objective) => told(values, objective));
        const limited = limits.map((limit) => told(values, limit)?.mean ?? null);
        if ([...wanted, ...limited].every((one) => one === null)) return [];
        const variances = wanted.map((one) => one?.variance ?? null);
        return [
          {
            point,
            values: wanted.map((one) => one?.mean ?? null),
            ...(variances.some((variance) => variance !== null) && { variances }),
            ...(limits.length > 0 && { limited }),
            source: number,
          },
        ];
      }),
  );
}

/** Repeats tell how much a result varies; of a single one what is said of it. */
function told(values: KnowledgeRow['values'], asked: Asked): Replicates | null {
  const own = values.filter(
    ({ property, value }) => property === asked.property && (asked.transform === 'none' || value > 0),
  );
  const replicates = replicatesOf(own, asked);
  const [first, ...others] = own;
  if (replicates === null || first?.sd === undefined || others.length > 0) return replicates;
  const onScale = asked.transform === 'none' ? first.sd : first.sd / (first.value * LN10);
  return { ...replicates, variance: onScale * onScale };
}
