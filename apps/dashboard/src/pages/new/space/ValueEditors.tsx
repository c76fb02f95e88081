import type { JSX } from 'react';
import { SelectField, TextField } from '../../../components/Field.js';
import type {
  CategoricalDraft,
  ContextDraft,
  ContinuousDraft,
  IntegerDraft,
  LevelsDraft,
} from '../draft/parameters.js';

interface EditorProps<P> {
  readonly path: string;
  readonly parameter: P;
  readonly onChange: (parameter: P) => void;
}

const scales = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'logarithmic' },
] as const;

type RangeParameter = ContinuousDraft | IntegerDraft | ContextDraft;

/** A number between two ends: chosen freely, whole, or only observed. */
export function RangeEditor({ path, parameter, onChange }: EditorProps<RangeParameter>): JSX.Element {
  const { kind, name, min, max, unit, scale } = parameter;
  return (
    <div className="form-grid narrow">
      <TextField
        path={`${path}.name`}
        label="Parameter"
        required
        value={name}
        onChange={(next) => onChange({ ...parameter, name: next })}
      />
      <TextField
        path={`${path}.min`}
        label="Minimum"
        numeric
        required
        value={min}
        onChange={(next) => onChange({ ...parameter, min: next })}
      />
      <TextField
        path={`${path}.max`}
        label="Maximum"
        numeric
        required
        value={max}
        onChange={(next) => onChange({ ...parameter, max: next })}
      />
      <TextField
        path={`${path}.unit`}
        label="Unit"
        value={unit}
        onChange={(next) => onChange({ ...parameter, unit: next })}
      />
      <SelectField
        path={`${path}.scale`}
        label="Scale"
        options={scales}
        value={scale}
        onChange={(next) => onChange({ ...parameter, scale: next })}
      />
      {kind === 'continuous' ? (
        <TextField
          path={`${path}.step`}
          label="Step"
          numeric
          hint="What can be set; empty for anything"
          value={parameter.step}
          onChange={(step) => onChange({ ...parameter, step })}
        />
      ) : null}
      {kind === 'context' ? (
        <TextField
          path={`${path}.usual`}
          label="Usual value"
          numeric
          hint="Taken where nothing was observed"
          value={parameter.usual}
          onChange={(usual) => onChange({ ...parameter, usual })}
        />
      ) : null}
    </div>
  );
}

export const LevelsEditor = ({ path, parameter, onChange }: EditorProps<LevelsDraft>): JSX.Element => (
  <div className="form-grid narrow">
    <TextField
      path={`${path}.name`}
      label="Parameter"
      required
      value={parameter.name}
      onChange={(name) => onChange({ ...parameter, name })}
    />
    <TextField
      path={`${path}.levels`}
      label="Levels"
      required
      hint="Ascending: 100, 200, 400"
      value={parameter.levels}
      onChange={(levels) => onChange({ ...parameter, levels })}
    />
    <TextField
      path={`${path}.unit`}
      label="Unit"
      value={parameter.unit}
      onChange={(unit) => onChange({ ...parameter, unit })}
    />
    <SelectField
      path={`${path}.scale`}
      label="Scale"
      options={scales}
      value={parameter.scale}
      onChange={(scale) => onChange({ ...parameter, scale })}
    />
  </div>
);

export const CategoricalEditor = ({
  path,
  parameter,
  onChange,
}: EditorProps<CategoricalDraft>): JSX.Element => (
  <div className="form-grid">
    <TextField
      path={`${path}.name`}
      label="Parameter"
      required
      value={parameter.name}
      onChange={(name) => onChange({ ...parameter, name })}
    />
    <TextField
      path={`${path}.choices`}
      label="Choices"
      required
      multiline
      hint="A line each"
      value={parameter.choices}
      onChange={(choices) => onChange({ ...parameter, choices })}
    />
  </div>
);
