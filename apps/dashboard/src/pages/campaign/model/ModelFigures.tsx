import type { JSX } from 'react';
import type { Diagnostics } from '../../../api/diagnostics.js';
import { Plain, Quantity } from '../../../components/Quantity.js';
import { percentText } from '../../../format/number.js';
import { plural } from '../../../format/words.js';

interface ModelFiguresProps {
  readonly diagnostics: Diagnostics;
  /** The scale that errors are on. */
  readonly scale: string;
}

/** A model in four numbers. */
export function ModelFigures({ diagnostics, scale }: ModelFiguresProps): JSX.Element {
  const { rmse, mae, r2, coverage95, noiseSd, leftOut } = diagnostics;
  return (
    <dl className="figures even">
      <div>
        <dt>Error of left-out predictions</dt>
        <dd className="big">{rmse === null ? '–' : <Quantity value={rmse} />}</dd>
        <dd>
          RMSE, {scale}
          {mae === null ? null : (
            <>
              {' '}
              · mean absolute <Plain value={mae} />
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>Differences explained (R²)</dt>
        <dd className="big">{r2 === null ? '–' : <Plain value={r2} significant={2} />}</dd>
        <dd>1 is all of them, 0 is none</dd>
      </div>
      <div>
        <dt>Inside the 95 % interval</dt>
        <dd className="big">{coverage95 === null ? '–' : percentText(coverage95)}</dd>
        <dd>of {plural(leftOut.length, 'left-out result')}</dd>
      </div>
      <div>
        <dt>Noise it sees</dt>
        <dd className="big">{noiseSd === null ? '–' : <Quantity value={noiseSd} significant={2} />}</dd>
        <dd>{noiseSd === null ? 'this kind of model does not say' : `standard deviation, ${scale}`}</dd>
      </div>
    </dl>
  );
}
