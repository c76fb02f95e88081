import type { JSX } from 'react';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Badge } from '../../../components/Badge.js';
import { Panel } from '../../../components/Panel.js';
import { Skeleton, Trouble } from '../../../components/States.js';
import { plural } from '../../../format/words.js';
import { PlanVerdicts } from './PlanVerdicts.js';

/** Recomputes everything: the chain of hashes, the tables from the events, and every plan from what it was made of. */
export function VerificationPanel({ campaignId }: { readonly campaignId: string }): JSX.Element {
  const { result, busy, problem, run } = useAnalysis(campaignId, 'VerificationResult');
  const differing = result?.plans.filter(({ identical }) => !identical) ?? [];
  return (
    <Panel
      title="Verification"
      note="The hashes of all events are computed anew, the tables are rebuilt from the events and compared, and every plan is made again from what it was made of: it must come out the same to the last bit."
      tools={
        <>
          {result ? (
            <Badge word={result.ok ? 'Verified' : 'Faults found'} tone={result.ok ? 'good' : 'bad'} />
          ) : null}
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => run({ verification: true })}
          >
            {busy ? 'Verifying…' : result ? 'Verify again' : 'Verify this campaign'}
          </button>
        </>
      }
    >
      {problem === null ? null : <Trouble what="It could not be verified." why={problem} />}
      {busy && !result ? <Skeleton height="4rem" label="Recomputing the record" /> : null}
      {result ? (
        <div className="stack-tight" role="status">
          <p>
            {result.ok
              ? `All ${plural(result.events, 'event')} stand as they were written, and ${
                  result.plans.length === 1 ? 'the one plan' : `all ${result.plans.length} plans`
                } came out the same to the last bit.`
              : `${plural(result.faults.length + differing.length, 'fault')} in ${plural(result.events, 'event')}.`}
          </p>
          {result.tablesCompared ? null : (
            <p className="soft small">
              The campaign moved on while it was looked at: its tables were not compared. Verify again when it
              rests.
            </p>
          )}
          {result.faults.length + differing.length === 0 ? null : (
            <ul className="reasons">
              {result.faults.map((fault) => (
                <li key={fault} className="against">
                  {fault}
                </li>
              ))}
              {differing.map(({ number, detail }) => (
                <li key={number} className="against">
                  Plan {number}: {detail}
                </li>
              ))}
            </ul>
          )}
          {result.plans.length === 0 ? null : <PlanVerdicts campaignId={campaignId} plans={result.plans} />}
          <p className="soft small">
            The record ends with <code>{result.headHash}</code>
          </p>
        </div>
      ) : null}
    </Panel>
  );
}
