import { type JSX, useEffect, useMemo, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { everyPage } from '../../../api/every-page.js';
import {
  CandidatesDocument,
  type CandidatesQuery,
  type CandidateOrder,
} from '../../../api/generated/graphql.js';
import { dimensionsOf } from '../../../api/space.js';
import { sayError } from '../../../api/use-action.js';
import type { Page } from '../../../api/use-all-pages.js';
import { useAnalysis } from '../../../api/use-analysis.js';
import { useAddressChange, useTyped } from '../../../components/address.js';
import { Badge } from '../../../components/Badge.js';
import { SelectField, TextField } from '../../../components/Field.js';
import { PagedTable, type Sort } from '../../../components/PagedTable.js';
import { Panel } from '../../../components/Panel.js';
import { SaveList } from '../../../components/SaveList.js';
import { Empty, Skeleton, Trouble } from '../../../components/States.js';
import type { Table } from '../../../format/csv.js';
import { useCampaignData } from '../campaign-data.js';
import { acquisitionNamed, acquisitionOf, acquisitionOptions } from './acquisition.js';
import { candidateColumns } from './candidate-columns.js';
import { candidatesTable } from './candidates-table.js';

const pageSize = 15;
const orders: readonly CandidateOrder[] = ['score', 'mean', 'sd', 'feasible', 'number'];

interface Cursor {
  readonly after?: string;
  readonly before?: string;
  readonly from: number;
}
const listedIn = ({ analysis }: CandidatesQuery) =>
  analysis?.result?.__typename === 'CandidatesResult' ? analysis.result.candidates : undefined;
const firstPage: Cursor = { from: 1 };

/** Every candidate with what is believed of it, sorted, filtered and cut into pages by the server. */
export function CandidatesPanel(): JSX.Element {
  const { campaign, space, model } = useCampaignData();
  const { id, name, objective, strategy, settings } = campaign;
  const client = useClient();
  const [search, change] = useAddressChange();
  const asked = acquisitionOptions.find(({ value }) => value === search.get('score'))?.value;
  const acquisition = useMemo(
    () =>
      asked === undefined ? acquisitionOf(strategy, settings.beta) : acquisitionNamed(asked, settings.beta),
    [asked, strategy, settings.beta],
  );
  const { result, answered, busy, progress, problem, run } = useAnalysis(id, 'CandidatesResult');
  const modelId = model?.id ?? null;
  useEffect(() => {
    const { score, beta } = acquisition;
    if (modelId !== null) run({ candidates: { score, beta } });
  }, [run, modelId, acquisition]);

  const contains = useTyped('contains');
  const untried = search.get('tried') === null;
  const words = contains.words.trim();
  const [place, setPlace] = useState({ words: '', cursor: firstPage });
  // Another list begins at its first page.
  const cursor = place.words === words ? place.cursor : firstPage;
  const setCursor = (next: Cursor): void => setPlace({ words, cursor: next });
  const order = orders.find((one) => one === search.get('by')) ?? 'score';
  const sort: Sort = { key: order, descending: search.get('up') === null };
  const { from, ...side } = cursor;
  const filter = useMemo(
    () => ({ ...(words !== '' && { text: words }), ...(untried && { tried: false }) }),
    [words, untried],
  );
  const asIs = {
    id: answered?.id ?? '',
    filter,
    orderBy: { by: order, descending: sort.descending },
  };
  const [{ data, error, fetching }, again] = useQuery({
    query: CandidatesDocument,
    variables: {
      ...asIs,
      ...(side.before === undefined
        ? { first: pageSize, ...(side.after !== undefined && { after: side.after }) }
        : { last: pageSize, before: side.before }),
    },
    pause: answered === null,
  });
  const page = (data && listedIn(data)) ?? null;
  const columns = useMemo(
    () => candidateColumns(dimensionsOf(space), objective, acquisition),
    [space, objective, acquisition],
  );
  const set = (next: Readonly<Record<string, string | null>>): void => {
    change(next);
    setCursor(firstPage);
  };
  const [saving, setSaving] = useState<string | null>(null);
  const read = async (onCount: (count: number) => void): Promise<Table | string> => {
    const of = ({ first, after }: Page) => ({ ...asIs, first, ...(after !== null && { after }) });
    const all = await everyPage(client, CandidatesDocument, of, listedIn, onCount);
    return typeof all === 'string' ? all : candidatesTable(all, objective, acquisition);
  };

  return (
    <Panel
      title="Candidates"
      count={result?.count}
      tools={
        page ? (
          <SaveList
            name={`${name} candidates`}
            what="the candidates listed"
            total={page.totalCount}
            read={read}
            onProblem={setSaving}
          />
        ) : undefined
      }
      note={`What the model believes of every place that could be tried${
        result && !result.whole ? ', here of an even draw, as there are too many to list' : ''
      }. Acquisition is the ${acquisition.label}: the larger the sooner it is worth trying. Intervals hold 19 of 20 results.`}
    >
      {modelId === null ? (
        <Empty title="No model yet">
          <p>Candidates are weighed once the first design has results.</p>
        </Empty>
      ) : (
        <>
          <div className="filters">
            <SelectField
              path="candidates.score"
              label="Weighed by"
              options={acquisitionOptions}
              value={acquisition.score}
              onChange={(score) => set({ score })}
            />
            <TextField
              path="candidates.text"
              label="Contains"
              value={contains.text}
              onChange={contains.type}
            />
            <label className="row start">
              <input
                type="checkbox"
                checked={untried}
                onChange={({ target }) => set({ tried: target.checked ? null : '1' })}
              />
              Only those not tried
            </label>
          </div>
          {saving === null ? null : <Trouble what="The file was not saved." why={saving} />}
          {problem === null ? null : <Trouble what="The candidates could not be weighed." why={problem} />}
          {error ? (
            <Trouble what="The candidates could not be listed." why={sayError(error)} retry={again} />
          ) : null}
          {page ? (
            <PagedTable
              caption="Candidates with their predicted value, acquisition and feasibility"
              rows={page.nodes}
              columns={columns}
              keyOf={({ number }) => String(number)}
              sort={sort}
              onSort={({ key, descending }) => set({ by: key, up: descending ? null : '1' })}
              from={from}
              total={page.totalCount}
              busy={fetching}
              onPrevious={
                page.pageInfo.hasPreviousPage && page.pageInfo.startCursor !== null
                  ? () =>
                      setCursor({
                        before: page.pageInfo.startCursor ?? '',
                        from: Math.max(1, from - pageSize),
                      })
                  : null
              }
              onNext={
                page.pageInfo.hasNextPage && page.pageInfo.endCursor !== null
                  ? () => setCursor({ after: page.pageInfo.endCursor ?? '', from: from + page.nodes.length })
                  : null
              }
            />
          ) : problem === null && !error ? (
            <Skeleton
              height="20rem"
              label={
                progress === null
                  ? 'Weighing candidates'
                  : `Weighing candidates, ${Math.round(100 * progress)} % done`
              }
            />
          ) : null}
          {busy && page ? (
            <p className="small soft" role="status">
              <Badge word="Being weighed anew" tone="info" />
            </p>
          ) : null}
        </>
      )}
    </Panel>
  );
}
