import type { JSX } from 'react';
import { Badge } from '../../../components/Badge.js';
import { Panel } from '../../../components/Panel.js';
import { dayAndTime } from '../../../format/time.js';
import { plural } from '../../../format/words.js';
import type { LatestModel } from '../campaign-data.js';
import { type Trust, trustWords } from '../trust.js';
import { modelName } from './model-names.js';

interface TrustPanelProps {
  readonly model: LatestModel;
  readonly trust: Trust | null;
}

/** The answer first, then its reasons. */
export const TrustPanel = ({ model, trust }: TrustPanelProps): JSX.Element => (
  <Panel title="Should you trust it?" tools={trust ? <Badge {...trustWords[trust.answer]} /> : undefined}>
    <p className="lead">
      {trust?.sentence ?? 'There are too few results to judge it by: it takes five that it has not seen.'}
    </p>
    {trust ? (
      <ul className="reasons">
        {trust.reasons.map(({ speaks, text }) => (
          <li key={text} className={speaks}>
            <span className="visually-hidden">
              {speaks === 'for' ? 'Speaks for it: ' : 'Speaks against it: '}
            </span>
            {text}
          </li>
        ))}
      </ul>
    ) : null}
    <p className="soft small">
      {modelName(model.kind)} from {plural(model.trainingSize, 'result')}, fitted{' '}
      <time dateTime={model.createdAt}>{dayAndTime(model.createdAt)}</time> from data revision{' '}
      {model.dataRevision}, training set <code>{model.trainingHash.slice(0, 12)}</code>. All of this is judged
      by predictions of results that were left out while it was fitted.
    </p>
  </Panel>
);
