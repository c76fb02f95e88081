import { type JSX, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { useQuery } from 'urql';
import {
  AddKnowledgeDocument,
  KnowledgeOfDocument,
  type KnowledgeOfQuery,
  OtherCampaignsDocument,
  RemoveKnowledgeDocument,
} from '../../../api/generated/graphql.js';
import { newKey } from '../../../api/idempotency.js';
import { problemOf, sayError, useAction } from '../../../api/use-action.js';
import { SelectField } from '../../../components/Field.js';
import { Panel } from '../../../components/Panel.js';
import { ReasonDialog } from '../../../components/ReasonDialog.js';
import { type Column, SortableTable } from '../../../components/SortableTable.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import { dayAndTime } from '../../../format/time.js';
import { plural } from '../../../format/words.js';
import { trustWords } from './knowledge-words.js';

type Piece = NonNullable<KnowledgeOfQuery['campaign']>['knowledge'][number];

interface KnowledgePanelProps {
  readonly campaignId: string;
  /** What happened since is asked for again. */
  readonly lastSeq: number;
}

/** Results from elsewhere that plans are made with: where they are from, how far they are trusted, more of them, fewer. */
export function KnowledgePanel({ campaignId, lastSeq }: KnowledgePanelProps): JSX.Element {
  const [{ data, error }, refetch] = useQuery({
    query: KnowledgeOfDocument,
    variables: { id: campaignId },
    requestPolicy: 'cache-and-network',
  });
  const [removing, setRemoving] = useState<Piece | null>(null);
  const remove = useAction(RemoveKnowledgeDocument);
  useEffect(() => refetch({ requestPolicy: 'network-only' }), [refetch, lastSeq]);
  const pieces = data?.campaign?.knowledge;

  return (
    <Panel
      title="Knowledge from elsewhere"
      count={pieces?.length}
      note="Results of other campaigns and of the literature that models learn from beside this campaign’s own. They were copied when they were added: whatever becomes of where they came from, plans can be made again to the bit."
    >
      {error && !data ? <Trouble what="It could not be loaded." why={sayError(error)} /> : null}
      {pieces === undefined ? (
        error ? null : (
          <Skeleton height="6rem" label="Loading knowledge" />
        )
      ) : pieces.length === 0 ? (
        <Empty title="This campaign learns from its own results alone" />
      ) : (
        <SortableTable
          caption="Knowledge from elsewhere"
          rows={pieces}
          columns={[...columns, removal(setRemoving)]}
          keyOf={({ id }) => id}
          initialSort={{ key: 'number', descending: false }}
        />
      )}
      <AddFromCampaign campaignId={campaignId} known={pieces ?? []} />
      {removing === null ? null : (
        <ReasonDialog
          onClose={() => setRemoving(null)}
          question={{
            title: `Learn from “${removing.name}” no more?`,
            text: 'Plans are made without it from now on. Those that were made with it stay, and can be made again.',
            label: 'Reason',
            confirm: 'Remove',
            act: async (reason) => problemOf(await remove.run({ campaignId, id: removing.id, reason })),
          }}
        />
      )}
    </Panel>
  );
}

const columns: readonly Column<Piece>[] = [
  {
    key: 'name',
    label: 'Name',
    order: ({ name }) => name,
    cell: ({ name, origin }) => (
      <>
        {origin.campaignId === null ? name : <Link to={`/campaigns/${origin.campaignId}`}>{name}</Link>}
        {origin.notes.length === 0 ? null : <div className="soft small">{origin.notes.join('; ')}</div>}
      </>
    ),
  },
  {
    key: 'origin',
    label: 'From',
    cell: ({ origin }) =>
      origin.kind === 'campaign' ? 'another campaign' : (origin.citation ?? origin.fileName),
  },
  {
    key: 'rows',
    label: 'Points',
    align: 'right',
    order: ({ rowCount }) => rowCount,
    cell: ({ rowCount, origin }) => (
      <span title={origin.leftOut === 0 ? undefined : `${plural(origin.leftOut, 'result')} left out`}>
        {rowCount}
      </span>
    ),
  },
  { key: 'trust', label: 'Trust', cell: ({ trust }) => trustWords(trust) },
  {
    key: 'added',
    label: 'Added',
    order: ({ createdAt }) => createdAt,
    cell: ({ createdAt, addedBy }) => `${dayAndTime(createdAt)} by ${addedBy}`,
  },
  { key: 'hash', label: 'Hash', cell: ({ hash }) => <code title={hash}>{hash.slice(0, 12)}</code> },
];

const removal = (remove: (piece: Piece) => void): Column<Piece> => ({
  key: 'remove',
  label: 'Decision',
  cell: (piece) => (
    <button type="button" className="button small" onClick={() => remove(piece)}>
      Remove<span className="visually-hidden"> {piece.name}</span>
    </button>
  ),
});

interface AddFromCampaignProps {
  readonly campaignId: string;
  readonly known: readonly Piece[];
}

function AddFromCampaign({ campaignId, known }: AddFromCampaignProps): JSX.Element {
  const [{ data }] = useQuery({ query: OtherCampaignsDocument, requestPolicy: 'cache-and-network' });
  const [chosen, setChosen] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const { busy, run } = useAction(AddKnowledgeDocument);
  const there = new Set(known.map(({ origin }) => origin.campaignId));
  const others = (data?.campaigns.nodes ?? []).filter(({ id }) => id !== campaignId && !there.has(id));
  const add = async (): Promise<void> => {
    const outcome = await run({ campaignId, campaign: { id: chosen }, idempotencyKey: newKey() });
    setProblem(problemOf(outcome));
    if (outcome.done) setChosen('');
  };
  return (
    <form
      className="filters"
      aria-label="Learn from another campaign"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <SelectField
        path="knowledge"
        label="Learn from"
        value={chosen}
        options={[
          { value: '', label: others.length === 0 ? 'There is no other campaign' : 'Another campaign…' },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={setChosen}
      />
      <button type="submit" className="button" disabled={chosen === '' || busy}>
        {busy ? 'Copying…' : 'Add its results'}
      </button>
      {problem === null ? null : <Trouble what="It was not added." why={problem} />}
    </form>
  );
}
