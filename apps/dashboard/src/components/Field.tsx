import { createContext, type JSX, type ReactNode, useContext } from 'react';

/** What the server said about a field, by the field's path in the input. */
export const FieldErrors = createContext<ReadonlyMap<string, string>>(new Map());

export const fieldId = (path: string): string => `field-${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`;

interface FieldProps {
  readonly path: string;
  readonly label: string;
  /** What tells it from its neighbours, for those who do not see where it stands. */
  readonly of?: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly control: (props: {
    id: string;
    className: string;
    required: boolean;
    'aria-invalid': boolean;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}

/** A control with its label, its hint, and the error that belongs to it. */
export function Field({ path, label, of, hint, required = false, control }: FieldProps): JSX.Element {
  const id = fieldId(path);
  const error = useContext(FieldErrors).get(path);
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`]
    .filter((part) => part !== '')
    .join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {of === undefined ? null : <span className="visually-hidden"> {of}</span>}
      </label>
      {control({
        id,
        required,
        className: 'input',
        'aria-invalid': error !== undefined,
        'aria-describedby': described === '' ? undefined : described,
      })}
      {error === undefined ? null : (
        <span className="error" id={`${id}-error`}>
          {error}
        </span>
      )}
      {hint === undefined ? null : (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<FieldProps, 'control'> {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Numbers are typed as text, so that what is half typed is not lost. */
  readonly numeric?: boolean;
  readonly multiline?: boolean;
  readonly placeholder?: string;
}

export const TextField = ({
  value,
  onChange,
  numeric = false,
  multiline = false,
  placeholder,
  ...field
}: TextFieldProps): JSX.Element => (
  <Field
    {...field}
    control={(props) =>
      multiline ? (
        <textarea {...props} value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <input
          {...props}
          type="text"
          inputMode={numeric ? 'decimal' : 'text'}
          autoComplete="off"
          placeholder={placeholder}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    }
  />
);

interface SelectFieldProps<T extends string> extends Omit<FieldProps, 'control'> {
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly onChange: (value: T) => void;
}

export const SelectField = <T extends string>({
  value,
  options,
  onChange,
  ...field
}: SelectFieldProps<T>): JSX.Element => (
  <Field
    {...field}
    control={(props) => (
      <select
        {...props}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  />
);
