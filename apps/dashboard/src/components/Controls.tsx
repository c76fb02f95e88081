import type { JSX } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly onChange: (on: boolean) => void;
}

export const Switch = ({ label, on, disabled = false, onChange }: SwitchProps): JSX.Element => (
  <button
    type="button"
    role="switch"
    className="switch"
    aria-checked={on}
    disabled={disabled}
    onClick={() => onChange(!on)}
  >
    <span className="track" aria-hidden="true" />
    {label}
    <span className="is" aria-hidden="true">
      {on ? 'on' : 'off'}
    </span>
  </button>
);

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
}

export const Segmented = <T extends string>({
  label,
  options,
  value,
  onChange,
}: SegmentedProps<T>): JSX.Element => (
  <div className="segmented" role="group" aria-label={label}>
    {options.map((option) => (
      <button
        key={option.value}
        type="button"
        aria-pressed={option.value === value}
        onClick={() => onChange(option.value)}
      >
        {option.label}
      </button>
    ))}
  </div>
);

interface MeterProps {
  readonly label: string;
  readonly value: number;
  readonly of: number;
  readonly text: string;
}

export const Meter = ({ label, value, of, text }: MeterProps): JSX.Element => (
  <div
    className="meter"
    role="meter"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={of}
    aria-valuenow={Math.min(value, of)}
    aria-valuetext={text}
  >
    <span style={{ width: `${of > 0 ? Math.min(100, (value / of) * 100) : 0}%` }} />
  </div>
);
