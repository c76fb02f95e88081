import type { JSX } from 'react';
import { SelectField, TextField } from '../../components/Field.js';
import { approvals, goals } from '../../format/plan-choices.js';
import type { Draft } from './draft.js';

interface PlanFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const transforms = [
  { value: 'log10', label: 'log₁₀: it spans decades' },
  { value: 'none', label: 'as it is' },
] as const;
const strategies = [
  { value: 'auto', label: 'Automatic' },
  { value: 'gp-log-ei', label: 'GP, expected improvement' },
  { value: 'gp-ucb', label: 'GP, upper confidence bound' },
  { value: 'gp-thompson', label: 'GP, Thompson sampling' },
  { value: 'forest-ucb', label: 'Forest, upper confidence bound' },
  { value: 'random', label: 'Random, to compare with' },
] as const;

/** What is wanted. */
export const ObjectiveFields = ({ draft, onChange }: PlanFieldsProps): JSX.Element => (
  <div className="form-grid">
    <TextField
      path="objective.property"
      label="Property"
      required
      hint="such as ionic_conductivity, activation_energy, density or voltage; value for anything else"
      value={draft.property}
      onChange={(property) => onChange({ property })}
    />
    <TextField
      path="objective.unit"
      label="Unit"
      value={draft.unit}
      onChange={(unit) => onChange({ unit })}
    />
    <SelectField
      path="objective.goal"
      label="Goal"
      options={goals}
      value={draft.goal}
      onChange={(goal) => onChange({ goal })}
    />
    <SelectField
      path="objective.transform"
      label="Models see it"
      options={transforms}
      value={draft.transform}
      onChange={(transform) => onChange({ transform })}
    />
    <TextField
      path="objective.temperatureC"
      label="Temperature (°C)"
      numeric
      hint="At which it is measured; may be left out"
      value={draft.temperatureC}
      onChange={(temperatureC) => onChange({ temperatureC })}
    />
  </div>
);

/** How it is gone about. */
export function PlanFields({ draft, onChange }: PlanFieldsProps): JSX.Element {
  const known = strategies.some(({ value }) => value === draft.strategy);
  const options: readonly { readonly value: string; readonly label: string }[] = known
    ? strategies
    : [...strategies, { value: draft.strategy, label: draft.strategy }];
  return (
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
      <SelectField
        path="strategy"
        label="Strategy"
        options={options}
        value={draft.strategy}
        onChange={(strategy) => onChange({ strategy })}
      />
      <SelectField
        path="approval"
        label="Approval"
        options={approvals}
        value={draft.approval}
        onChange={(approval) => onChange({ approval })}
      />
    </div>
  );
}
