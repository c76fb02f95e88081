import type { JSX } from 'react';
import { Field, SelectField, TextField } from '../../../components/Field.js';
import { anything, type Filter, isFiltering, kinds } from './filter.js';

interface RecordFiltersProps {
  readonly filter: Filter;
  readonly actors: readonly string[];
  readonly onChange: (part: Partial<Filter>) => void;
}

/** What of the record is shown; all of it must hold. */
export const RecordFilters = ({ filter, actors, onChange }: RecordFiltersProps): JSX.Element => (
  <form
    className="filters"
    role="search"
    aria-label="The record"
    onSubmit={(event) => event.preventDefault()}
  >
    <SelectField
      path="about"
      label="About"
      value={filter.kind}
      options={kinds}
      onChange={(kind) => onChange({ kind })}
    />
    <SelectField
      path="by"
      label="By"
      value={filter.actor}
      options={[
        { value: '', label: 'Anybody' },
        ...[...new Set([...actors, ...(filter.actor === '' ? [] : [filter.actor])])].map((actor) => ({
          value: actor,
          label: actor,
        })),
      ]}
      onChange={(actor) => onChange({ actor })}
    />
    <TextField
      path="experiment"
      label="Experiment no."
      numeric
      value={filter.experiment}
      onChange={(experiment) => onChange({ experiment })}
    />
    <DayField path="from" label="From" value={filter.from} onChange={(from) => onChange({ from })} />
    <DayField path="to" label="Until" value={filter.to} onChange={(to) => onChange({ to })} />
    <button
      type="button"
      className="button"
      disabled={!isFiltering(filter)}
      onClick={() => onChange(anything)}
    >
      Show all
    </button>
  </form>
);

interface DayFieldProps {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}

const DayField = ({ path, label, value, onChange }: DayFieldProps): JSX.Element => (
  <Field
    path={path}
    label={label}
    control={(props) => (
      <input {...props} type="date" value={value} onChange={(event) => onChange(event.target.value)} />
    )}
  />
);
