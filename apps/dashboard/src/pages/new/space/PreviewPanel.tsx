import type { JSX } from 'react';
import { Panel } from '../../../components/Panel.js';
import { Trouble } from '../../../components/States.js';
import { countText, shareText } from '../../../format/number.js';
import type { Effects, Preview } from './use-preview.js';

/** What the space is by now: how many points, and what each constraint takes away. */
export function PreviewPanel({ preview }: { readonly preview: Preview }): JSX.Element {
  return (
    <Panel
      title="The space by now"
      note="Counted by the server, a moment after what you typed."
      className="preview"
    >
      <div aria-live="polite" aria-busy={preview.state === 'looking'}>
        {preview.state === 'incomplete' ? (
          <p className="soft">It is counted as soon as nothing is missing.</p>
        ) : null}
        {preview.state === 'looking' && preview.last === null ? <p className="soft">Counting…</p> : null}
        {preview.state === 'looking' && preview.last !== null ? <EffectsList effects={preview.last} /> : null}
        {preview.state === 'known' ? <EffectsList effects={preview.effects} /> : null}
        {preview.state === 'refused' ? (
          <Trouble
            what="This is no space yet."
            why={preview.errors.map(({ message }) => message).join(' ')}
          />
        ) : null}
        {preview.state === 'failed' ? <Trouble what="It could not be counted." why={preview.why} /> : null}
      </div>
    </Panel>
  );
}

function EffectsList({ effects }: { readonly effects: Effects }): JSX.Element {
  const { size, exact, points, remaining, share, shareLow, shareHigh, constraints } = effects;
  const of = (count: number): string =>
    exact
      ? `${countText(count)} of ${countText(points)} points, ${shareText(count / points)}`
      : `${shareText(count / points)} of ${countText(points)} points drawn evenly`;
  return (
    <div className="stack">
      <p data-testid="space-size" data-value={size ?? ''}>
        {size === null ? (
          <>
            <strong>Too many points to list.</strong>
          </>
        ) : (
          <>
            <strong className="big">{countText(size)}</strong> points
          </>
        )}
        {constraints.length === 0
          ? ', nothing is taken away.'
          : exact
            ? ` are left of ${countText(points)}: ${shareText(share)}.`
            : ` ${shareText(share)} is left (95 %: ${shareText(shareLow)} to ${shareText(shareHigh)}), by ${countText(remaining)} of ${countText(points)} points drawn evenly.`}
      </p>
      {constraints.length === 0 ? null : (
        <ul className="effects" aria-label="What each constraint takes away">
          {constraints.map(({ name, text, removes, onlyThis }) => (
            <li key={name}>
              <strong>{name}</strong>
              {text === name ? null : <span className="soft small"> {text}</span>}
              <span className="meter" aria-hidden="true">
                <span style={{ width: `${(100 * removes) / Math.max(1, points)}%` }} />
              </span>
              <span className="small" data-testid="removes" data-value={removes}>
                takes away {of(removes)}
                {onlyThis === removes ? '' : `; ${countText(onlyThis)} of them nothing else does`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
