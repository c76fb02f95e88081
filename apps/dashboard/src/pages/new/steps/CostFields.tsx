import { type JSX, useContext } from 'react';
import { FieldErrors, TextField } from '../../../components/Field.js';
import type { CostDraft, CostTermDraft } from '../draft/goals.js';
import type { ParameterDraft } from '../draft/parameters.js';
import { variablesOf } from '../draft/variables.js';
import { replaced, without } from '../lists.js';
import { VariableField } from '../space/VariableField.js';

interface CostFieldsProps {
  readonly cost: CostDraft;
  readonly parameters: readonly ParameterDraft[];
  readonly onChange: (cost: CostDraft | null) => void;
}

/** What each experiment costs, and what its settings add. */
export function CostFields({ cost, parameters, onChange }: CostFieldsProps): JSX.Element {
  const own = useContext(FieldErrors).get('cost');
  const variables = variablesOf(parameters);
  const { per } = cost;
  const setTerm = (i: number, term: CostTermDraft): void =>
    onChange({ ...cost, per: replaced(per, i, term) });
  return (
    <div className="stack">
      {own === undefined ? null : <p className="notice bad">{own}</p>}
      <div className="form-grid">
        <TextField
          path="cost.base"
          label="Each experiment"
          numeric
          required
          hint="Whatever it is"
          value={cost.base}
          onChange={(base) => onChange({ ...cost, base })}
        />
        <TextField
          path="cost.budget"
          label="Budget in the same unit"
          numeric
          hint="What may be spent in all; may be left out"
          value={cost.budget}
          onChange={(budget) => onChange({ ...cost, budget })}
        />
      </div>
      <div className="stack-tight">
        {per.map((term, i) => {
          const choices = variables.find(({ name }) => name === term.of)?.choices ?? null;
          return (
            <div key={i} className="term-row even">
              <VariableField
                path={`cost.per[${i}].parameter`}
                label="And for"
                of={`part ${i + 1}`}
                variables={variables}
                value={term.of}
                onChange={(of) => setTerm(i, { ...term, of })}
              />
              <TextField
                path={`cost.per[${i}].perUnit`}
                label={choices ? 'Price of each choice' : 'Price a unit'}
                of={`of part ${i + 1}`}
                placeholder={
                  choices
                    ? choices
                        .slice(0, 2)
                        .map((one) => `${one} = 3`)
                        .join('; ')
                    : ''
                }
                value={term.price}
                onChange={(price) => setTerm(i, { ...term, price })}
              />
              <button
                type="button"
                className="button quiet small"
                onClick={() => onChange({ ...cost, per: without(per, i) })}
              >
                Remove<span className="visually-hidden"> part {i + 1} of the cost</span>
              </button>
            </div>
          );
        })}
      </div>
      <div className="row">
        <button
          type="button"
          className="button small"
          onClick={() => onChange({ ...cost, per: [...per, { of: '', price: '' }] })}
        >
          Add what it depends on
        </button>
        <button type="button" className="button quiet small" onClick={() => onChange(null)}>
          They all cost the same
        </button>
      </div>
    </div>
  );
}
