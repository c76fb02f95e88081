import type { AnalysisResult } from '../../../api/use-analysis.js';
import type { CampaignHeadFragment } from '../../../api/generated/graphql.js';
import { intervalOf, type Objective } from '../../../format/objective.js';
import { quantityText } from '../../../format/number.js';
import { listed, plural } from '../../../format/words.js';
import type { ChangedTerm } from './what-if-draft.js';

export type WhatIfAnswer = Extract<AnalysisResult, { readonly __typename: 'WhatIfResult' }>;
export type WhatIfProposal = WhatIfAnswer['proposals'][number];

export interface ComparedProposal {
  readonly key: string;
  readonly proposal: WhatIfProposal;
  readonly standing: 'both' | 'then' | 'now';
  /** Its turn in the batch of now and of then, from 1. */
  readonly now: number | null;
  readonly then: number | null;
}

/** A point as a text that is the same for the same point. */
export const pointKey = (point: unknown): string => JSON.stringify(sorted(point));

function sorted(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(9));
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== 0);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}

/** Two batches as one list: those of then in their turn, and after them what would not be proposed any more. */
export function compareBatches(
  now: readonly WhatIfProposal[],
  then: readonly WhatIfProposal[],
): readonly ComparedProposal[] {
  const turns = (batch: readonly WhatIfProposal[]): Map<string, number> =>
    new Map([...batch].reverse().map(({ point }, i) => [pointKey(point), batch.length - i]));
  const [before, after] = [turns(now), turns(then)];
  const compared = (proposal: WhatIfProposal, i: number, batch: string): ComparedProposal => {
    const key = pointKey(proposal.point);
    const [turnNow, turnThen] = [before.get(key) ?? null, after.get(key) ?? null];
    const standing = turnNow === null ? 'then' : turnThen === null ? 'now' : 'both';
    return { key: `${batch} ${i} ${key}`, proposal, standing, now: turnNow, then: turnThen };
  };
  return [
    ...then.map((proposal, i) => compared(proposal, i, 'then')),
    ...now.map((proposal, i) => compared(proposal, i, 'now')).filter(({ standing }) => standing === 'now'),
  ];
}

const median = (values: readonly number[]): number | null => {
  const inOrder = [...values].sort((a, b) => a - b);
  return inOrder[Math.floor((inOrder.length - 1) / 2)] ?? null;
};

/** What differs between the two batches and why, in sentences. */
export function differenceSentences(
  campaign: Pick<CampaignHeadFragment, 'objective' | 'budget' | 'spent'>,
  terms: readonly ChangedTerm[],
  now: WhatIfAnswer,
  then: WhatIfAnswer,
): readonly string[] {
  const compared = compareBatches(now.proposals, then.proposals);
  const stay = compared.filter(({ standing }) => standing === 'both').length;
  const fresh = compared.filter(({ standing }) => standing === 'then').length;
  const gone = compared.filter(({ standing }) => standing === 'now').length;
  const deciding = terms.filter(({ decides }) => decides);
  const idle = terms.filter(({ decides }) => !decides);
  return [
    fresh + gone === 0
      ? `All ${plural(stay, 'proposal')} stay the same.`
      : `${stay === 0 ? 'No proposal' : plural(stay, 'proposal')} of now ${stay < 2 ? 'stays' : 'stay'}; ${gone} would not be made, and ${fresh} would come instead.`,
    ...(deciding.length > 0 && fresh + gone > 0
      ? [
          `The only ${deciding.length === 1 ? 'difference between the two questions is' : 'differences between the two questions are'} ${listed(deciding.map(({ what, from, to }) => `${what.charAt(0).toLowerCase()}${what.slice(1)} (${from} → ${to})`))}: results, seed and what is under way are the same.`,
        ]
      : []),
    ...(then.leftOut.length === 0
      ? []
      : [
          `${plural(then.leftOut.length, 'result')} ${then.leftOut.length === 1 ? 'lies' : 'lie'} outside the changed space and ${then.leftOut.length === 1 ? 'was' : 'were'} not learned from (no. ${listed(then.leftOut.slice(0, 12).map(String))}${then.leftOut.length > 12 ? ', …' : ''}).`,
        ]),
    ...(now.model !== then.model && then.model !== null
      ? [`The model behind it would be another: ${then.model} in place of ${now.model ?? 'none'}.`]
      : []),
    ...expectations(campaign.objective, now.proposals, then.proposals),
    ...(idle.length > 0
      ? [
          `${listed(idle.map(({ what }) => what))} ${idle.length === 1 ? 'changes' : 'change'} what becomes of the proposals, and not which they are.`,
        ]
      : []),
  ];
}

function expectations(
  objective: Objective,
  now: readonly WhatIfProposal[],
  then: readonly WhatIfProposal[],
): readonly string[] {
  const means = (batch: readonly WhatIfProposal[]) => median(batch.flatMap(({ mean }) => mean ?? []));
  const spreads = (batch: readonly WhatIfProposal[]) => median(batch.flatMap(({ sd }) => sd ?? []));
  const [before, after] = [means(now), means(then)];
  const [unsure, unsureThen] = [spreads(now), spreads(then)];
  if (before === null || after === null || unsure === null || unsureThen === null) return [];
  const written = (mean: number): string =>
    quantityText(intervalOf(objective, { mean, sd: 0 }).middle, objective.unit, 2);
  const ratio = unsureThen / unsure;
  const times = `its predictions are ${Number(ratio.toPrecision(2))} times as unsure`;
  const more =
    ratio > 1.1
      ? `it explores more: ${times}`
      : ratio < 0.9
        ? `it explores less: ${times}`
        : 'it explores about as much';
  return [`The middle of the batch is predicted at ${written(after)} (now ${written(before)}); ${more}.`];
}
