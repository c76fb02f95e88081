import type { AnyVariables, Client, OperationResult, TypedDocumentNode } from 'urql';
import { sayError } from './use-action.js';
import type { Page } from './use-all-pages.js';

interface Listed<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every row of a list to its end, for a file; a sentence is what stands in the way. */
export async function everyPage<Data, Variables extends AnyVariables, Node>(
  client: Client,
  document: TypedDocumentNode<Data, Variables>,
  variablesOf: (page: Page) => Variables,
  listedIn: (data: Data) => Listed<Node> | undefined,
  onCount: (read: number) => void,
): Promise<readonly Node[] | string> {
  const rows: Node[] = [];
  for (let after: string | null = null; ;) {
    const answer: OperationResult<Data, Variables> = await client
      .query(document, variablesOf({ first: pageSize, after }), { requestPolicy: 'network-only' })
      .toPromise();
    const { data, error } = answer;
    const listed: Listed<Node> | undefined = data === undefined ? undefined : listedIn(data);
    if (!listed) return error ? sayError(error) : 'The list is not there any more.';
    rows.push(...listed.nodes);
    onCount(rows.length);
    if (!listed.pageInfo.hasNextPage) return rows;
    after = listed.pageInfo.endCursor;
  }
}

const pageSize = 100;
