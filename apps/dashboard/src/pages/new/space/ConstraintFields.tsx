import type { JSX } from 'react';
import { SelectField, TextField } from '../../../components/Field.js';
import {
  type ConditionDraft,
  type ConstraintDraft,
  emptyCondition,
  emptyTerm,
  type Relation,
} from '../draft/constraints.js';
import type { Variable } from '../draft/variables.js';
import { replaced, without } from '../lists.js';
import { VariableField } from './VariableField.js';

type Editable = Exclude<ConstraintDraft, { readonly kind: 'other' }>;

interface ConstraintFieldsProps<C = Editable> {
  readonly path: string;
  readonly constraint: C;
  readonly variables: readonly Variable[];
  readonly mixtures: readonly string[];
  readonly onChange: (constraint: ConstraintDraft) => void;
}
type Of<K extends Editable['kind']> = Extract<Editable, { readonly kind: K }>;

export function ConstraintFields(props: ConstraintFieldsProps): JSX.Element {
  const { constraint, path, mixtures, onChange } = props;
  switch (constraint.kind) {
    case 'linear':
      return <LinearFields {...props} constraint={constraint} />;
    case 'sum':
      return <SumFields {...props} constraint={constraint} />;
    case 'ratio':
      return <RatioFields {...props} constraint={constraint} />;
    case 'forbidden':
      return <ForbiddenFields {...props} constraint={constraint} />;
    case 'neutral':
      return (
        <div className="form-grid">
          <SelectField
            path={`${path}.of`}
            label="Mixture"
            options={['', ...mixtures].map((value) => ({ value, label: value || 'Choose…' }))}
            value={constraint.of}
            onChange={(of) => onChange({ ...constraint, of })}
          />
          <TextField
            path={`${path}.charges`}
            label="Charges of components"
            multiline
            hint="A line each: LiF = 0. Left out, they are known by the formulas"
            value={constraint.charges}
            onChange={(charges) => onChange({ ...constraint, charges })}
          />
        </div>
      );
    case 'expression':
      return (
        <TextField
          path={`${path}.expression`}
          label="Condition"
          required
          multiline
          hint="Names as below, numbers, + − * / ^, <= >= =, and, or, not: temperature * time <= 5e5 and not (gas = 'H2' and temperature > 600)"
          value={constraint.expression}
          onChange={(expression) => onChange({ ...constraint, expression })}
        />
      );
  }
}

const relations: readonly { readonly value: Relation; readonly label: string }[] = [
  { value: '<=', label: 'at most' },
  { value: '>=', label: 'at least' },
  { value: '=', label: 'exactly' },
];

function BoundFields({
  path,
  relation,
  bound,
  onChange,
}: {
  readonly path: string;
  readonly relation: Relation;
  readonly bound: string;
  readonly onChange: (change: { readonly relation?: Relation; readonly bound?: string }) => void;
}): JSX.Element {
  return (
    <div className="form-grid narrow">
      <SelectField
        path={`${path}.relation`}
        label="Is"
        options={relations}
        value={relation}
        onChange={(next) => onChange({ relation: next })}
      />
      <TextField
        path={`${path}.bound`}
        label="Bound"
        required
        numeric
        value={bound}
        onChange={(next) => onChange({ bound: next })}
      />
    </div>
  );
}

function LinearFields({
  path,
  constraint,
  variables,
  onChange,
}: ConstraintFieldsProps<Of<'linear'>>): JSX.Element {
  const { terms } = constraint;
  const set = (next: typeof terms): void => onChange({ ...constraint, terms: next });
  return (
    <>
      <div className="stack-tight">
        {terms.map((term, i) => (
          <div key={i} className="term-row">
            <TextField
              path={`${path}.terms[${i}].times`}
              label="Factor"
              of={`of part ${i + 1}`}
              numeric
              value={term.times}
              onChange={(times) => set(replaced(terms, i, { ...term, times }))}
            />
            <VariableField
              path={`${path}.terms[${i}].of`}
              label="Of"
              of={`part ${i + 1}`}
              variables={variables.filter(({ choices }) => choices === null)}
              value={term.of}
              onChange={(of) => set(replaced(terms, i, { ...term, of }))}
            />
            <RemovePart i={i} disabled={terms.length < 2} onRemove={() => set(without(terms, i))} />
          </div>
        ))}
      </div>
      <AddPart onAdd={() => set([...terms, emptyTerm])} />
      <BoundFields
        {...constraint}
        path={path}
        onChange={(change) => onChange({ ...constraint, ...change })}
      />
    </>
  );
}

