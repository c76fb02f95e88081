import type { JSX } from 'react';
import { TextField } from '../../../components/Field.js';
import { type ComponentDraft, emptyComponent, type MixtureDraft } from '../draft/parameters.js';
import { replaced, without } from '../lists.js';

interface MixtureEditorProps {
  readonly path: string;
  readonly mixture: MixtureDraft;
  readonly onChange: (mixture: MixtureDraft) => void;
}

/** Fractions that sum to one, in steps that can be dispensed. */
export function MixtureEditor({ path, mixture, onChange }: MixtureEditorProps): JSX.Element {
  const { components } = mixture;
  const setComponent = (i: number, component: ComponentDraft): void =>
    onChange({ ...mixture, components: replaced(components, i, component) });
  return (
    <>
      <div className="form-grid narrow">
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
        <TextField
          path={`${path}.mostComponents`}
          label="Most components at once"
          numeric
          hint="Empty for all of them"
          value={mixture.mostComponents}
          onChange={(mostComponents) => onChange({ ...mixture, mostComponents })}
        />
        <TextField
          path={`${path}.minimumDose`}
          label="Smallest dose"
          numeric
          hint="A component is absent or at least so much"
          value={mixture.minimumDose}
          onChange={(minimumDose) => onChange({ ...mixture, minimumDose })}
        />
      </div>
      <div className="stack-tight">
        {components.map((component, i) => {
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
                disabled={components.length <= 2}
                onClick={() => onChange({ ...mixture, components: without(components, i) })}
              >
                Remove<span className="visually-hidden"> component {i + 1}</span>
              </button>
            </div>
          );
        })}
      </div>
      <div>
        <button
          type="button"
          className="button small"
          onClick={() => onChange({ ...mixture, components: [...components, emptyComponent] })}
        >
          Add a component
        </button>
      </div>
    </>
  );
}
