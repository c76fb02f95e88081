import {
  type AskedProperty,
  askedOf,
  type Campaign,
  type JsonObject,
  type Model,
  type Plan,
} from '@ionloop/domain';
import type { RecordReader } from '../ports.js';
import { experimentNodes, idOf } from './json-ld-nodes.js';
import { campaignToExport, experimentsInFull } from './pages.js';
import { classes, classesOf, context } from './terms.js';

/** Of the data as a whole: what people who come across it want to know first. */
export interface Attribution {
  /** The address of a licence, or its name in the list of SPDX. */
  readonly license?: string | undefined;
  /** A name, with an address such as an ORCID behind it in angle brackets. */
  readonly creator?: string | undefined;
}

/** A campaign as linked data, written node by node. */
export async function* exportJsonLd(
  read: RecordReader,
  campaignId: string,
  attribution: Attribution,
): AsyncGenerator<string> {
  const campaign = await campaignToExport(read, campaignId);
  yield `{"@context":${JSON.stringify(context)},"@graph":[\n`;
  yield written(await dataset(read, campaign, attribution));
  yield `,\n${written(software)}`;
  for (const plan of await read.plans(campaignId)) yield `,\n${written(planNode(plan))}`;
  for (const model of await read.models(campaignId)) yield `,\n${written(modelNode(model))}`;
  const told = new Set<string>();
  for await (const one of experimentsInFull(read, campaignId)) {
    for (const node of experimentNodes(campaign, one)) {
      // Stations and people come up again and again.
      const id = node['@id'];
      if (typeof id === 'string' && id.startsWith('loop:agent/')) {
        if (told.has(id)) continue;
        told.add(id);
      }
      yield `,\n${written(node)}`;
    }
  }
  yield '\n]}\n';
}

const written = (node: JsonObject): string => JSON.stringify(node);

const software: JsonObject = {
  '@id': 'loop:agent/ionloop',
  '@type': ['prov:SoftwareAgent', 'schema:SoftwareApplication'],
  name: 'Ionloop',
};

async function dataset(
  read: RecordReader,
  campaign: Campaign,
  { license, creator }: Attribution,
): Promise<JsonObject> {
  const [last] = await read.events(campaign.id, Math.max(0, (await read.lastSeq(campaign.id)) - 1), 1);
  const maker = creator === undefined ? null : agentOf(creator);
  return {
    '@id': idOf('campaign', campaign.id),
    '@type': ['schema:Dataset', 'prov:Entity', classes.dataset],
    identifier: campaign.id,
    name: campaign.name,
    ...(campaign.description !== '' && { description: campaign.description }),
    created: campaign.createdAt,
    ...(license !== undefined && { license: licenceIri(license) }),
    ...(maker && { creator: maker }),
    ...(last && { headHash: last.hash }),
    state: campaign.state,
    seed: campaign.seed,
    strategy: campaign.strategy as unknown as JsonObject,
    space: campaign.space as unknown as JsonObject,
    'schema:variableMeasured': askedOf(campaign).map((asked) => variableNode(campaign, asked)),
    ...(campaign.owner !== null && { wasAttributedTo: idOf('agent/person', campaign.owner) }),
  };
}

/** A property with what is wanted of it, and between which ends it is to lie where it has some. */
function variableNode(campaign: Campaign, { property, unit }: AskedProperty): JsonObject {
  const wanted = campaign.objectives.find((objective) => objective.property === property);
  const limit = (campaign.limits ?? []).find((one) => one.property === property);
  const { low, high } = wanted?.goal === 'window' ? wanted : (limit ?? { low: null, high: null });
  return {
    '@type': ['schema:PropertyValue', ...classesOf(property)],
    name: property,
    unitText: unit,
    ...(wanted && { goal: wanted.goal }),
    ...(low !== null && { 'schema:minValue': low }),
    ...(high !== null && { 'schema:maxValue': high }),
  };
}

export const licenceIri = (license: string): string =>
  /^[a-z][a-z0-9+.-]*:/i.test(license) ? license : `https://spdx.org/licenses/${encodeURIComponent(license)}`;

function agentOf(creator: string): JsonObject {
  const match = /^(.*?)\s*<([^<>\s]+)>$/.exec(creator);
  const name = match?.[1] ?? creator;
  return {
    ...(match?.[2] !== undefined && { '@id': match[2] }),
    '@type': ['prov:Agent', 'schema:Person'],
    ...(name !== '' && { name }),
  };
}

const planNode = (plan: Plan): JsonObject => ({
  '@id': idOf('plan', plan.id),
  '@type': 'prov:Activity',
  name: `Plan ${plan.number}`,
  endedAtTime: plan.createdAt,
  wasAssociatedWith: 'loop:agent/ionloop',
  used: [
    `${idOf('campaign', plan.campaignId)}/event/${plan.basedOnSeq}`,
    ...(plan.modelId === null ? [] : [idOf('model', plan.modelId)]),
  ],
  strategy: plan.strategy as unknown as JsonObject,
  seed: plan.seed,
  requestHash: plan.requestHash,
  answerHash: plan.answerHash,
  plannerVersion: plan.plannerVersion,
});

const modelNode = (model: Model): JsonObject => ({
  '@id': idOf('model', model.id),
  '@type': 'prov:Entity',
  name: model.kind,
  created: model.createdAt,
  trainingHash: model.trainingHash,
});
