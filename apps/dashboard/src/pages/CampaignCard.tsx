import type { JSX } from 'react';
import { labelText } from '../format/formula.js';
import { Link } from 'react-router';
import type { CampaignHeadFragment } from '../api/generated/graphql.js';
import { Badge } from '../components/Badge.js';
import { Meter } from '../components/Controls.js';
import { Quantity } from '../components/Quantity.js';
import { Sparkline } from '../components/Sparkline.js';
import { objectiveSentence, toModel } from '../format/objective.js';
import { campaignStates, listed, plural } from '../format/words.js';

/** What waits for a person, in words; empty where nothing does. */
export const waitingText = ({
  proposals,
  suspects,
  results,
  quarantined,
}: CampaignHeadFragment['waiting']): string =>
  listed(
    [
      proposals > 0 ? plural(proposals, 'proposal') : '',
      suspects > 0 ? plural(suspects, 'suspect') : '',
      results > 0 ? plural(results, 'result') : '',
      quarantined > 0 ? `${quarantined} quarantined` : '',
    ].filter((part) => part !== ''),
  );

export function CampaignCard({ campaign }: { readonly campaign: CampaignHeadFragment }): JSX.Element {
  const { id, name, state, objective, best, progress, spent, budget } = campaign;
  const waiting = waitingText(campaign.waiting);
  const curve = progress.flatMap(({ best: reached }) =>
    reached === null ? [] : [toModel(objective, reached)],
  );
  return (
    <article className="panel campaign-card">
      <div className="top-line">
        <h2>
          <Link to={`/campaigns/${id}`}>{name}</Link>
        </h2>
        <Badge {...campaignStates[state]} />
      </div>
      <p className="soft small">{objectiveSentence(objective)}</p>
      {best ? (
        <>
          <div className="best-line">
            <strong>
              <Quantity value={best.value} unit={objective.unit} />
            </strong>
          </div>
          <Sparkline
            values={curve}
            label={`The best so far over ${plural(progress.length, 'result')}${objective.transform === 'log10' ? ', on a log scale' : ''}`}
          />
          <p className="soft small">{labelText(best.experiment.label)}</p>
        </>
      ) : (
        <p className="soft">No result yet.</p>
      )}
      <div className="foot">
        <Meter label="Budget" value={spent} of={budget} text={`${spent} of ${budget} experiments spent`} />
        <div className="top-line small">
          <span className="soft">
            {spent} of {plural(budget, 'experiment')}
          </span>
          {waiting === '' ? null : <Badge word={`${waiting} to decide`} tone="warn" />}
        </div>
      </div>
    </article>
  );
}
