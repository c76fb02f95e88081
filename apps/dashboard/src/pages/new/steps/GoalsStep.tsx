import type { JSX } from 'react';
import { SelectField, TextField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { goalsWithWindow } from '../../../format/plan-choices.js';
import type { Draft } from '../draft/draft.js';
import {
  emptyCost,
  emptyLimit,
  emptyObjective,
  type LimitDraft,
  type ObjectiveDraft,
} from '../draft/goals.js';
import { RemoveButton } from '../ListEditing.js';
import { replaced, without } from '../lists.js';
import { CostFields } from './CostFields.js';

interface GoalsStepProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const mostObjectives = 4;
const transforms = [
  { value: 'log10', label: 'log₁₀: it spans decades' },
  { value: 'none', label: 'as it is' },
] as const;

/** What is wanted: one property or several, limits to others, and what experiments cost. */
export function GoalsStep({ draft, onChange }: GoalsStepProps): JSX.Element {
  const { objectives, limits, cost } = draft;
  const set = (next: readonly ObjectiveDraft[]): void => onChange({ objectives: next });
  const setLimits = (next: readonly LimitDraft[]): void => onChange({ limits: next });
  return (
    <>
      <Panel
        title="What is wanted"
        note="A measured property. With several, the campaign looks for the best compromises between them."
      >
        <div className="stack">
          {objectives.map((objective, i) => (
            <fieldset className="group" key={i}>
              <legend>{objectives.length === 1 ? 'Goal' : `Goal ${i + 1}`}</legend>
              <div className="stack">
                <ObjectiveFields
                  path={`objectives[${i}]`}
                  objective={objective}
                  onChange={(next) => set(replaced(objectives, i, next))}
                />
                {objectives.length > 1 ? (
                  <RemoveButton what={`goal ${i + 1}`} onRemove={() => set(without(objectives, i))} />
                ) : null}
              </div>
            </fieldset>
          ))}
          {objectives.length < mostObjectives ? (
            <div>
              <button type="button" className="button" onClick={() => set([...objectives, emptyObjective])}>
                Add another goal
              </button>
            </div>
          ) : null}
        </div>
      </Panel>
      <Panel
        title="Limits"
        note="Other measured properties that must stay between two values, whatever the goals gain: a relative density of at least 0.95."
      >
        <div className="stack">
          {limits.map((limit, i) => (
            <fieldset className="group" key={i}>
              <legend>Limit {i + 1}</legend>
              <div className="stack">
                <LimitFields
                  path={`limits[${i}]`}
                  limit={limit}
                  onChange={(next) => setLimits(replaced(limits, i, next))}
                />
                <RemoveButton what={`limit ${i + 1}`} onRemove={() => setLimits(without(limits, i))} />
              </div>
            </fieldset>
          ))}
          <div>
            <button type="button" className="button" onClick={() => setLimits([...limits, emptyLimit])}>
              Add a limit
            </button>
          </div>
        </div>
      </Panel>
      <Panel
        title="What experiments cost"
        note="Only where some cost more than others: the planner then weighs what a point promises against its price, in money, hours or whatever is spent."
      >
        {cost === null ? (
          <button type="button" className="button" onClick={() => onChange({ cost: emptyCost })}>
            Say what they cost
          </button>
        ) : (
          <CostFields
            cost={cost}
            parameters={draft.parameters}
            onChange={(next) => onChange({ cost: next })}
          />
        )}
      </Panel>
    </>
  );
}

function ObjectiveFields({
  path,
  objective,
  onChange,
}: {
  readonly path: string;
  readonly objective: ObjectiveDraft;
  readonly onChange: (objective: ObjectiveDraft) => void;
}): JSX.Element {
  const change = (part: Partial<ObjectiveDraft>): void => onChange({ ...objective, ...part });
  return (
    <div className="form-grid">
      <TextField
        path={`${path}.property`}
        label="Property"
        required
        hint="such as ionic_conductivity, activation_energy, density or voltage; value for anything else"
        value={objective.property}
        onChange={(property) => change({ property })}
      />
      <TextField
        path={`${path}.unit`}
        label="Unit"
        value={objective.unit}
        onChange={(unit) => change({ unit })}
      />
      <SelectField
        path={`${path}.goal`}
        label="Goal"
        options={goalsWithWindow}
        value={objective.goal}
        onChange={(goal) => change({ goal })}
      />
      {objective.goal === 'window' ? (
        <>
          <TextField
            path={`${path}.low`}
            label="From"
            numeric
            hint="Empty for no lower end"
            value={objective.low}
            onChange={(low) => change({ low })}
          />
          <TextField
            path={`${path}.high`}
            label="To"
            numeric
            hint="Empty for no upper end"
            value={objective.high}
            onChange={(high) => change({ high })}
          />
        </>
      ) : null}
      <SelectField
        path={`${path}.transform`}
        label="Models see it"
        options={transforms}
        value={objective.transform}
        onChange={(transform) => change({ transform })}
      />
      <TextField
        path={`${path}.temperatureC`}
        label="Temperature (°C)"
        numeric
        hint="At which it is measured; may be left out"
        value={objective.temperatureC}
        onChange={(temperatureC) => change({ temperatureC })}
      />
    </div>
  );
}

function LimitFields({
  path,
  limit,
  onChange,
}: {
  readonly path: string;
  readonly limit: LimitDraft;
  readonly onChange: (limit: LimitDraft) => void;
}): JSX.Element {
  const change = (part: Partial<LimitDraft>): void => onChange({ ...limit, ...part });
  return (
    <div className="form-grid narrow">
      <TextField
        path={`${path}.property`}
        label="Property"
        required
        value={limit.property}
        onChange={(property) => change({ property })}
      />
      <TextField
        path={`${path}.unit`}
        label="Unit"
        value={limit.unit}
        onChange={(unit) => change({ unit })}
      />
      <TextField
        path={`${path}.low`}
        label="At least"
        numeric
        value={limit.low}
        onChange={(low) => change({ low })}
      />
      <TextField
        path={`${path}.high`}
        label="At most"
        numeric
        value={limit.high}
        onChange={(high) => change({ high })}
      />
      <SelectField
        path={`${path}.transform`}
        label="Models see it"
        options={transforms}
        value={limit.transform}
        onChange={(transform) => change({ transform })}
      />
    </div>
  );
}
