import type { JSX } from 'react';
import { useQuery } from 'urql';
import { CampaignTemplatesDocument } from '../../../api/generated/graphql.js';
import { sayError } from '../../../api/use-action.js';
import { TextField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { formulaText } from '../../../format/formula.js';
import { blank, type Draft, fromTemplate } from '../draft/draft.js';

interface StartStepProps {
  readonly draft: Draft;
  /** Of the template; null for a blank one. */
  readonly template: string | null;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onChoose: (template: string | null, draft: Draft) => void;
}

/** What it starts from, and what it is called. */
export function StartStep({ draft, template, onChange, onChoose }: StartStepProps): JSX.Element {
  const [{ data, error, fetching }, ask] = useQuery({ query: CampaignTemplatesDocument });
  return (
    <>
      <Panel title="Start from">
        {error && !data ? (
          <Trouble
            what="The templates could not be loaded."
            why={sayError(error)}
            retry={() => ask({ requestPolicy: 'network-only' })}
          />
        ) : null}
        {fetching && !data ? <Skeleton height="7rem" label="Loading templates" /> : null}
        <div className="templates">
          {(data?.campaignTemplates ?? []).map(({ key, title, description, input }) => (
            <button
              key={key}
              type="button"
              className="template"
              aria-pressed={template === key}
              onClick={() => onChoose(key, fromTemplate(input))}
            >
              <strong>{title}</strong>
              <span>{formulaText(description)}</span>
            </button>
          ))}
          {data || error ? (
            <button
              type="button"
              className="template"
              aria-pressed={template === null}
              onClick={() => onChoose(null, blank)}
            >
              <strong>Blank</strong>
              <span>Begin with nothing but the usual settings.</span>
            </button>
          ) : null}
        </div>
      </Panel>
      <Panel title="What it is">
        <div className="stack">
          <TextField
            path="name"
            label="Name"
            required
            value={draft.name}
            onChange={(name) => onChange({ name })}
          />
          <TextField
            path="description"
            label="Description"
            multiline
            value={draft.description}
            onChange={(description) => onChange({ description })}
          />
        </div>
      </Panel>
    </>
  );
}
