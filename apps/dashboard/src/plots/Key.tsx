import type { JSX, ReactNode } from 'react';

/** One entry of a legend: how it is drawn, and what it is. */
export const Key = ({
  shape,
  children,
}: {
  readonly shape: ReactNode;
  readonly children: ReactNode;
}): JSX.Element => (
  <li>
    <svg viewBox="0 0 22 12" aria-hidden="true">
      {shape}
    </svg>
    <span>{children}</span>
  </li>
);

export const crossPath = (x: number, y: number, r: number): string =>
  `M${x - r},${y - r}L${x + r},${y + r}M${x - r},${y + r}L${x + r},${y - r}`;

/** A result, on plots where it is no point of a map. */
export const resultShape = (
  <circle cx="11" cy="6" r="4" fill="var(--surface)" stroke="var(--plot-value)" strokeWidth="1.5" />
);
