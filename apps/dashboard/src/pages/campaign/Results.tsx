import { type JSX, useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { download } from '../../api/download.js';
import {
  type CampaignHeadFragment,
  type ExperimentFilterInput,
  type ExperimentOrder,
  ExperimentsDocument,
  type ExperimentsQuery,
  type ExperimentState,
} from '../../api/generated/graphql.js';
import { everyPage } from '../../api/every-page.js';
import { useSession } from '../../api/session-context.js';
import type { Page } from '../../api/use-all-pages.js';
import { useGrowingList } from '../../api/use-growing-list.js';
import { useAddressChange, useTyped } from '../../components/address.js';
import { SelectField, TextField } from '../../components/Field.js';
import type { Sort } from '../../components/PagedTable.js';
import { Panel } from '../../components/Panel.js';
import { SaveList } from '../../components/SaveList.js';
import { Empty, Skeleton, Trouble } from '../../components/States.js';
import { WindowedTable } from '../../components/WindowedTable.js';
import type { Table } from '../../format/csv.js';
import { withUnitLabel } from '../../format/objective.js';
import { fileName } from '../../format/save-file.js';
import { ExperimentFiles } from './ExperimentFiles.js';
import { ResultDialog } from './moves/ResultDialog.js';
import { numberIn } from './moves/point-draft.js';
import { resultColumns, type Row } from './result-columns.js';
import { resultsTable } from './results-table.js';

interface ResultsProps {
  readonly campaign: CampaignHeadFragment;
  /** Changes when experiments ended: the list is asked for again. */
  readonly revision: unknown;
  readonly canPlan: boolean;
  readonly canApprove: boolean;
  readonly onDone: () => void;
}

const ended: readonly ExperimentState[] = ['accepted', 'failed_sample', 'infeasible', 'cancelled'];
const kinds = [
  { value: '', label: 'Everything that ended' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'failed_sample', label: 'Sample failed' },
  { value: 'infeasible', label: 'Not feasible' },
  { value: 'cancelled', label: 'Cancelled' },
] as const;
const connectionOf = ({ campaign }: ExperimentsQuery) => campaign?.experiments;
const listedIn = (data: ExperimentsQuery) => {
  const connection = connectionOf(data);
  return connection && { ...connection, nodes: connection.edges.map(({ node }) => node) };
};
const idOf = ({ id }: Row): string => id;
const newestFirst: Sort = { key: 'number', descending: true };
const orders: readonly ExperimentOrder[] = ['number', 'value', 'prediction', 'measured'];

/** `value-down` of an address; the newest first where it says nothing. */
function sortOf(text: string | null): Sort {
  const [key, way] = (text ?? '').split('-');
  const known = orders.find((one) => one === key);
  return known ? { key: known, descending: way !== 'up' } : newestFirst;
}

const textOfSort = ({ key, descending }: Sort): string =>
  key === newestFirst.key && descending ? '' : `${key}-${descending ? 'down' : 'up'}`;

/** Every experiment that ended: failures are results too. The server sorts, filters and cuts; what is out of sight is not drawn. */
export function Results({ campaign, revision, canPlan, canApprove, onDone }: ResultsProps): JSX.Element {
  const { id, name, objective } = campaign;
  const session = useSession();
  const client = useClient();
  const [search, change] = useAddressChange();
  const kind = kinds.find(({ value }) => value === search.get('ended'))?.value ?? '';
  const find = useTyped('find');
  const least = useTyped('from');
  const order = search.get('order');
  const sort = useMemo(() => sortOf(order), [order]);
  const set = (key: string, value: string): void => change({ [key]: value });
  const filter = useMemo((): ExperimentFilterInput => {
    const value = numberIn(least.words);
    return {
      states: kind === '' ? [...ended] : [kind],
      ...(find.words.trim() !== '' && { text: find.words.trim() }),
      ...(value !== null && { valueFrom: value }),
    };
  }, [kind, find.words, least.words]);
  const variablesOf = useCallback(
    (page: Page) => ({
      ...{ id, filter, ...page },
      orderBy: { by: sort.key as ExperimentOrder, descending: sort.descending },
    }),
    [id, filter, sort],
  );
  const list = useGrowingList(ExperimentsDocument, variablesOf, connectionOf);
  const { rows, edition, total, loaded, busy, problem, next, more, refetch } = list;
  useEffect(() => {
    refetch();
  }, [revision, refetch]);

  const [opened, setOpened] = useState<Row | null>(null);
  const [changedId, setChangedId] = useState<string | null>(null);
  const changed = rows.find((row) => row.id === changedId);
  const columns = useMemo(
    () => resultColumns(id, objective, setOpened, (row) => setChangedId(row.id)),
    [id, objective],
  );
  const [saving, setSaving] = useState<string | null>(null);
  const save = async (): Promise<void> =>
    setSaving(
      await download(session, `/v1/campaigns/${id}/export?format=csv`, `${fileName(name, 'results')}.csv`),
    );
  const read = async (onCount: (count: number) => void): Promise<Table | string> => {
    const all = await everyPage(client, ExperimentsDocument, variablesOf, listedIn, onCount);
    return typeof all === 'string' ? all : resultsTable(all, objective);
  };
  const filtering = kind !== '' || find.text !== '' || least.text !== '';

  return (
    <Panel
      title="Results"
      count={loaded ? total : undefined}
      tools={
        total > 0 ? (
          filtering ? (
            <SaveList
              name={`${name} results chosen`}
              what="the results listed"
              total={total}
              read={read}
              onProblem={setSaving}
            />
          ) : (
            <button type="button" className="button quiet small" onClick={() => void save()}>
              CSV<span className="visually-hidden"> of all results</span>
            </button>
          )
        ) : undefined
      }
    >
      {problem === null ? null : (
        <Trouble what="The results could not be loaded." why={problem} retry={refetch} />
      )}
      {saving === null ? null : <Trouble what="The file was not saved." why={saving} />}
      {loaded && (total > 0 || filtering) ? (
        <div className="filters">
          <TextField
            path="results.find"
            label="Number, point, reason or note"
            value={find.text}
            onChange={find.type}
          />
          <SelectField
            path="results.ended"
            label="What became of it"
            options={kinds}
            value={kind}
            onChange={(value) => set('ended', value)}
          />
          <TextField
            path="results.from"
            label={withUnitLabel('Not below', objective.unit)}
            numeric
            value={least.text}
            onChange={least.type}
          />
        </div>
      ) : null}
      {!loaded ? (
        problem === null ? (
          <Skeleton height="16rem" label="Loading results" />
        ) : null
      ) : rows.length === 0 ? (
        <Empty title={filtering ? 'No experiment is like that' : 'No experiment has ended yet'} />
      ) : (
        <>
          <WindowedTable
            caption="Experiments that ended, with their measured value and what had been predicted"
            rows={rows}
            edition={edition}
            total={total}
            columns={columns}
            keyOf={idOf}
            sort={sort}
            onSort={(next) => set('order', textOfSort(next))}
            onEnd={next === null || busy ? null : more}
          />
          <p className="soft small pager" role="status">
            {rows.length === total
              ? `All ${total.toLocaleString('en')} are listed.`
              : `${rows.length.toLocaleString('en')} of ${total.toLocaleString('en')} are listed; scroll on for more.`}
          </p>
        </>
      )}
      {opened ? <ExperimentFiles row={opened} onClose={() => setOpened(null)} /> : null}
      {changed ? (
        <ResultDialog
          row={changed}
          objective={objective}
          canPlan={canPlan}
          canApprove={canApprove}
          onDone={onDone}
          onClose={() => setChangedId(null)}
        />
      ) : null}
    </Panel>
  );
}
