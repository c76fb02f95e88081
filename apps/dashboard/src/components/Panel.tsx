import { type JSX, type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  readonly count?: number | undefined;
  readonly tools?: ReactNode;
  /** What is shown and how to read it, in a sentence or two. */
  readonly note?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Panel({ title, count, tools, note, className = '', children }: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <div className="panel-head">
        <h2 id={id}>
          {title}
          {count === undefined ? null : <span className="count">{count}</span>}
        </h2>
        {tools === undefined ? null : <div className="row">{tools}</div>}
      </div>
      {note === undefined ? null : <p className="panel-note">{note}</p>}
      {children}
    </section>
  );
}
