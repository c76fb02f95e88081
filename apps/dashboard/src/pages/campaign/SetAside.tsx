import { type JSX, useCallback, useEffect, useMemo, useState } from 'react';
import {
  type CampaignHeadFragment,
  ExperimentsDocument,
  type ExperimentsQuery,
  RestoreExperimentDocument,
  WithdrawRejectionDocument,
} from '../../api/generated/graphql.js';
import type { Page } from '../../api/use-all-pages.js';
import { problemOf, useAction } from '../../api/use-action.js';
import { useGrowingList } from '../../api/use-growing-list.js';
import { Badge } from '../../components/Badge.js';
import type { PagedColumn, Sort } from '../../components/PagedTable.js';
import { type Question, ReasonDialog } from '../../components/ReasonDialog.js';
import { Panel } from '../../components/Panel.js';
import { Skeleton, Trouble } from '../../components/States.js';
import { WindowedTable } from '../../components/WindowedTable.js';
import { labelText } from '../../format/formula.js';
import { experimentStates } from '../../format/words.js';
import type { Row } from './result-columns.js';

interface SetAsideProps {
  readonly campaign: CampaignHeadFragment;
  readonly canPlan: boolean;
  readonly canApprove: boolean;
  readonly onDone: () => void;
}

const connectionOf = ({ campaign }: ExperimentsQuery) => campaign?.experiments;

/** Proposals that were rejected and experiments that were cancelled, each with its way back. Nothing where there is none. */
export function SetAside(props: SetAsideProps): JSX.Element | null {
  const { counts } = props.campaign;
  const total = counts
    .filter(({ state }) => state === 'rejected' || state === 'cancelled')
    .reduce((sum, { count }) => sum + count, 0);
  return total === 0 ? null : <List {...props} total={total} />;
}

function List({
  campaign,
  canPlan,
  canApprove,
  onDone,
  total,
}: SetAsideProps & { readonly total: number }): JSX.Element {
  const { id, state } = campaign;
  const [sort, setSort] = useState<Sort>({ key: 'number', descending: true });
  const variablesOf = useCallback(
    (page: Page) => ({
      ...{ id, ...page },
      states: ['rejected' as const, 'cancelled' as const],
      orderBy: { by: 'number' as const, descending: sort.descending },
    }),
    [id, sort.descending],
  );
  const list = useGrowingList(ExperimentsDocument, variablesOf, connectionOf);
  const { refetch } = list;
  useEffect(() => {
    refetch();
  }, [total, refetch]);
  const { run: unreject } = useAction(WithdrawRejectionDocument);
  const { run: restore } = useAction(RestoreExperimentDocument);
  const [question, setQuestion] = useState<Question | null>(null);
  const runs = state === 'active' || state === 'paused' || state === 'draft';
  const columns = useMemo(
    () =>
      columnsFor((row) => {
        const rejected = row.state === 'rejected';
        if (!runs || !(rejected ? canApprove : canPlan)) return null;
        return () =>
          setQuestion({
            title: rejected
              ? `Withdraw the rejection of experiment ${row.number}?`
              : `Bring back experiment ${row.number}?`,
            text: `${labelText(row.label)}. It is a proposal again, and has to be approved anew.`,
            label: 'Why?',
            confirm: rejected ? 'Withdraw the rejection' : 'Bring it back',
            act: async (reason) => {
              const answer = problemOf(await (rejected ? unreject : restore)({ id: row.id, reason }));
              if (answer === null) {
                refetch();
                onDone();
              }
              return answer;
            },
          });
      }),
    [runs, canApprove, canPlan, unreject, restore, refetch, onDone],
  );
  return (
    <Panel
      title="Set aside"
      count={total}
      note="Proposals that were rejected and experiments that were cancelled, each with its reason. What is brought back is a proposal again."
    >
      {list.problem === null ? null : (
        <Trouble what="They could not be loaded." why={list.problem} retry={refetch} />
      )}
      {!list.loaded ? (
        list.problem === null ? (
          <Skeleton height="8rem" label="Loading what was set aside" />
        ) : null
      ) : (
        <WindowedTable
          caption="Rejected proposals and cancelled experiments"
          rows={list.rows}
          edition={list.edition}
          total={list.total}
          columns={columns}
          keyOf={idOf}
          sort={sort}
          onSort={setSort}
          onEnd={list.next === null || list.busy ? null : list.more}
        />
      )}
      {question ? <ReasonDialog question={question} onClose={() => setQuestion(null)} /> : null}
    </Panel>
  );
}

const idOf = ({ id }: Row): string => id;

const columnsFor = (wayBack: (row: Row) => (() => void) | null): readonly PagedColumn<Row>[] => [
  { key: 'number', label: 'No.', orderBy: 'number', cell: ({ number }) => number },
  { key: 'label', label: 'Composition and conditions', cell: ({ label }) => labelText(label) },
  { key: 'state', label: 'State', cell: ({ state }) => <Badge {...experimentStates[state]} /> },
  { key: 'why', label: 'Why', className: 'why', cell: ({ note, reason }) => note ?? reason },
  {
    key: 'back',
    label: 'Bring back',
    className: 'actions',
    cell: (row) => {
      const back = wayBack(row);
      return back === null ? (
        <span className="soft">–</span>
      ) : (
        <button type="button" className="button small" onClick={back}>
          {row.state === 'rejected' ? 'Withdraw rejection' : 'Bring back'}
          <span className="visually-hidden"> of experiment {row.number}</span>…
        </button>
      );
    },
  },
];
