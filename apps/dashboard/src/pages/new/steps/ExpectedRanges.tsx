import type { JSX } from 'react';
import { TextField } from '../../../components/Field.js';
import { capital, propertyName, withUnitLabel } from '../../../format/objective.js';
import type { MeasuredProperty } from './rehearsed-goals.js';

export interface Range {
  readonly low: string;
  readonly high: string;
}

export const noRange: Range = { low: '', high: '' };

interface ExpectedRangesProps {
  readonly properties: readonly MeasuredProperty[];
  readonly ranges: readonly Range[];
  readonly required: boolean;
  /** How many results a model needs. */
  readonly fewest: number;
  readonly onChange: (at: number, range: Range) => void;
}

/** Where nearly all results may lie, of each property. */
export function ExpectedRanges({
  properties,
  ranges,
  required,
  fewest,
  onChange,
}: ExpectedRangesProps): JSX.Element {
  return (
    <fieldset className="group">
      <legend>What to expect</legend>
      <div className="stack-tight">
        <p className="small soft">
          {required
            ? `There are fewer than ${fewest} results: say where nearly all of them (95 %) may lie.`
            : `Where a property has fewer than ${fewest} results: say where nearly all of them (95 %) may lie.`}
        </p>
        {properties.map(({ property, unit }, i) => {
          const range = ranges[i] ?? noRange;
          const path = i === 0 ? 'rehearsal' : `rehearsal.of.${i}`;
          const name = properties.length === 1 ? '' : `${capital(propertyName(property))}, `;
          const label = (end: string): string =>
            withUnitLabel(name === '' ? capital(end) : `${name}${end}`, unit);
          return (
            <div className="form-grid" key={property}>
              <TextField
                path={`${path}.low`}
                label={label('from')}
                numeric
                required={required}
                value={range.low}
                onChange={(low) => onChange(i, { ...range, low })}
              />
              <TextField
                path={`${path}.high`}
                label={label('to')}
                numeric
                required={required}
                value={range.high}
                onChange={(high) => onChange(i, { ...range, high })}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
