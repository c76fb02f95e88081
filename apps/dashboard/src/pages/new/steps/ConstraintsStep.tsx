import { type JSX, useContext } from 'react';
import { FieldErrors, fieldId, TextField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { Empty } from '../../../components/States.js';
import { type ConstraintDraft, type ConstraintKind, emptyConstraints } from '../draft/constraints.js';
import type { ParameterDraft } from '../draft/parameters.js';
import { variablesOf } from '../draft/variables.js';
import { KindsToAdd, RemoveButton, useFocusOnAdded } from '../ListEditing.js';
import { replaced, without } from '../lists.js';
import { ConstraintFields } from '../space/ConstraintFields.js';

interface ConstraintsStepProps {
  readonly parameters: readonly ParameterDraft[];
  readonly constraints: readonly ConstraintDraft[];
  readonly onChange: (constraints: readonly ConstraintDraft[]) => void;
}

const kinds: readonly { readonly kind: ConstraintKind; readonly label: string; readonly about: string }[] = [
  { kind: 'sum', label: 'Sum', about: 'some parts together are at most, or at least, so much' },
  { kind: 'linear', label: 'Weighed sum', about: 'the same with a factor each: a price, a charge, a mass' },
  { kind: 'ratio', label: 'Ratio', about: 'one to another, between two numbers' },
  { kind: 'forbidden', label: 'Never together', about: 'if this and that hold, it is not made' },
  { kind: 'neutral', label: 'Charge neutral', about: 'the charges of a mixture’s components cancel' },
  { kind: 'expression', label: 'In words', about: 'any condition: x * y <= 5e5 and not (gas = ’H2’)' },
];

/** What must hold beside the bounds. */
export function ConstraintsStep({ parameters, constraints, onChange }: ConstraintsStepProps): JSX.Element {
  const errors = useContext(FieldErrors);
  const variables = variablesOf(parameters);
  const mixtures = parameters.filter(({ kind }) => kind === 'mixture').map(({ name }) => name.trim());
  const focusOnAdded = useFocusOnAdded(constraints.length, (i) => `space.constraints[${i}].name`);
  const add = (kind: ConstraintKind): void => {
    focusOnAdded();
    onChange([...constraints, emptyConstraints[kind]]);
  };
  return (
    <Panel
      title="What must hold"
      note="Beside the bounds: what cannot be made, must not be made, or is of no interest. A planner never proposes a point that breaks one."
    >
      <div className="stack">
        {constraints.length === 0 ? (
          <Empty title="Nothing but the bounds">
            <p>Most campaigns need nothing here. Add what you would refuse to make anyway.</p>
          </Empty>
        ) : null}
        {constraints.map((constraint, i) => {
          const path = `space.constraints[${i}]`;
          const own = errors.get(path);
          return (
            <fieldset className="group" key={path} id={fieldId(path)} tabIndex={-1}>
              <legend>
                {kinds.find(({ kind }) => kind === constraint.kind)?.label ?? 'Taken over as it is'}
              </legend>
              <div className="stack">
                {own === undefined ? null : <p className="notice bad">{own}</p>}
                {constraint.kind === 'other' ? (
                  <p className="soft">
                    “{constraint.name}” is taken over from the template: there are no fields for it.
                  </p>
                ) : (
                  <>
                    <TextField
                      path={`${path}.name`}
                      label="Name"
                      hint="As it is to be called; may be left out"
                      value={constraint.name}
                      onChange={(name) => onChange(replaced(constraints, i, { ...constraint, name }))}
                    />
                    <ConstraintFields
                      path={path}
                      constraint={constraint}
                      variables={variables}
                      mixtures={mixtures}
                      onChange={(next) => onChange(replaced(constraints, i, next))}
                    />
                  </>
                )}
              </div>
              <RemoveButton
                what={`constraint ${constraint.name || i + 1}`}
                onRemove={() => onChange(without(constraints, i))}
              />
            </fieldset>
          );
        })}
        <KindsToAdd
          kinds={kinds.filter(({ kind }) => kind !== 'neutral' || mixtures.length > 0)}
          onAdd={add}
        />
      </div>
    </Panel>
  );
}
