import type { JSX } from 'react';
import { numberText, write } from '../format/number.js';
import { type Interval, writeInterval } from '../format/objective.js';

const Power = ({ exponent }: { exponent: number | null }): JSX.Element | null =>
  exponent === null ? null : (
    <>
      {' × 10'}
      <sup>{String(exponent).replace('-', '−')}</sup>
    </>
  );

interface QuantityProps {
  readonly value: number;
  readonly unit?: string;
  readonly significant?: number;
}

/** A number as a scientist writes it: 1.2 × 10⁻³ S/cm. */
export function Quantity({ value, unit = '', significant = 3 }: QuantityProps): JSX.Element {
  if (!Number.isFinite(value)) return <span className="number">–</span>;
  const { negative, digits, exponent } = write(value, significant);
  return (
    <span className="number">
      {negative ? '−' : ''}
      {digits}
      <Power exponent={exponent} />
      {unit === '' ? '' : ` ${unit}`}
    </span>
  );
}

/** The middle, and under it the 95 % interval with the same power of ten. */
export function IntervalCell({
  interval,
  significant = 2,
}: {
  readonly interval: Interval;
  readonly significant?: number;
}): JSX.Element {
  const { middle, low, high, exponent } = writeInterval(interval, significant);
  return (
    <>
      <span className="number">
        {middle}
        <Power exponent={exponent} />
      </span>
      <br />
      <span className="number soft small">
        {low} to {high}
        <Power exponent={exponent} />
      </span>
    </>
  );
}

export const Plain = ({
  value,
  significant = 3,
}: {
  readonly value: number;
  readonly significant?: number;
}): JSX.Element => <span className="number">{numberText(value, significant)}</span>;
