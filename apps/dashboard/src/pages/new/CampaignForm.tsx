import { type FormEvent, type JSX, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { CreateCampaignDocument } from '../../api/generated/graphql.js';
import { newKey } from '../../api/idempotency.js';
import { useAction } from '../../api/use-action.js';
import { FieldErrors, fieldId } from '../../components/Field.js';
import { useNow } from '../../components/hooks.js';
import { Panel } from '../../components/Panel.js';
import { ago } from '../../format/time.js';
import { type Draft, readDraft } from './draft/draft.js';
import { errorsByStep, fieldsIn, noErrors, type PlacedErrors, placeErrors } from './field-errors.js';
import { PreviewPanel } from './space/PreviewPanel.js';
import { SpaceEditor } from './space/SpaceEditor.js';
import { usePreview } from './space/use-preview.js';
import { StepNav } from './StepNav.js';
import { type FormStep, formSteps, neighbours, stepAddress, stepOfField } from './steps.js';
import { CheckStep } from './steps/CheckStep.js';
import { ConstraintsStep } from './steps/ConstraintsStep.js';
import { GoalsStep } from './steps/GoalsStep.js';
import { PlanStep } from './steps/PlanStep.js';
import { StartStep } from './steps/StartStep.js';
import { type KeptForm, useDraft } from './use-draft.js';

/** What a campaign is to be, step by step. Every step can be opened at any time; nothing is made before the last. */
export function CampaignForm({ step }: { readonly step: FormStep }): JSX.Element {
  const navigate = useNavigate();
  const { hash, key: visit } = useLocation();
  const kept = useDraft();
  const { draft, change } = kept;
  const create = useAction(CreateCampaignDocument);
  const [refused, setRefused] = useState(noErrors);
  // What is missing is told where somebody wanted to go on, not while they are on their way.
  const [told, setTold] = useState<ReadonlySet<FormStep>>(new Set());
  const [wanted, setWanted] = useState<string | null>(null);
  // The same click twice, or again after a lost answer, is one campaign; another input is another.
  const key = useRef({ input: '', key: '' });
  const preview = usePreview(draft);

  const missing = useMemo(() => {
    const read = readDraft(draft);
    return read.ready ? noErrors.atFields : read.errors;
  }, [draft]);
  const errors: PlacedErrors = useMemo(() => {
    const ofSpace = preview.state === 'refused' ? placeErrors(preview.errors, fieldsIn(draft)) : noErrors;
    const own = [...missing].filter(([path]) => told.has(stepOfField(path)));
    return {
      atFields: new Map([...refused.atFields, ...ofSpace.atFields, ...own]),
      others: [...new Set([...refused.others, ...ofSpace.others])],
    };
  }, [draft, preview, missing, told, refused]);

  useEffect(() => {
    if (hash !== '') setWanted(hash.slice(1));
  }, [hash, visit]);
  useEffect(() => {
    const field = wanted === null ? null : document.getElementById(wanted);
    if (!field) return;
    // A new step takes the focus first.
    const timer = setTimeout(() => {
      field.focus();
      field.scrollIntoView({ block: 'center' });
      setWanted(null);
    });
    return () => clearTimeout(timer);
  }, [wanted, step, errors]);

  const edit = (part: Partial<Draft>): void => {
    setRefused(noErrors);
    change(part);
  };
  const begin: KeptForm['begin'] = (template, next) => {
    setRefused(noErrors);
    setTold(new Set());
    kept.begin(template, next);
  };
  const goTo = (next: FormStep): void => void navigate(stepAddress(next));
  /** To the first field that is wrong; false where none is. */
  const showFirst = (paths: Iterable<string>): boolean => {
    const [first] = paths;
    if (first === undefined) return false;
    const at = stepOfField(first);
    if (at !== step) goTo(at);
    setWanted(fieldId(first));
    return true;
  };

  const goOn = (): void => {
    setTold((before) => new Set([...before, step]));
    if (showFirst([...missing.keys()].filter((path) => stepOfField(path) === step))) return;
    const { after } = neighbours(step);
    if (after === 'check') setTold(new Set(formSteps.map((one) => one.key)));
    if (after !== null) goTo(after);
  };

  const submit = async (start: boolean): Promise<void> => {
    setTold(new Set(formSteps.map((one) => one.key)));
    const read = readDraft(draft);
    if (!read.ready) {
      showFirst(read.errors.keys());
      return;
    }
    const text = JSON.stringify([read.input, start]);
    if (key.current.input !== text) key.current = { input: text, key: newKey() };
    const outcome = await create.run({ ...read.input, start, idempotencyKey: key.current.key });
    if (!outcome.done) {
      const placed = placeErrors(outcome.errors, fieldsIn(draft));
      setRefused(placed);
      showFirst(placed.atFields.keys());
      return;
    }
    const created = outcome.data.createCampaign.campaign;
    if (!created) return;
    kept.forget();
    void navigate(start ? `/campaigns/${created.id}` : stepAddress('history', created.id));
  };

  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const submitter = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value');
    if (step === 'check') void submit(submitter !== 'draft');
    else goOn();
  };

  return (
    <FieldErrors value={errors.atFields}>
      <div className="page-head">
        <div>
          <h1>New campaign</h1>
          <p className="soft">Say what may be varied and what is wanted; the planner does the rest.</p>
        </div>
      </div>
      <div className="stack">
        <StepNav step={step} campaignId={null} errors={errorsByStep(errors)} />
        <KeptNotice kept={kept} />
        <form className="stack" noValidate onSubmit={onSubmit}>
          <StepFields step={step} kept={kept} errors={errors} onChange={edit} onChoose={begin} />
          {step === 'space' || step === 'constraints' ? <PreviewPanel preview={preview} /> : null}
          <StepFoot step={step} busy={create.busy} onBack={goTo} />
        </form>
      </div>
    </FieldErrors>
  );
}

