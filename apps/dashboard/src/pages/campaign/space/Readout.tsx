import type { JSX } from 'react';
import { Badge } from '../../../components/Badge.js';
import { Quantity } from '../../../components/Quantity.js';
import { formulaText, labelText } from '../../../format/formula.js';
import { percentText, tickText, withUnit } from '../../../format/number.js';
import {
  type Interval,
  intervalOf,
  type Objective,
  type Prediction,
  propertyName,
  writeInterval,
} from '../../../format/objective.js';
import type { Dimension } from '../../../api/space.js';
import { nearestOf, shareOf } from '../../../plots/distance.js';
import type { MapPoint } from '../../../plots/map-data.js';

/** A place of the space with what the model says of it. */
export interface Place {
  readonly point: unknown;
  readonly prediction: Prediction | null;
  /** What a result there is expected to add over the best so far, on the models' scale. */
  readonly gain: number | null;
}

interface ReadoutProps {
  readonly title: string;
  readonly pinned: boolean;
  readonly place: Place;
  readonly axes: readonly Dimension[];
  /** Whether the dimensions are parts of one mixture: then they are read as percent. */
  readonly mixture: boolean;
  readonly objective: Objective;
  readonly points: readonly MapPoint[];
}

/** Everything that is known of one place, in numbers with units. */
export function Readout({
  title,
  pinned,
  place,
  axes,
  mixture,
  objective,
  points,
}: ReadoutProps): JSX.Element {
  const { point, prediction, gain } = place;
  const near = nearestOf(axes, point, points);
  return (
    <div className="readout" aria-live="polite">
      <p className="row">
        <strong>{title}</strong>
        {pinned ? <Badge word="Kept" tone="info" /> : null}
      </p>
      <dl className="bars">
        {axes.map((axis) => (
          <AxisRow key={axis.name} axis={axis} value={axis.of(point)} percent={mixture} />
        ))}
      </dl>
      {prediction ? (
        <Predicted
          interval={intervalOf(objective, prediction)}
          sd={prediction.sd}
          gain={gain}
          objective={objective}
        />
      ) : (
        <p className="soft small">No prediction is known of this place.</p>
      )}
      {near ? (
        <div className="stack-tight">
          <p className="soft small">
            {near.distance < 1e-6
              ? 'Tried here'
              : `Nearest experiment, ${percentText(near.distance)} of the range away`}
          </p>
          <p className="small">
            <strong>Experiment {near.point.experiment}</strong>: {near.point.what}
            <br />
            <span className="soft">{labelText(near.point.label)}</span>
          </p>
        </div>
      ) : null}
    </div>
  );
}

const AxisRow = ({
  axis,
  value,
  percent,
}: {
  readonly axis: Dimension;
  readonly value: number | null;
  readonly percent: boolean;
}): JSX.Element => (
  <>
    <dt>{formulaText(axis.name)}</dt>
    <dd className="meter" aria-hidden="true">
      <span style={{ width: `${value === null ? 0 : 100 * (percent ? value : shareOf(axis, value))}%` }} />
    </dd>
    <dd className="number">
      {value === null
        ? '–'
        : percent
          ? `${tickText(100 * value)} %`
          : (axis.choices?.[value] ?? withUnit(tickText(value), axis.unit))}
    </dd>
  </>
);

function Predicted({
  interval,
  sd,
  gain,
  objective,
}: {
  readonly interval: Interval;
  readonly sd: number;
  readonly gain: number | null;
  readonly objective: Objective;
}): JSX.Element {
  const { low, high, exponent } = writeInterval(interval);
  const log = objective.transform === 'log10';
  return (
    <dl className="facts">
      <div>
        <dt>Predicted {propertyName(objective.property)}</dt>
        <dd className="big" data-testid="readout-mean" data-value={interval.middle}>
          <Quantity value={interval.middle} unit={objective.unit} significant={2} />
        </dd>
      </div>
      <div>
        <dt>19 of 20 results between</dt>
        <dd className="number">
          {low} and {high}
          {exponent === null ? null : (
            <>
              {' × 10'}
              <sup>{String(exponent).replace('-', '−')}</sup>
            </>
          )}{' '}
          {objective.unit}
        </dd>
      </div>
      <div>
        <dt>Standard deviation</dt>
        <dd>
          <Quantity value={sd} unit={log ? 'decades' : objective.unit} significant={2} />
        </dd>
      </div>
      {gain === null ? null : (
        <div>
          <dt>Expected gain over the best so far</dt>
          <dd>
            <Quantity value={gain} unit={log ? 'decades' : objective.unit} significant={2} />
          </dd>
        </div>
      )}
    </dl>
  );
}
