import type { JSX } from 'react';
import { useQuery } from 'urql';
import { SpaceEffectsDocument } from '../../../api/generated/graphql.js';
import { sayError } from '../../../api/use-action.js';
import { Panel } from '../../../components/Panel.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { percentText } from '../../../format/number.js';

const whole = new Intl.NumberFormat('en').format;

/** How large the space is, and what each constraint takes away of it. */
export function ConstraintEffects({ campaignId }: { readonly campaignId: string }): JSX.Element {
  const [{ data, error }, ask] = useQuery({ query: SpaceEffectsDocument, variables: { id: campaignId } });
  const effects = data?.campaign?.spaceEffects;
  return (
    <Panel title="Size of the space">
      {error && !effects ? (
        <Trouble what="The space could not be counted." why={sayError(error)} retry={() => ask()} />
      ) : !effects ? (
        <Skeleton height="8rem" label="Counting the space" />
      ) : (
        <div className="stack">
          <p>
            {effects.size === null ? (
              'There are too many candidates to list.'
            ) : (
              <>
                <strong className="big-number">{whole(effects.size)}</strong> candidates
              </>
            )}
          </p>
          {effects.constraints.length === 0 ? (
            <p className="soft small">No constraint takes any of it away.</p>
          ) : (
            <>
              <p className="soft small">
                Its constraints leave {percentText(effects.share)} of it
                {effects.exact
                  ? ', counted.'
                  : ` (95 %: ${percentText(effects.shareLow)} to ${percentText(effects.shareHigh)}), estimated from an even draw of ${whole(effects.points)} points.`}
              </p>
              <dl className="bars">
                {effects.constraints.map(({ name, text, removes }) => (
                  <ConstraintRow key={name} text={text} share={removes / Math.max(1, effects.points)} />
                ))}
              </dl>
            </>
          )}
        </div>
      )}
    </Panel>
  );
}

const ConstraintRow = ({ text, share }: { readonly text: string; readonly share: number }): JSX.Element => (
  <>
    <dt>{text}</dt>
    <dd className="meter" aria-hidden="true">
      <span style={{ width: `${100 * share}%` }} />
    </dd>
    <dd className="number">{percentText(share)}</dd>
  </>
);
