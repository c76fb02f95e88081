import type { JSX } from 'react';
import type { Dimension } from '../../../api/space.js';
import { Badge } from '../../../components/Badge.js';
import { IntervalCell, Quantity } from '../../../components/Quantity.js';
import { intervalOf, type Objective, withUnitLabel } from '../../../format/objective.js';
import { placeText } from '../space/place-text.js';
import type { ComparedProposal } from './compare.js';

interface WhatIfTableProps {
  readonly rows: readonly ComparedProposal[];
  readonly axes: readonly Dimension[];
  readonly objective: Objective;
}

const standings = {
  both: { word: 'Stays', tone: 'neutral' },
  then: { word: 'New', tone: 'good' },
  now: { word: 'Not made', tone: 'warn' },
} as const;

/** The batch of then in its turn, with what the batch of now had in its place. */
export const WhatIfTable = ({ rows, axes, objective }: WhatIfTableProps): JSX.Element => (
  <div className="table-scroll">
    <table className="table cards">
      <caption className="visually-hidden">
        Proposals under the changed terms, and those of now that would not be made
      </caption>
      <thead>
        <tr>
          <th scope="col">Then</th>
          <th scope="col">Now</th>
          <th scope="col">Composition and conditions</th>
          <th scope="col">{withUnitLabel('Predicted, 95 % interval', objective.unit)}</th>
          <th scope="col">Acquisition</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, proposal, standing, now, then }) => (
          <tr key={key} className={`standing-${standing}`}>
            <th scope="row">
              {then ?? '–'} <Badge {...standings[standing]} />
            </th>
            <td data-label="Now">{now ?? <span className="soft">–</span>}</td>
            <td data-testid="what-if-place">
              {placeText(axes, proposal.point)}
              <details className="grounds">
                <summary>
                  Why?<span className="visually-hidden"> Proposal {then ?? now}</span>
                </summary>
                <p>{proposal.reason}</p>
              </details>
            </td>
            <td data-label={withUnitLabel('Predicted', objective.unit)}>
              {proposal.mean === null || proposal.sd === null ? (
                <span className="soft">no model</span>
              ) : (
                <span data-value={proposal.mean}>
                  <IntervalCell interval={intervalOf(objective, { mean: proposal.mean, sd: proposal.sd })} />
                </span>
              )}
            </td>
            <td data-label="Acquisition">
              {proposal.score === null ? (
                <span className="soft">–</span>
              ) : (
                <Quantity value={proposal.score} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
