import type { JSX } from 'react';
import { numberText, quantityText } from '../../../format/number.js';
import { type Objective, toModel } from '../../../format/objective.js';
import { plural } from '../../../format/words.js';
import { pooledSpread, type Replicates } from '../../../plots/replicates.js';

interface SpreadSentenceProps {
  readonly groups: readonly Replicates[];
  readonly objective: Objective;
}

/** How far two measurements of one thing lie apart, in a sentence. */
export function SpreadSentence({ groups, objective }: SpreadSentenceProps): JSX.Element | null {
  const spread = pooledSpread(groups, (value) => toModel(objective, value));
  if (spread === null) return null;
  const typical =
    objective.transform === 'log10'
      ? `a factor of ${numberText(10 ** spread.sd)}`
      : quantityText(spread.sd, objective.unit);
  return (
    <p>
      A single result lies within {typical} of the truth two times out of three: one standard deviation
      {objective.transform === 'log10' ? ` of ${numberText(spread.sd, 2)} decades` : ''}, pooled over{' '}
      {plural(groups.length, 'point')} with {plural(spread.degrees, 'degree')} of freedom.
    </p>
  );
}
