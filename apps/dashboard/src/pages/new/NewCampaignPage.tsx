import { type FormEvent, type JSX, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useQuery } from 'urql';
import { CampaignTemplatesDocument, CreateCampaignDocument } from '../../api/generated/graphql.js';
import { newKey } from '../../api/idempotency.js';
import { sayError, useAction } from '../../api/use-action.js';
import { FieldErrors, fieldId, TextField } from '../../components/Field.js';
import { usePageTitle } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { Skeleton, Trouble } from '../../components/States.js';
import { formulaText } from '../../format/formula.js';
import { blank, type Draft, fromTemplate, readDraft } from './draft.js';
import { type PlacedErrors, placeErrors } from './field-errors.js';
import { ObjectiveFields, PlanFields } from './PlanFields.js';
import { SpaceEditor } from './SpaceEditor.js';
import { fieldsIn } from './fields-in.js';

const noErrors: PlacedErrors = { atFields: new Map(), others: [] };

export default function NewCampaignPage(): JSX.Element {
  usePageTitle('New campaign');
  const navigate = useNavigate();
  const [{ data, error, fetching }] = useQuery({ query: CampaignTemplatesDocument });
  const create = useAction(CreateCampaignDocument);
  const [chosen, setChosen] = useState<string | null>(null);
  const [draft, setDraft] = useState<Draft>(blank);
  const [errors, setErrors] = useState(noErrors);
  const form = useRef<HTMLFormElement>(null);
  // The same click twice, or again after a lost answer, is one campaign; another input is another.
  const key = useRef({ input: '', key: '' });

  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const choose = (template: string, next: Draft): void => {
    setChosen(template);
    setDraft(next);
    setErrors(noErrors);
  };

  useEffect(() => {
    const [first] = errors.atFields.keys();
    if (first !== undefined) document.getElementById(fieldId(first))?.focus();
  }, [errors]);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter;
    const start = submitter?.getAttribute('value') !== 'draft';
    const read = readDraft(draft);
    if (!read.ready) {
      setErrors({ atFields: read.errors, others: [] });
      return;
    }
    const text = JSON.stringify([read.input, start]);
    if (key.current.input !== text) key.current = { input: text, key: newKey() };
    const outcome = await create.run({ ...read.input, start, idempotencyKey: key.current.key });
    if (!outcome.done) {
      setErrors(placeErrors(outcome.errors, fieldsIn(draft)));
      return;
    }
    const created = outcome.data.createCampaign.campaign;
    if (created) void navigate(`/campaigns/${created.id}`);
  };

  const count = errors.atFields.size;
  return (
    <FieldErrors value={errors.atFields}>
      <div className="page-head">
        <div>
          <h1>New campaign</h1>
          <p className="soft">Say what may be varied and what is wanted; the planner does the rest.</p>
        </div>
      </div>
      <form ref={form} className="stack" noValidate onSubmit={(event) => void submit(event)}>
        <Panel title="Start from">
          {error ? <Trouble what="The templates could not be loaded." why={sayError(error)} /> : null}
          {fetching && !data ? <Skeleton height="7rem" label="Loading templates" /> : null}
          <div className="templates">
            {(data?.campaignTemplates ?? []).map((template) => (
              <button
                key={template.key}
                type="button"
                className="template"
                aria-pressed={chosen === template.key}
                onClick={() => choose(template.key, fromTemplate(template.input))}
              >
                <strong>{template.title}</strong>
                <span>{formulaText(template.description)}</span>
              </button>
            ))}
            {data || error ? (
              <button
                type="button"
                className="template"
                aria-pressed={chosen === null}
                onClick={() => {
                  choose('', blank);
                  setChosen(null);
                }}
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
              onChange={(name) => change({ name })}
            />
            <TextField
              path="description"
              label="Description"
              multiline
              value={draft.description}
              onChange={(description) => change({ description })}
            />
          </div>
        </Panel>
        <Panel title="What may be varied">
          <SpaceEditor parameters={draft.parameters} onChange={(parameters) => change({ parameters })} />
        </Panel>
        <Panel title="What is wanted">
          <ObjectiveFields draft={draft} onChange={change} />
        </Panel>
        <Panel title="How it is gone about">
          <PlanFields draft={draft} onChange={change} />
        </Panel>
        {count > 0 ? (
          <Trouble
            what="The campaign was not created."
            why={count === 1 ? 'One field needs your attention.' : `${count} fields need your attention.`}
          />
        ) : null}
        {errors.others.length > 0 ? (
          <Trouble what="The campaign was not created." why={errors.others.join(' ')} />
        ) : null}
        <div className="row">
          <button type="submit" value="draft" className="button" disabled={create.busy}>
            Create as a draft
          </button>
          <button type="submit" value="start" className="button primary" disabled={create.busy}>
            {create.busy ? 'Creating…' : 'Create and start'}
          </button>
        </div>
      </form>
    </FieldErrors>
  );
}
