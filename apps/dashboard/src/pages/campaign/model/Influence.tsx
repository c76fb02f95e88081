import type { JSX } from 'react';
import type { Named } from '../../../api/diagnostics.js';
import { Panel } from '../../../components/Panel.js';
import { Plain } from '../../../components/Quantity.js';
import { formulaText } from '../../../format/formula.js';

interface InfluenceProps {
  readonly lengthscales: readonly Named[];
  readonly importances: readonly Named[];
}

/** What the model goes by. */
export function Influence({ lengthscales, importances }: InfluenceProps): JSX.Element | null {
  if (lengthscales.length === 0 && importances.length === 0) return null;
  return (
    <Panel title="What it goes by">
      <div className="stack">
        <Bars
          title="Importances: the share of each input in what the model tells apart."
          values={importances}
        />
        <Bars
          title="Length scales: how far one may go along an input before the property is a different one. Short ones matter."
          values={lengthscales}
        />
      </div>
    </Panel>
  );
}

export function Bars({
  title,
  values,
}: {
  readonly title: string;
  readonly values: readonly Named[];
}): JSX.Element | null {
  if (values.length === 0) return null;
  const most = Math.max(...values.map(({ value }) => value));
  return (
    <figure className="stack-tight">
      <figcaption className="small soft">{title}</figcaption>
      <dl className="bars">
        {values.map(({ name, value }) => (
          <BarRow key={name} name={name} value={value} most={most} />
        ))}
      </dl>
    </figure>
  );
}

const BarRow = ({ name, value, most }: Named & { readonly most: number }): JSX.Element => (
  <>
    <dt>{formulaText(name)}</dt>
    <dd className="meter" aria-hidden="true">
      <span style={{ width: `${most > 0 ? (value / most) * 100 : 0}%` }} />
    </dd>
    <dd>
      <Plain value={value} significant={2} />
    </dd>
  </>
);
