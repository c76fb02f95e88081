import type { CandidatesQuery } from '../../../api/generated/graphql.js';
import type { Dimension } from '../../../api/space.js';
import { Badge } from '../../../components/Badge.js';
import type { PagedColumn } from '../../../components/PagedTable.js';
import { IntervalCell, Quantity } from '../../../components/Quantity.js';
import { intervalOf, type Objective, withUnitLabel } from '../../../format/objective.js';
import { percentText } from '../../../format/number.js';
import type { Acquisition } from './acquisition.js';
import { placeText } from './place-text.js';

type Answer = NonNullable<NonNullable<CandidatesQuery['analysis']>['result']>;
export type CandidateRow = Extract<
  Answer,
  { readonly __typename: 'CandidatesResult' }
>['candidates']['nodes'][number];

export const candidateColumns = (
  axes: readonly Dimension[],
  objective: Objective,
  { score }: Acquisition,
): readonly PagedColumn<CandidateRow>[] => [
  { key: 'number', label: 'No.', orderBy: 'number', cell: ({ number }) => number.toLocaleString('en') },
  {
    key: 'place',
    label: 'Composition and conditions',
    cell: ({ point, tried }) => (
      <>
        {placeText(axes, point)} {tried ? <Badge word="Tried" tone="neutral" /> : null}
      </>
    ),
  },
  {
    key: 'mean',
    label: withUnitLabel('Predicted, 95 % interval', objective.unit),
    orderBy: 'mean',
    cell: ({ mean, sd }) => (
      <span data-value={mean}>
        <IntervalCell interval={intervalOf(objective, { mean, sd })} />
      </span>
    ),
  },
  {
    key: 'sd',
    label:
      objective.transform === 'log10' ? 'Unsure by (decades)' : withUnitLabel('Unsure by', objective.unit),
    orderBy: 'sd',
    cell: ({ sd }) => <Quantity value={sd} significant={2} />,
  },
  {
    key: 'score',
    label: score === 'log_ei' ? 'Acquisition (log)' : 'Acquisition',
    orderBy: 'score',
    cell: ({ score: value }) =>
      value <= -1e299 ? (
        'none'
      ) : (
        <span data-score={value}>
          <Quantity value={value} />
        </span>
      ),
  },
  {
    key: 'feasible',
    label: 'Can be made',
    orderBy: 'feasible',
    cell: ({ feasible }) => percentText(feasible),
  },
];
