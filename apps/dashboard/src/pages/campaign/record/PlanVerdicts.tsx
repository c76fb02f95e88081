import { type JSX, useState } from 'react';
import { useQuery } from 'urql';
import { AuditDocument } from '../../../api/generated/graphql.js';
import { Badge } from '../../../components/Badge.js';
import { type Column, SortableTable } from '../../../components/SortableTable.js';
import { plural } from '../../../format/words.js';
import { planProofOf, type PlanProof } from './plan-proof.js';

interface Verdict {
  readonly number: number;
  readonly identical: boolean;
  readonly detail: string;
}
type Row = Verdict & { readonly proof: PlanProof | undefined };

interface PlanVerdictsProps {
  readonly campaignId: string;
  readonly plans: readonly Verdict[];
}

/** So many hashes are looked up; those of earlier plans stand in the record. */
const mostProofs = 100;

/** Plan by plan what came of recomputing it, for who wants to see it. */
export function PlanVerdicts({ campaignId, plans }: PlanVerdictsProps): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <details className="grounds" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{plural(plans.length, 'plan')}, one by one</summary>
      {open ? <Verdicts campaignId={campaignId} plans={plans} /> : null}
    </details>
  );
}

const hash = (text: string | null | undefined): JSX.Element =>
  text ? <code title={text}>{text.slice(0, 12)}</code> : <span className="soft">–</span>;

const columns: readonly Column<Row>[] = [
  { key: 'number', label: 'Plan', order: ({ number }) => number, cell: ({ number }) => number },
  {
    key: 'verdict',
    label: 'Verdict',
    order: ({ identical }) => (identical ? 1 : 0),
    cell: ({ identical, detail }) => (
      <Badge word={identical ? 'Identical' : detail} tone={identical ? 'good' : 'bad'} />
    ),
  },
  { key: 'proposals', label: 'Proposals', cell: ({ proof }) => proof?.proposals ?? '–' },
  { key: 'request', label: 'Question', cell: ({ proof }) => hash(proof?.requestHash) },
  { key: 'answer', label: 'Answer', cell: ({ proof }) => hash(proof?.answerHash) },
  { key: 'model', label: 'Model', cell: ({ proof }) => hash(proof?.modelHash) },
];

function Verdicts({ campaignId, plans }: PlanVerdictsProps): JSX.Element {
  const [{ data }] = useQuery({
    query: AuditDocument,
    variables: {
      id: campaignId,
      filter: { types: ['plan.committed'] },
      first: mostProofs,
      after: null,
    },
  });
  const proofs = new Map(
    (data?.campaign?.audit.nodes ?? []).flatMap((event) => {
      const proof = planProofOf(event);
      return proof ? [[proof.number, proof] as const] : [];
    }),
  );
  return (
    <SortableTable
      caption="Plans of the campaign, recomputed"
      rows={plans.map((plan) => ({ ...plan, proof: proofs.get(plan.number) }))}
      columns={columns}
      keyOf={({ number }) => String(number)}
      initialSort={{ key: 'number', descending: true }}
    />
  );
}
