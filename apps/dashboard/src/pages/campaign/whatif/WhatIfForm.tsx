import type { JSX } from 'react';
import { SelectField, TextField } from '../../../components/Field.js';
import { formulaText } from '../../../format/formula.js';
import { approvals, strategiesWith } from '../../../format/plan-choices.js';
import type { Space } from '../../../api/space.js';
import { TermsFields } from './TermsFields.js';
import type { WhatIfDraft } from './what-if-draft.js';

interface WhatIfFormProps {
  readonly draft: WhatIfDraft;
  readonly space: Space;
  readonly spent: number;
  readonly onChange: (change: Partial<WhatIfDraft>) => void;
}

const own = { value: '', label: 'as the strategy does' } as const;
const shapes = [own, ...['free', 'line', 'plate'].map((value) => ({ value, label: value }))];

/** Everything of a campaign's terms that can be tried out. */
export function WhatIfForm({ draft, space, spent, onChange }: WhatIfFormProps): JSX.Element {
  const names = space.filter(({ kind }) => kind !== 'context').map(({ name }) => name);
  return (
    <div className="stack">
      <div className="form-grid">
        <SelectField
          path="what-if.strategy"
          label="Strategy"
          options={strategiesWith(draft.strategy)}
          value={draft.strategy}
          onChange={(strategy) => onChange({ strategy })}
        />
        <TextField
          path="what-if.beta"
          label="Optimism (β)"
          numeric
          hint="standard deviations; empty: its own"
          value={draft.beta}
          onChange={(beta) => onChange({ beta })}
        />
        <TextField
          path="what-if.count"
          label="Proposals shown"
          numeric
          value={draft.count}
          onChange={(count) => onChange({ count })}
        />
        <SelectField
          path="what-if.shape"
          label="Shape of a batch"
          options={shapes}
          value={draft.shape}
          onChange={(shape) => onChange({ shape })}
        />
        <SelectField
          path="what-if.shared"
          label="Shared by a batch"
          options={[
            { value: '', label: 'nothing' },
            ...names.map((value) => ({ value, label: formulaText(value) })),
          ]}
          value={draft.shared}
          onChange={(shared) => onChange({ shared })}
        />
        <TextField
          path="what-if.budget"
          label="Budget"
          numeric
          hint={`${spent} are spent`}
          value={draft.budget}
          onChange={(budget) => onChange({ budget })}
        />
        <SelectField
          path="what-if.approval"
          label="Approval"
          options={approvals}
          value={draft.approval}
          onChange={(approval) => onChange({ approval })}
        />
      </div>
      <TermsFields draft={draft.terms} bounds={draft.bounds} onChange={(terms) => onChange({ terms })} />
      {draft.bounds.length === 0 ? null : (
        <fieldset className="bounds tabular">
          <legend>Bounds</legend>
          {draft.bounds.map((bounds, i) => {
            const called = `${formulaText(bounds.component ?? bounds.parameter)}${bounds.component === null ? '' : ' (%)'}`;
            const set = (change: Partial<typeof bounds>): void =>
              onChange({ bounds: draft.bounds.map((one, k) => (k === i ? { ...one, ...change } : one)) });
            return (
              <div className="bounds-row" key={`${bounds.parameter}.${bounds.component ?? ''}`}>
                <span aria-hidden="true">{called}</span>
                <TextField
                  path={`what-if.bounds.${i}.min`}
                  label="from"
                  of={called}
                  numeric
                  value={bounds.min}
                  onChange={(min) => set({ min })}
                />
                <TextField
                  path={`what-if.bounds.${i}.max`}
                  label="to"
                  of={called}
                  numeric
                  value={bounds.max}
                  onChange={(max) => set({ max })}
                />
              </div>
            );
          })}
        </fieldset>
      )}
      {draft.constraints.length === 0 ? null : (
        <fieldset className="bounds">
          <legend>Constraints</legend>
          {draft.constraints.map((constraint, i) => {
            const set = (change: Partial<typeof constraint>): void =>
              onChange({
                constraints: draft.constraints.map((one, k) => (k === i ? { ...one, ...change } : one)),
              });
            return (
              <div className="stack-tight" key={i}>
                <label className="row start">
                  <input
                    type="checkbox"
                    checked={constraint.kept}
                    onChange={({ target }) => set({ kept: target.checked })}
                  />
                  {constraint.text}
                </label>
                {constraint.bound === null || !constraint.kept ? null : (
                  <TextField
                    path={`what-if.constraints.${i}`}
                    label="Bound"
                    of={constraint.text}
                    numeric
                    value={constraint.bound}
                    onChange={(bound) => set({ bound })}
                  />
                )}
              </div>
            );
          })}
        </fieldset>
      )}
    </div>
  );
}
