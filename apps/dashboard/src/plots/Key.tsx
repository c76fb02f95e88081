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
