import { mostConducting, ternarySpace } from '@ionloop/engine/testing';
import type { TestServer } from './server.js';

export const ternary = {
  name: 'Ternary',
  space: ternarySpace(0.01),
  objective: mostConducting,
  budget: 10,
};

export const points = [
  { composition: { Li3PO4: 0.25, Li3BO3: 0.14, Li2SO4: 0.61 } },
  { composition: { Li3PO4: 0.5, Li3BO3: 0.25, Li2SO4: 0.25 } },
  { composition: { Li3PO4: 0.1, Li3BO3: 0.1, Li2SO4: 0.8 } },
];

interface Payload {
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly field: string | null;
  }[];
}

export async function createCampaign(server: TestServer, changes: object = {}): Promise<string> {
  const { data } = await server.query<{ createCampaign: Payload & { campaign: { id: string } } }>(
    'planner',
    `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { campaign { id } userErrors { code message field } } }`,
    { input: { ...ternary, start: true, ...changes } },
  );
  if (data.createCampaign.userErrors.length > 0)
    throw new Error(JSON.stringify(data.createCampaign.userErrors));
  return data.createCampaign.campaign.id;
}

export async function addExperiment(server: TestServer, campaignId: string, point: object): Promise<string> {
  const { data } = await server.query<{ addExperiment: Payload & { experiment: { id: string } } }>(
    'planner',
    `mutation ($input: AddExperimentInput!) { addExperiment(input: $input) { experiment { id } userErrors { code message field } } }`,
    { input: { campaignId, point, reason: 'I want to know' } },
  );
  if (data.addExperiment.userErrors.length > 0)
    throw new Error(JSON.stringify(data.addExperiment.userErrors));
  return data.addExperiment.experiment.id;
}

export async function approve(server: TestServer, ids: readonly string[]): Promise<readonly string[]> {
  const { data } = await server.query<{ approveExperiments: Payload & { experiments: { state: string }[] } }>(
    'approver',
    `mutation ($ids: [ID!]!) { approveExperiments(input: { ids: $ids }) { experiments { state } userErrors { code message field } } }`,
    { ids },
  );
  return data.approveExperiments.experiments.map(({ state }) => state);
}
