import { type JSX, useState } from 'react';
import { useQuery } from 'urql';
import { ExperimentGroundsDocument } from '../../api/generated/graphql.js';
import { sayError } from '../../api/use-action.js';
import { groundsSentences } from '../../format/grounds.js';
import type { Objective } from '../../format/objective.js';
import { ProposalVerification } from './record/ProposalVerification.js';

interface WhyExperimentProps {
  readonly campaignId: string;
  readonly id: string;
  readonly number: number;
  readonly objective: Objective;
}

/** Opens what speaks for an experiment, which is asked for only then. */
export function WhyExperiment({ campaignId, id, number, objective }: WhyExperimentProps): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details className="grounds" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        Why this experiment?<span className="visually-hidden"> Experiment {number}</span>
      </summary>
      {open ? (
        <>
          <Grounds id={id} objective={objective} />
          <ProposalVerification campaignId={campaignId} experimentId={id} number={number} />
        </>
      ) : null}
    </details>
  );
}

function Grounds({ id, objective }: Pick<WhyExperimentProps, 'id' | 'objective'>): JSX.Element {
  const [{ data, error, fetching }] = useQuery({ query: ExperimentGroundsDocument, variables: { id } });
  if (error) return <p role="alert">{sayError(error)}</p>;
  if (fetching || !data) return <p className="soft">Loading…</p>;
  if (!data.experiment) return <p className="soft">The experiment is not there any more.</p>;
  return (
    <ul>
      {groundsSentences(data.experiment, objective).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
