import { type JSX, useContext } from 'react';
import { FieldErrors, fieldId } from '../../../components/Field.js';
import { emptyParameters, type ParameterDraft, type ParameterKind } from '../draft/parameters.js';
import { KindsToAdd, RemoveButton, useFocusOnAdded } from '../ListEditing.js';
import { replaced, without } from '../lists.js';
import { CategoricalEditor, LevelsEditor, RangeEditor } from './ValueEditors.js';
import { MixtureEditor } from './MixtureEditor.js';
import { PoolEditor } from './PoolEditor.js';

interface SpaceEditorProps {
  readonly parameters: readonly ParameterDraft[];
  readonly onChange: (parameters: readonly ParameterDraft[]) => void;
}

const kinds: readonly { readonly kind: ParameterKind; readonly label: string; readonly about: string }[] = [
  { kind: 'mixture', label: 'Mixture', about: 'fractions that sum to one' },
  { kind: 'continuous', label: 'Number', about: 'anything from a minimum to a maximum' },
  { kind: 'integer', label: 'Whole number', about: 'of layers, cycles, pieces' },
  { kind: 'levels', label: 'Levels', about: 'the few settings that an instrument has' },
  { kind: 'categorical', label: 'Choices', about: 'named, without an order: solvents, atmospheres' },
  { kind: 'pool', label: 'Pool of candidates', about: 'a table of formulas or molecules' },
  { kind: 'context', label: 'Context', about: 'observed and not chosen: humidity, age of a batch' },
];

/** What may be varied, each kind with its own fields. */
export function SpaceEditor({ parameters, onChange }: SpaceEditorProps): JSX.Element {
  const errors = useContext(FieldErrors);
  const focusOnAdded = useFocusOnAdded(parameters.length, (i) => `space.parameters[${i}].name`);
  const add = (kind: ParameterKind): void => {
    focusOnAdded();
    onChange([...parameters, emptyParameters[kind]]);
  };
  const ofSpace = errors.get('space');
  return (
    <div className="stack" id={fieldId('space')} tabIndex={-1}>
      {ofSpace === undefined ? null : <p className="notice bad">{ofSpace}</p>}
      {parameters.map((parameter, i) => {
        const path = `space.parameters[${i}]`;
        const own = errors.get(path);
        return (
          <fieldset className="group" key={path} id={fieldId(path)} tabIndex={-1}>
            <legend>
              {kinds.find(({ kind }) => kind === parameter.kind)?.label}
              {parameter.name === '' ? '' : ` · ${parameter.name}`}
            </legend>
            <div className="stack">
              {own === undefined ? null : <p className="notice bad">{own}</p>}
              <ParameterEditor
                path={path}
                parameter={parameter}
                onChange={(next) => onChange(replaced(parameters, i, next))}
              />
            </div>
            <RemoveButton
              what={`parameter ${parameter.name || i + 1}`}
              onRemove={() => onChange(without(parameters, i))}
            />
          </fieldset>
        );
      })}
      <KindsToAdd kinds={kinds} onAdd={add} />
    </div>
  );
}

interface ParameterEditorProps {
  readonly path: string;
  readonly parameter: ParameterDraft;
  readonly onChange: (parameter: ParameterDraft) => void;
}

function ParameterEditor({ path, parameter, onChange }: ParameterEditorProps): JSX.Element {
  switch (parameter.kind) {
    case 'mixture':
      return <MixtureEditor path={path} mixture={parameter} onChange={onChange} />;
    case 'levels':
      return <LevelsEditor path={path} parameter={parameter} onChange={onChange} />;
    case 'categorical':
      return <CategoricalEditor path={path} parameter={parameter} onChange={onChange} />;
    case 'pool':
      return <PoolEditor path={path} pool={parameter} onChange={onChange} />;
    default:
      return <RangeEditor path={path} parameter={parameter} onChange={onChange} />;
  }
}
