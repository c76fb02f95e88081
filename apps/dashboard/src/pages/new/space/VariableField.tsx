import type { JSX } from 'react';
import { SelectField } from '../../../components/Field.js';
import { formulaText } from '../../../format/formula.js';
import type { Variable } from '../draft/variables.js';

interface VariableFieldProps {
  readonly path: string;
  readonly label: string;
  readonly of?: string;
  readonly variables: readonly Variable[];
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** One of what may be varied, by the name that constraints know it by. */
export function VariableField({ variables, value, ...field }: VariableFieldProps): JSX.Element {
  const known = value === '' || variables.some(({ name }) => name === value);
  return (
    <SelectField
      {...field}
      options={[
        { value: '', label: 'Choose…' },
        // What was renamed since is still named, so that nothing changes unseen.
        ...(known ? [] : [{ value, label: `${value} (not there any more)` }]),
        ...variables.map(({ name, unit }) => ({
          value: name,
          label: `${formulaText(name)}${unit === '' ? '' : ` (${unit})`}`,
        })),
      ]}
      value={value}
    />
  );
}
