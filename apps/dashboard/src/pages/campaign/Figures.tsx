import type { JSX } from 'react';
import { labelText } from '../../format/formula.js';
import type { CampaignHeadFragment } from '../../api/generated/graphql.js';
import { Meter } from '../../components/Controls.js';
import { Quantity } from '../../components/Quantity.js';
import { plural } from '../../format/words.js';
import { waitingText } from '../CampaignCard.js';

/** The four numbers that say how a campaign stands. */
export function Figures({ campaign }: { readonly campaign: CampaignHeadFragment }): JSX.Element {
  const { best, objective, spent, budget, waiting, counts } = campaign;
  const countOf = (...states: readonly string[]): number =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
  const accepted = countOf('accepted');
  const failed = countOf('failed_sample', 'infeasible');
  const toDecide = waiting.proposals + waiting.suspects + waiting.results + waiting.quarantined;
  return (
    <dl className="figures">
      <div>
        <dt>Best so far</dt>
        <dd className="big" data-testid="best-value" data-value={best?.value}>
          {best ? <Quantity value={best.value} unit={objective.unit} /> : 'no result yet'}
        </dd>
        <dd>
          {best
            ? `${labelText(best.experiment.label)} (experiment ${best.experiment.number})`
            : 'Results appear here as they are accepted.'}
        </dd>
      </div>
      <div>
        <dt>Budget</dt>
        <dd className="big">
          {spent} <span className="soft small">of {budget}</span>
        </dd>
        <dd>
          <Meter
            label="Budget spent"
            value={spent}
            of={budget}
            text={`${spent} of ${plural(budget, 'experiment')}`}
          />
        </dd>
      </div>
      <div>
        <dt>Results accepted</dt>
        <dd className="big" data-testid="accepted-count" data-value={accepted}>
          {accepted}
        </dd>
        <dd>
          {failed === 0 ? 'none failed' : `${failed} failed`} · {countOf('claimed', 'running')} in the lab
        </dd>
      </div>
      <div>
        <dt>Waiting for a person</dt>
        <dd className="big">{toDecide}</dd>
        <dd>{toDecide === 0 ? 'nothing to decide' : waitingText(waiting)}</dd>
      </div>
    </dl>
  );
}
