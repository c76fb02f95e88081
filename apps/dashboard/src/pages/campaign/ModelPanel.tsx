import { type JSX, useMemo } from 'react';
import { formulaText } from '../../format/formula.js';
import { type Named, readDiagnostics } from '../../api/diagnostics.js';
import type { ModelQuery } from '../../api/generated/graphql.js';
import { Plain, Quantity } from '../../components/Quantity.js';
import { Panel } from '../../components/Panel.js';
import { Empty, Skeleton } from '../../components/States.js';
import { percentText } from '../../format/number.js';
import { type Objective, propertyName } from '../../format/objective.js';
import { dayAndTime } from '../../format/time.js';
import { plural } from '../../format/words.js';
import { Parity } from '../../plots/Parity.js';

type Model = NonNullable<NonNullable<ModelQuery['campaign']>['latestModel']>;

interface ModelPanelProps {
  readonly name: string;
  readonly objective: Objective;
  readonly model: Model | null;
  readonly loaded: boolean;
}

/** Whether the model is to be trusted: what it predicted of results that it had not seen. */
export function ModelPanel({ name, objective, model, loaded }: ModelPanelProps): JSX.Element {
  const diagnostics = useMemo(() => readDiagnostics(model?.diagnostics), [model?.diagnostics]);
  const { rmse, mae, r2, coverage95, noiseSd, leftOut, lengthscales, importances } = diagnostics;
  const scale =
    objective.transform === 'log10' ? `log₁₀ ${propertyName(objective.property)}` : objective.unit;
  if (!model) {
    return (
      <Panel title="Model">
        {loaded ? (
          <Empty title="No model yet">
            <p>
              The first experiments are spread over the space; the model is fitted when they have results.
            </p>
          </Empty>
        ) : (
          <Skeleton height="20rem" label="Loading the model" />
        )}
      </Panel>
    );
  }
  const figures: readonly (readonly [string, JSX.Element | null])[] = [
    [`RMSE (${scale})`, rmse === null ? null : <Quantity value={rmse} />],
    [`Mean absolute error (${scale})`, mae === null ? null : <Quantity value={mae} />],
    ['R²', r2 === null ? null : <Plain value={r2} significant={2} />],
    [
      'Inside the 95 % interval',
      coverage95 === null ? null : <span className="number">{percentText(coverage95)}</span>,
    ],
    [
      `Noise, standard deviation (${scale})`,
      noiseSd === null ? null : <Quantity value={noiseSd} significant={2} />,
    ],
  ];
  return (
    <Panel title="Model">
      <div className="columns">
        <div className="span-5">
          {leftOut.length > 0 ? (
            <Parity name={name} objective={objective} leftOut={leftOut} />
          ) : (
            <Empty title="No left-out predictions" />
          )}
        </div>
        <div className="span-7 stack">
          <p>
            <strong>{kindInWords(model.kind)}</strong>
            <span className="soft">
              {' '}
              from {plural(model.trainingSize, 'result')}, data revision {model.dataRevision}, fitted{' '}
              <time dateTime={model.createdAt}>{dayAndTime(model.createdAt)}</time>
            </span>
          </p>
          <p className="soft small">
            Each point on the left is a result, predicted by a model that had not seen it.{' '}
            {verdict(coverage95, r2)}
          </p>
          <dl className="metrics">
            {figures.map(([term, value]) =>
              value ? (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{value}</dd>
                </div>
              ) : null,
            )}
          </dl>
          <Bars
            title="Length scales: how far the property stays alike along each input; short ones matter"
            values={lengthscales}
          />
          <Bars
            title="Importances: the share of each input in what the model tells apart"
            values={importances}
          />
          <p className="soft small">
            Training set <code>{model.trainingHash.slice(0, 12)}</code>
          </p>
        </div>
      </div>
    </Panel>
  );
}

const kinds: Readonly<Record<string, string>> = {
  'gaussian-process': 'Gaussian process',
  'random-forest': 'Random forest',
  mixture: 'Several models as one',
};
const kindInWords = (kind: string): string => kinds[kind] ?? kind;

function verdict(coverage: number | null, r2: number | null): string {
  if (coverage === null) return '';
  const intervals =
    coverage >= 0.85
      ? `Its intervals can be trusted: ${percentText(coverage)} of the results lie inside their 95 % interval.`
      : `It is too sure of itself: only ${percentText(coverage)} of the results lie inside their 95 % interval.`;
  if (r2 === null) return intervals;
  return `${intervals} ${r2 >= 0.5 ? 'It tells good from poor.' : 'It does not yet tell good from poor well.'}`;
}

function Bars({
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
