import type { JSX } from 'react';
import { SelectField, TextField } from '../../../components/Field.js';
import { formulaText } from '../../../format/formula.js';
import { capital, propertyName, withUnitLabel } from '../../../format/objective.js';
import { goalsWithWindow } from '../../../format/plan-choices.js';
import type { BoundsDraft } from '../moves/settings-draft.js';
import {
  type AimDraft,
  type LimitEndsDraft,
  noCost,
  type PriceDraft,
  type TermsDraft,
} from './terms-draft.js';

interface TermsFieldsProps {
  readonly draft: TermsDraft;
  /** What a cost may depend on: numbers and components. */
  readonly bounds: readonly BoundsDraft[];
  readonly onChange: (draft: TermsDraft) => void;
}

/** Goals with their windows, limits and what experiments cost, as they are tried out. */
export function TermsFields({ draft, bounds, onChange }: TermsFieldsProps): JSX.Element {
  const { aims, limits, cost } = draft;
  return (
    <>
      <fieldset className="bounds">
        <legend>{aims.length === 1 ? 'Goal' : 'Goals'}</legend>
        {aims.map((aim, i) => (
          <AimFields
            key={aim.property}
            path={`what-if.aims.${i}`}
            aim={aim}
            onChange={(next) => onChange({ ...draft, aims: aims.map((one, k) => (k === i ? next : one)) })}
          />
        ))}
      </fieldset>
      {limits.length === 0 ? null : (
        <fieldset className="bounds">
          <legend>Limits</legend>
          {limits.map((limit, i) => (
            <div className="stack-tight" key={limit.property}>
              <span className="small">
                {capital(withUnitLabel(propertyName(limit.property), limit.unit))}
              </span>
              <EndsFields
                path={`what-if.limits.${i}`}
                labels={['at least', 'at most']}
                ends={limit}
                onChange={(ends) =>
                  onChange({
                    ...draft,
                    limits: limits.map((one, k) => (k === i ? { ...one, ...ends } : one)),
                  })
                }
              />
            </div>
          ))}
        </fieldset>
      )}
      <fieldset className="bounds">
        <legend>Cost of an experiment</legend>
        {cost === null ? (
          <button
            type="button"
            className="button quiet small"
            onClick={() => onChange({ ...draft, cost: noCost })}
          >
            Some cost more than others
          </button>
        ) : (
          <CostFields draft={draft} cost={cost} bounds={bounds} onChange={onChange} />
        )}
      </fieldset>
    </>
  );
}

function AimFields({
  path,
  aim,
  onChange,
}: {
  readonly path: string;
  readonly aim: AimDraft;
  readonly onChange: (aim: AimDraft) => void;
}): JSX.Element {
  return (
    <div className="stack-tight">
      <SelectField
        path={`${path}.goal`}
        label={capital(withUnitLabel(propertyName(aim.property), aim.unit))}
        options={goalsWithWindow}
        value={aim.goal}
        onChange={(goal) => onChange({ ...aim, goal })}
      />
      {aim.goal === 'window' ? (
        <EndsFields
          path={path}
          labels={['from', 'to']}
          ends={aim}
          onChange={(ends) => onChange({ ...aim, ...ends })}
        />
      ) : null}
    </div>
  );
}

type Ends = Pick<LimitEndsDraft, 'low' | 'high'>;

const EndsFields = ({
  path,
  labels,
  ends,
  onChange,
}: {
  readonly path: string;
  readonly labels: readonly [string, string];
  readonly ends: LimitEndsDraft;
  readonly onChange: (ends: Partial<Ends>) => void;
}): JSX.Element => (
  <div className="form-grid narrow">
    <TextField
      path={`${path}.low`}
      label={labels[0]}
      of={propertyName(ends.property)}
      numeric
      value={ends.low}
      onChange={(low) => onChange({ low })}
    />
    <TextField
      path={`${path}.high`}
      label={labels[1]}
      of={propertyName(ends.property)}
      numeric
      value={ends.high}
      onChange={(high) => onChange({ high })}
    />
  </div>
);

function CostFields({
  draft,
  cost,
  bounds,
  onChange,
}: {
  readonly draft: TermsDraft;
  readonly cost: NonNullable<TermsDraft['cost']>;
  readonly bounds: readonly BoundsDraft[];
  readonly onChange: (draft: TermsDraft) => void;
}): JSX.Element {
  const set = (change: Partial<typeof cost>): void => onChange({ ...draft, cost: { ...cost, ...change } });
  const setPer = (i: number, change: Partial<PriceDraft>): void =>
    set({ per: cost.per.map((one, k) => (k === i ? { ...one, ...change } : one)) });
  const names = bounds.map(({ parameter, component }) =>
    component === null ? parameter : `${parameter}.${component}`,
  );
  const options = (own: string) =>
    [...new Set([own, ...names])].map((value) => ({
      value,
      label: value === '' ? 'choose' : formulaText(value.slice(value.indexOf('.') + 1)),
    }));
  return (
    <div className="stack-tight">
      <div className="form-grid narrow">
        <TextField
          path="what-if.cost.base"
          label="Each"
          of="experiment, whatever it is"
          numeric
          value={cost.base}
          onChange={(base) => set({ base })}
        />
        <TextField
          path="what-if.cost.budget"
          label="In all"
          of="experiments may cost"
          numeric
          value={cost.budget}
          onChange={(budget) => set({ budget })}
        />
      </div>
      {cost.per.map((term, i) => (
        <div className="form-grid narrow" key={i}>
          <SelectField
            path={`what-if.cost.per.${i}.of`}
            label="And for"
            of={`part ${i + 1} of the cost`}
            options={options(term.of)}
            value={term.of}
            onChange={(of) => setPer(i, { of, choices: null })}
          />
          {term.choices === null ? (
            <TextField
              path={`what-if.cost.per.${i}.price`}
              label="a unit"
              of={`part ${i + 1} of the cost`}
              numeric
              value={term.price}
              onChange={(price) => setPer(i, { price })}
            />
          ) : (
            <p className="small soft">Each choice keeps its price.</p>
          )}
        </div>
      ))}
      <div className="row">
        <button
          type="button"
          className="button quiet small"
          onClick={() => set({ per: [...cost.per, { of: '', price: '', choices: null }] })}
        >
          Add what it depends on
        </button>
        <button
          type="button"
          className="button quiet small"
          onClick={() => onChange({ ...draft, cost: null })}
        >
          They all cost the same
        </button>
      </div>
    </div>
  );
}