interface StepFieldsProps {
  readonly step: FormStep;
  readonly kept: KeptForm;
  readonly errors: PlacedErrors;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onChoose: KeptForm['begin'];
}

function StepFields({ step, kept, errors, onChange, onChoose }: StepFieldsProps): JSX.Element {
  const { draft, template } = kept;
  switch (step) {
    case 'start':
      return <StartStep draft={draft} template={template} onChange={onChange} onChoose={onChoose} />;
    case 'space':
      return (
        <Panel
          title="What may be varied"
          note="As little as matters, in the steps that can really be set: every proposal is a point that can be made."
        >
          <SpaceEditor parameters={draft.parameters} onChange={(parameters) => onChange({ parameters })} />
        </Panel>
      );
    case 'constraints':
      return (
        <ConstraintsStep
          parameters={draft.parameters}
          constraints={draft.constraints}
          onChange={(constraints) => onChange({ constraints })}
        />
      );
    case 'goals':
      return <GoalsStep draft={draft} onChange={onChange} />;
    case 'plan':
      return <PlanStep draft={draft} onChange={onChange} />;
    case 'check':
      return <CheckStep draft={draft} errors={errors} />;
  }
}

function KeptNotice({ kept }: { readonly kept: KeptForm }): JSX.Element | null {
  const now = useNow(30_000);
  const { foundFrom, draft, isKept, forget } = kept;
  if (!isKept) {
    return (
      <p className="notice warn" role="status">
        This draft is too large to be kept in the browser: create it before you close the page.
      </p>
    );
  }
  if (foundFrom === null) return null;
  return (
    <div className="notice info" role="status">
      <span>
        Your draft{draft.name.trim() === '' ? '' : ` “${draft.name.trim()}”`} is as you left it{' '}
        {ago(foundFrom, now)}.
      </span>
      <button type="button" className="button small" onClick={forget}>
        Begin anew
      </button>
    </div>
  );
}

function StepFoot({
  step,
  busy,
  onBack,
}: {
  readonly step: FormStep;
  readonly busy: boolean;
  readonly onBack: (step: FormStep) => void;
}): JSX.Element {
  const { before, after } = neighbours(step);
  const next = formSteps.find(({ key }) => key === after);
  return (
    <div className="step-foot">
      {before === null ? null : (
        <button type="button" className="button" onClick={() => onBack(before)}>
          Back
        </button>
      )}
      {next === undefined ? (
        <>
          <button type="submit" value="draft" className="button" disabled={busy}>
            Create as a draft
          </button>
          <button type="submit" value="start" className="button primary" disabled={busy}>
            {busy ? 'Creating…' : 'Create and start'}
          </button>
        </>
      ) : (
        <button type="submit" className="button primary">
          Next: {next.title}
        </button>
      )}
    </div>
  );
}
