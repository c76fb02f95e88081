import type { JSX } from 'react';
import { Panel } from '../../../components/Panel.js';
import { percentText } from '../../../format/number.js';
import { benchLabel } from '../bench/bench-labels.js';

interface MemberWeightsProps {
  readonly weights: readonly {
    readonly name: string;
    readonly weight: number;
    readonly reason: string | null;
  }[];
  readonly note: string;
}

/** What each model of a stack has earned. */
export const MemberWeights = ({ weights, note }: MemberWeightsProps): JSX.Element => (
  <Panel title="Weights of the stack" note={note}>
    <dl className="bars">
      {weights.map((one) => (
        <Member key={one.name} {...one} />
      ))}
    </dl>
  </Panel>
);

const Member = ({ name, weight, reason }: MemberWeightsProps['weights'][number]): JSX.Element => (
  <>
    <dt>
      {benchLabel(name)}
      {reason === null ? null : <span className="soft small"> ({reason})</span>}
    </dt>
    <dd className="meter" aria-hidden="true">
      <span style={{ width: `${100 * weight}%` }} />
    </dd>
    <dd className="number">{percentText(weight)}</dd>
  </>
);