function SumFields({ path, constraint, variables, onChange }: ConstraintFieldsProps<Of<'sum'>>): JSX.Element {
  const { of } = constraint;
  const set = (next: typeof of): void => onChange({ ...constraint, of: next });
  return (
    <>
      <div className="stack-tight">
        {of.map((one, i) => (
          <div key={i} className="term-row single">
            <VariableField
              path={`${path}.of[${i}]`}
              label="Part"
              of={String(i + 1)}
              variables={variables.filter(({ choices }) => choices === null)}
              value={one}
              onChange={(next) => set(replaced(of, i, next))}
            />
            <RemovePart i={i} disabled={of.length < 2} onRemove={() => set(without(of, i))} />
          </div>
        ))}
      </div>
      <AddPart onAdd={() => set([...of, ''])} />
      <BoundFields
        {...constraint}
        path={path}
        onChange={(change) => onChange({ ...constraint, ...change })}
      />
    </>
  );
}

const RatioFields = ({
  path,
  constraint,
  variables,
  onChange,
}: ConstraintFieldsProps<Of<'ratio'>>): JSX.Element => (
  <div className="form-grid narrow">
    {(['of', 'to'] as const).map((end) => (
      <VariableField
        key={end}
        path={`${path}.${end}`}
        label={end === 'of' ? 'Of' : 'To'}
        variables={variables.filter(({ choices }) => choices === null)}
        value={constraint[end]}
        onChange={(next) => onChange({ ...constraint, [end]: next })}
      />
    ))}
    {(['min', 'max'] as const).map((end) => (
      <TextField
        key={end}
        path={`${path}.${end}`}
        label={end === 'min' ? 'At least' : 'At most'}
        numeric
        value={constraint[end]}
        onChange={(next) => onChange({ ...constraint, [end]: next })}
      />
    ))}
  </div>
);

const tests: readonly { readonly value: ConditionDraft['test']; readonly label: string }[] = [
  { value: 'is', label: 'is one of' },
  { value: 'min', label: 'is at least' },
  { value: 'max', label: 'is at most' },
  { value: 'above', label: 'is above' },
  { value: 'below', label: 'is below' },
  { value: 'between', label: 'is between' },
];

function ForbiddenFields({
  path,
  constraint,
  variables,
  onChange,
}: ConstraintFieldsProps<Of<'forbidden'>>): JSX.Element {
  const { when } = constraint;
  const set = (next: typeof when): void => onChange({ ...constraint, when: next });
  return (
    <>
      <p className="small soft">A point is left out where all of these hold at once.</p>
      <div className="stack-tight">
        {when.map((condition, i) => {
          const named = variables.find(({ name }) => name === condition.of)?.choices ?? null;
          const change = (part: Partial<ConditionDraft>): void =>
            set(replaced(when, i, { ...condition, ...part }));
          return (
            <div key={i} className="term-row condition">
              <VariableField
                path={`${path}.when[${i}].of`}
                label="If"
                of={`condition ${i + 1}`}
                variables={variables}
                value={condition.of}
                onChange={(of) =>
                  change({ of, ...(variables.find(({ name }) => name === of)?.choices && { test: 'is' }) })
                }
              />
              <SelectField
                path={`${path}.when[${i}].test`}
                label="Test"
                of={`of condition ${i + 1}`}
                options={named ? tests.slice(0, 1) : tests}
                value={condition.test}
                onChange={(test) => change({ test })}
              />
              <TextField
                path={`${path}.when[${i}].value`}
                label="Value"
                of={`of condition ${i + 1}`}
                placeholder={named?.slice(0, 2).join('; ') ?? ''}
                value={condition.value}
                onChange={(value) => change({ value })}
              />
              {condition.test === 'between' ? (
                <TextField
                  path={`${path}.when[${i}].to`}
                  label="And"
                  of={`of condition ${i + 1}`}
                  numeric
                  value={condition.to}
                  onChange={(to) => change({ to })}
                />
              ) : null}
              <RemovePart i={i} disabled={when.length < 2} onRemove={() => set(without(when, i))} />
            </div>
          );
        })}
      </div>
      <AddPart onAdd={() => set([...when, emptyCondition])} />
    </>
  );
}

const AddPart = ({ onAdd }: { readonly onAdd: () => void }): JSX.Element => (
  <div>
    <button type="button" className="button small" onClick={onAdd}>
      Add a part
    </button>
  </div>
);

const RemovePart = ({
  i,
  disabled,
  onRemove,
}: {
  readonly i: number;
  readonly disabled: boolean;
  readonly onRemove: () => void;
}): JSX.Element => (
  <button type="button" className="button quiet small" disabled={disabled} onClick={onRemove}>
    Remove<span className="visually-hidden"> part {i + 1}</span>
  </button>
);
