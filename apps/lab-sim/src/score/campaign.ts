import type { Spec } from '@ionloop/lab-client';

/** A campaign as its record has it: what the score compares with the truth. */
export interface CampaignView {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly space: unknown;
  readonly objective: {
    readonly property: string;
    readonly unit: string;
    readonly goal: string;
    readonly temperatureC: number | null;
  };
  readonly experiments: readonly ExperimentView[];
}

export interface ExperimentView {
  readonly number: number;
  readonly state: string;
  readonly point: Spec['point'];
  readonly attempts: readonly { readonly id: string; readonly state: string }[];
  readonly measurements: readonly MeasurementView[];
}

export interface MeasurementView {
  readonly id: string;
  readonly attemptId: string | null;
  readonly status: string;
  readonly value: number;
  readonly unit: string;
}

const query = `query Score($id: ID!, $after: String) {
  campaign(id: $id) {
    id name state space
    objective { property unit goal temperatureC }
    experiments(first: 100, after: $after) {
      edges { node { number state point attempts { id state } measurements { id attemptId status value unit } } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

type Page = Omit<CampaignView, 'experiments'> & {
  readonly experiments: {
    readonly edges: readonly { readonly node: ExperimentView }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

/** The whole campaign, page by page. */
export async function readCampaign(url: string, token: string | null, id: string): Promise<CampaignView> {
  const experiments: ExperimentView[] = [];
  for (let after: string | null = null; ;) {
    const page: Page = await ask(url, token, { id, after });
    experiments.push(...page.experiments.edges.map(({ node }) => node));
    const { hasNextPage, endCursor } = page.experiments.pageInfo;
    if (!hasNextPage) return { ...page, experiments };
    after = endCursor;
  }
}

async function ask(url: string, token: string | null, variables: object): Promise<Page> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { campaign: Page | null };
    errors?: readonly { message: string }[];
  };
  const [error] = errors ?? [];
  if (error) throw new Error(`the server says: ${error.message}`);
  if (!data?.campaign) throw new Error('the server has no such campaign');
  return data.campaign;
}
