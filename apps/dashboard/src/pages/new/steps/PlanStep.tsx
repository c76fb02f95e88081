import type { JSX } from 'react';
import { SelectField, TextField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { ReviewFields, SeparateReview } from '../../../components/ReviewFields.js';
import { designs, shapes } from '../../../format/plan-choices.js';
import { type StrategyWords, strategyWords } from '../../../format/strategy-words.js';
import type { Draft, StrategyDraft } from '../draft/draft.js';
import { variablesOf } from '../draft/variables.js';

interface PlanStepProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** How it is gone about: how many, by which strategy, and who decides. */
export function PlanStep({ draft, onChange }: PlanStepProps): JSX.Element {
  const fitting = strategiesFor(draft);
  const chosen = strategyWords.find(({ value }) => value === draft.strategy);
  const offered = fitting.some(({ value }) => value === draft.strategy)
    ? fitting
    : [...fitting, chosen ?? { value: draft.strategy, label: draft.strategy, purpose: '' }];
  return (
    <>
      <Panel title="How many">
        <div className="form-grid">
          <TextField
            path="budget"
            label="Budget"
            numeric
            required
            hint="Experiments that may be spent"
            value={draft.budget}
            onChange={(budget) => onChange({ budget })}
          />
          <TextField
            path="parallel"
            label="At a time"
            numeric
            required
            hint="Experiments in hand at once"
            value={draft.parallel}
            onChange={(parallel) => onChange({ parallel })}
          />
          <TextField
            path="initial"
            label="Initial design"
            numeric
            hint="Experiments before the first model; empty for the usual number"
            value={draft.initial}
            onChange={(initial) => onChange({ initial })}
          />
        </div>
      </Panel>
      <Panel title="By which strategy" note={chosen ? `${chosen.label}: ${chosen.purpose}.` : undefined}>
        <div className="stack">
          <div className="form-grid">
            <SelectField
              path="strategy"
              label="Strategy"
              options={offered}
              value={draft.strategy}
              onChange={(strategy) => onChange({ strategy })}
            />
            <SelectField
              path="settings.design"
              label="First experiments"
              options={designs}
              value={draft.settings.design}
              onChange={(design) => onChange({ settings: { ...draft.settings, design } })}
            />
          </div>
          <details>
            <summary>Further settings</summary>
            <FurtherSettings draft={draft} onChange={onChange} />
          </details>
        </div>
      </Panel>
      <Panel title="Who decides">
        <div className="stack">
          <div className="form-grid">
            <ReviewFields review={draft} onChange={onChange} />
          </div>
          <SeparateReview review={draft} onChange={onChange} />
        </div>
      </Panel>
    </>
  );
}

function FurtherSettings({ draft, onChange }: PlanStepProps): JSX.Element {
  const { settings, parameters } = draft;
  const set = (part: Partial<StrategyDraft>): void => onChange({ settings: { ...settings, ...part } });
  const names = variablesOf(parameters)
    .map(({ name }) => name)
    .filter((name) => parameters.some((parameter) => parameter.name.trim() === name));
  return (
    <div className="form-grid">
      <TextField
        path="settings.beta"
        label="Optimism (beta)"
        numeric
        hint="Standard deviations, for strategies of upper bounds"
        value={settings.beta}
        onChange={(beta) => set({ beta })}
      />
      <SelectField
        path="settings.shape"
        label="Proposals of one plan"
        options={shapes}
        value={settings.shape}
        onChange={(shape) => set({ shape })}
      />
      <SelectField
        path="settings.shared"
        label="Equal in all of one plan"
        options={[{ value: '', label: 'nothing' }, ...names.map((value) => ({ value, label: value }))]}
        value={settings.shared}
        onChange={(shared) => set({ shared })}
      />
      <TextField
        path="settings.replicates"
        label="Most often a point"
        numeric
        hint="The planner may measure a point again up to so often; empty for once"
        value={settings.replicates}
        onChange={(replicates) => set({ replicates })}
      />
    </div>
  );
}

/** Those that are for what is wanted. */
export function strategiesFor({ objectives }: Pick<Draft, 'objectives'>): readonly StrategyWords[] {
  const wanted =
    objectives.length > 1 ? 'several' : objectives[0]?.goal === 'window' ? 'window' : ('one' as const);
  return strategyWords.filter(({ goals }) => goals === 'any' || goals === wanted);
}
