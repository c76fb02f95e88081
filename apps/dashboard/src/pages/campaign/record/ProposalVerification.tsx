import type { JSX } from 'react';
import { useQuery } from 'urql';
import { AuditDocument } from '../../../api/generated/graphql.js';
import { sayError } from '../../../api/use-action.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { Badge } from '../../../components/Badge.js';
import { Trouble } from '../../../components/States.js';
import { type PlanProof, planProofOf } from './plan-proof.js';

interface ProposalVerificationProps {
  readonly campaignId: string;
  readonly experimentId: string;
  readonly number: number;
}

/** What one proposal was made of, by its hashes, and whether it is made again to the last bit. */
export function ProposalVerification(props: ProposalVerificationProps): JSX.Element | null {
  const { campaignId, experimentId, number } = props;
  const [{ data, error }] = useQuery({
    query: AuditDocument,
    variables: {
      id: campaignId,
      filter: { about: experimentId, types: ['plan.committed'] },
      first: 1,
      after: null,
    },
  });
  const { result, busy, problem, run } = useAnalysis(campaignId, 'VerificationResult');
  if (error) return <p role="alert">{sayError(error)}</p>;
  const event = data?.campaign?.audit.nodes[0];
  const proof = event ? planProofOf(event) : null;
  if (!proof) return null;
  const verdict = result?.plans.find((plan) => plan.number === proof.number);
  const stands = result && verdict ? verdict.identical && result.faults.length === 0 : null;
  return (
    <div className="proof">
      <div className="row">
        <button
          type="button"
          className="button small"
          disabled={busy}
          onClick={() => run({ verification: true })}
        >
          {busy ? 'Recomputing…' : 'Recompute it to the bit'}
          <span className="visually-hidden">: experiment {number}</span>
        </button>
        {stands === null ? null : (
          <span role="status">
            <Badge
              word={stands ? 'Identical to the last bit' : 'Not the same'}
              tone={stands ? 'good' : 'bad'}
            />{' '}
            {stands ? null : verdict?.identical ? (result?.faults[0] ?? '') : verdict?.detail}
          </span>
        )}
      </div>
      {problem === null ? null : <Trouble what="It could not be recomputed." why={problem} />}
      <ProofHashes proof={proof} />
    </div>
  );
}

/** The three hashes that a proposal stands on. */
export const ProofHashes = ({ proof }: { readonly proof: PlanProof }): JSX.Element => (
  <dl className="hashes">
    <div>
      <dt>
        Plan {proof.number}, planner {proof.plannerVersion}, event
      </dt>
      <dd className="number">{proof.seq}</dd>
    </div>
    <div>
      <dt>Question (results, space, settings, seed)</dt>
      <dd>
        <code data-testid="request-hash">{proof.requestHash}</code>
      </dd>
    </div>
    <div>
      <dt>Answer (proposals and their grounds)</dt>
      <dd>
        <code data-testid="answer-hash">{proof.answerHash}</code>
      </dd>
    </div>
    <div>
      <dt>Model</dt>
      <dd>{proof.modelHash === null ? 'none had a say' : <code>{proof.modelHash}</code>}</dd>
    </div>
  </dl>
);
