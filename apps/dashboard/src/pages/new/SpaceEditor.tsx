import { type JSX, useContext } from 'react';
import { FieldErrors, fieldId, SelectField, TextField } from '../../components/Field.js';
import {
  type ComponentDraft,
  type ContinuousDraft,
  emptyComponent,
  emptyContinuous,
  emptyMixture,
  type MixtureDraft,
  type ParameterDraft,
} from './draft.js';

interface SpaceEditorProps {
  readonly parameters: readonly ParameterDraft[];
  readonly onChange: (parameters: readonly ParameterDraft[]) => void;
}

const replaced = <T,>(list: readonly T[], index: number, value: T): readonly T[] =>
  list.map((entry, i) => (i === index ? value : entry));
const without = <T,>(list: readonly T[], index: number): readonly T[] => list.filter((_, i) => i !== index);

/** What may be varied: mixtures whose fractions sum to one, and continuous parameters. */
export function SpaceEditor({ parameters, onChange }: SpaceEditorProps): JSX.Element {
  const errors = useContext(FieldErrors);
  const ofSpace = ['space', 'space.parameters'].flatMap((path) => errors.get(path) ?? []);
  return (
    <div className="stack" id={fieldId('space')} tabIndex={-1}>
      {ofSpace.map((message) => (
        <p key={message} className="notice bad">
          {message}
        </p>
      ))}
      {parameters.map((parameter, i) => {
        const path = `space.parameters[${i}]`;
        const common = {
          path,
          onRemove: () => onChange(without(parameters, i)),
          removable: parameters.length > 1,
        };
        const change = (next: ParameterDraft): void => onChange(replaced(parameters, i, next));
        const own = errors.get(path) ?? errors.get(`${path}.components`);
        return (
          <div key={path} className="stack-tight">
            {own === undefined ? null : <p className="notice bad">{own}</p>}
            {parameter.kind === 'mixture' ? (
              <MixtureEditor {...common} mixture={parameter} onChange={change} />
            ) : null}
            {parameter.kind === 'continuous' ? (
              <ContinuousEditor {...common} parameter={parameter} onChange={change} />
            ) : null}
            {parameter.kind === 'other' ? (
              <p className="soft">“{parameter.name}” is taken over from the template as it is.</p>
            ) : null}
          </div>
        );
      })}
      <div className="row">
        <button type="button" className="button" onClick={() => onChange([...parameters, emptyContinuous])}>
          Add a continuous parameter
        </button>
        <button type="button" className="button" onClick={() => onChange([...parameters, emptyMixture])}>
          Add a mixture
        </button>
      </div>
    </div>
  );
}

interface MixtureEditorProps {
  readonly path: string;
  readonly mixture: MixtureDraft;
  readonly removable: boolean;
  readonly onChange: (mixture: MixtureDraft) => void;
  readonly onRemove: () => void;
}

function MixtureEditor({ path, mixture, removable, onChange, onRemove }: MixtureEditorProps): JSX.Element {
  const setComponent = (i: number, component: ComponentDraft): void =>
    onChange({ ...mixture, components: replaced(mixture.components, i, component) });
  return (
    <fieldset className="group">
      <legend>Mixture: fractions that sum to one</legend>
      <div className="stack">
        <div className="form-grid">
          <TextField
            path={`${path}.name`}
            label="Mixture"
            value={mixture.name}
            required
            onChange={(name) => onChange({ ...mixture, name })}
          />
          <TextField
            path={`${path}.step`}
            label="Step"
            numeric
            hint="What can be dispensed: 0.01 is one percent"
            value={mixture.step}
            onChange={(step) => onChange({ ...mixture, step })}
          />
        </div>
        <div className="stack-tight">
          {mixture.components.map((component, i) => {
            const own = `${path}.components[${i}]`;
            return (
              <div key={own} className={`component-row ${i === 0 ? 'labelled' : ''}`}>
                <TextField
                  path={`${own}.name`}
                  label="Component"
                  of={String(i + 1)}
                  required
                  value={component.name}
                  onChange={(name) => setComponent(i, { ...component, name })}
                />
                <TextField
                  path={`${own}.min`}
                  label="Minimum"
                  of={`of component ${i + 1}`}
                  placeholder="0"
                  numeric
                  value={component.min}
                  onChange={(min) => setComponent(i, { ...component, min })}
                />
                <TextField
                  path={`${own}.max`}
                  label="Maximum"
                  of={`of component ${i + 1}`}
                  placeholder="1"
                  numeric
                  value={component.max}
                  onChange={(max) => setComponent(i, { ...component, max })}
                />
                <button
                  type="button"
                  className="button quiet small"
                  disabled={mixture.components.length <= 2}
                  onClick={() => onChange({ ...mixture, components: without(mixture.components, i) })}
                >
                  Remove<span className="visually-hidden"> component {i + 1}</span>
                </button>
              </div>
            );
          })}
        </div>
        <div className="row">
          <button
            type="button"
            className="button small"
            onClick={() => onChange({ ...mixture, components: [...mixture.components, emptyComponent] })}
          >
            Add a component
          </button>
          {removable ? (
            <button type="button" className="button quiet small" onClick={onRemove}>
              Remove this mixture
            </button>
          ) : null}
        </div>
      </div>
    </fieldset>
  );
}

interface ContinuousEditorProps {
  readonly path: string;
  readonly parameter: ContinuousDraft;
  readonly removable: boolean;
  readonly onChange: (parameter: ContinuousDraft) => void;
  readonly onRemove: () => void;
}

const scales = [
  { value: 'linear', label: 'linear' },
  { value: 'log', label: 'logarithmic' },
] as const;

const ContinuousEditor = ({
  path,
  parameter,
  removable,
  onChange,
  onRemove,
}: ContinuousEditorProps): JSX.Element => (
  <fieldset className="group">
    <legend>Continuous parameter</legend>
    <div className="component-row continuous labelled">
      <TextField
        path={`${path}.name`}
        label="Parameter"
        required
        value={parameter.name}
        onChange={(name) => onChange({ ...parameter, name })}
      />
      <TextField
        path={`${path}.min`}
        label="Minimum"
        numeric
        required
        value={parameter.min}
        onChange={(min) => onChange({ ...parameter, min })}
      />
      <TextField
        path={`${path}.max`}
        label="Maximum"
        numeric
        required
        value={parameter.max}
        onChange={(max) => onChange({ ...parameter, max })}
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
      <button type="button" className="button quiet small" disabled={!removable} onClick={onRemove}>
        Remove<span className="visually-hidden"> parameter {parameter.name}</span>
      </button>
    </div>
  </fieldset>
);
