import type { JSX, ReactNode } from 'react';

/** Takes the room of what is on its way. */
export const Skeleton = ({
  height,
  label = 'Loading',
}: {
  readonly height: string;
  readonly label?: string;
}): JSX.Element => (
  <div role="status">
    <span className="visually-hidden">{label}…</span>
    <div className="skeleton" style={{ height }} />
  </div>
);

export const Empty = ({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): JSX.Element => (
  <div className="empty">
    <strong>{title}</strong>
    {children}
  </div>
);

interface TroubleProps {
  readonly what: string;
  readonly why?: string | undefined;
  readonly retry?: (() => void) | undefined;
}

export const Trouble = ({ what, why, retry }: TroubleProps): JSX.Element => (
  <div className="notice bad" role="alert">
    <span>
      <strong>{what}</strong> {why}
    </span>
    {retry ? (
      <button type="button" className="button small" onClick={retry}>
        Try again
      </button>
    ) : null}
  </div>
);
