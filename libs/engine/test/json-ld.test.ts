import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { plan, plannerVersion } from '@ionloop/planner';
import { exportJsonLd, InMemoryStore, quietEngine, submit } from '../src/index.js';
import { licenceIri } from '../src/export/json-ld.js';
import { quantity } from '../src/export/terms.js';
import { TestLoop } from '../src/testing/index.js';

/** The part of the library that is used here; it brings no types of its own. */
interface JsonLd {
  expand(document: unknown): Promise<readonly Node[]>;
  toRDF(document: unknown, options: { readonly format: string }): Promise<string>;
}
type Node = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> & {
  readonly '@id': string;
  readonly '@type'?: readonly string[];
};
const jsonld = createRequire(__filename)('jsonld') as JsonLd;

const prov = 'http://www.w3.org/ns/prov#';
const qudt = 'http://qudt.org/schema/qudt/';
const schema = 'https://schema.org/';

async function exported(): Promise<unknown> {
  const engine = quietEngine(new InMemoryStore(() => new Date()));
  const planner = {
    version: plannerVersion,
    plan: (request: Parameters<typeof plan>[0]) => Promise.resolve(plan(request)),
  };
  const loop = new TestLoop(engine, planner);
  const { id } = await loop.campaign();
  const voice = await loop.station('robot "7"');
  await loop.runOne(voice, 2.5e-4);
  const failed = await loop.startOne(voice);
  await submit(engine, voice, {
    ...loop.measured(failed),
    outcome: 'failed_sample',
    note: 'it broke',
    measurements: [],
  });
  await loop.runOne(voice);
  await loop.look(id);
  let text = '';
  const attribution = {
    license: 'CC-BY-4.0',
    creator: 'Ada Lovelace <https://orcid.org/0000-0002-1825-0097>',
  };
  for await (const part of exportJsonLd(engine.store.read, id, attribution)) text += part;
  return JSON.parse(text);
}

describe('a campaign as linked data', () => {
  let document: unknown;
  let nodes: readonly Node[];
  const typed = (type: string): readonly Node[] => nodes.filter((node) => node['@type']?.includes(type));

  it('expands by a processor that is not ours, and loses nothing', async () => {
    document = await exported();
    nodes = await jsonld.expand(document);
    const written = (document as { '@graph': readonly { '@id': string }[] })['@graph'];
    expect(nodes).toHaveLength(written.length);
    const members = (value: unknown): number =>
      Array.isArray(value)
        ? value.reduce((sum: number, one) => sum + members(one), 0)
        : typeof value === 'object' && value !== null
          ? Object.entries(value).length
          : 0;
    // A member whose name no context knows would be dropped in silence.
    written.forEach((node, i) =>
      expect([node['@id'], members(nodes[i])]).toEqual([node['@id'], members(node)]),
    );
    for (const node of nodes) {
      for (const key of Object.keys(node)) expect(key).toMatch(/^(@id|@type|https?:\/\/|urn:ionloop:)/);
      for (const type of node['@type'] ?? []) expect(type).toMatch(/^https?:\/\//);
    }
  });

  it('says values in units of QUDT and classes of BattINFO', () => {
    const values = typed(
      'https://w3id.org/emmo/domain/electrochemistry#electrochemistry_25dabdc2_68bf_4a38_8cbe_11be017358bc',
    );
    const measured = values.filter((node) => node['@type']?.includes(`${prov}Entity`));
    expect(measured).toHaveLength(2);
    expect(measured[0]?.[`${qudt}quantityValue`]?.[0]).toMatchObject({
      [`${qudt}numericValue`]: [{ '@type': 'http://www.w3.org/2001/XMLSchema#double', '@value': 2.5e-4 }],
      [`${qudt}hasUnit`]: [{ '@id': 'http://qudt.org/vocab/unit/S-PER-CentiM' }],
    });
  });

  it('tells by PROV-O where a value comes from, down to the plan', () => {
    const byId = new Map(nodes.map((node) => [node['@id'], node]));
    const follow = (node: Node | undefined, term: string): Node | undefined =>
      byId.get(String(node?.[`${prov}${term}`]?.[0]?.['@id']));
    const value = nodes.find((node) => node['@id'].startsWith('urn:ionloop:measurement/'));
    const attempt = follow(value, 'wasGeneratedBy');
    const experiment = follow(attempt, 'wasInformedBy');
    const planned = follow(experiment, 'wasInformedBy');
    expect(attempt?.['@type']).toContain(`${prov}Activity`);
    expect(follow(attempt, 'wasAssociatedWith')?.['@type']).toContain(`${prov}Agent`);
    expect(planned?.[`${schema}name`]?.[0]).toEqual({ '@value': 'Plan 1' });
    expect(follow(planned, 'wasAssociatedWith')?.['@type']).toContain(`${prov}SoftwareAgent`);
    const ids = nodes.map((node) => node['@id']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names licence and creator, and keeps what failed', () => {
    const [dataset] = typed(`${schema}Dataset`);
    expect(dataset?.[`${schema}license`]).toEqual([{ '@id': 'https://spdx.org/licenses/CC-BY-4.0' }]);
    expect(dataset?.[`${schema}creator`]?.[0]).toMatchObject({
      '@id': 'https://orcid.org/0000-0002-1825-0097',
      [`${schema}name`]: [{ '@value': 'Ada Lovelace' }],
    });
    const outcomes = nodes.flatMap((node) => node['urn:ionloop:term/outcome'] ?? []);
    expect(outcomes).toContainEqual({ '@value': 'failed_sample' });
  });

  it('is RDF: every subject and object that is an IRI is absolute', async () => {
    const quads = await jsonld.toRDF(document, { format: 'application/n-quads' });
    const iris = [...quads.matchAll(/<([^>]*)>/g)].map(([, iri = '']) => iri);
    expect(iris.length).toBeGreaterThan(500);
    expect(iris.filter((iri) => !/^(https?:\/\/|urn:)[^\s"{}|\\^`]+$/.test(iri))).toEqual([]);
  });
});

describe('a quantity', () => {
  it('is said in another unit where QUDT does not know its own', () => {
    expect(quantity(2, 'mA/cm²')).toMatchObject({
      numericValue: 20,
      inUnit: 'unit:A-PER-M2',
      unitText: 'A/m²',
    });
    expect(quantity(5, 'drops')).toEqual({
      '@type': 'qudt:QuantityValue',
      numericValue: 5,
      unitText: 'drops',
    });
  });

  it('has its uncertainty in its own unit', () => {
    expect(quantity(1, 'meV', 0.5)).toMatchObject({
      numericValue: 1e-3,
      standardUncertainty: 5e-4,
      inUnit: 'unit:EV',
    });
  });
});

it('a licence is an address, or a name of the SPDX list', () => {
  expect(licenceIri('https://example.org/terms')).toBe('https://example.org/terms');
  expect(licenceIri('CC0-1.0')).toBe('https://spdx.org/licenses/CC0-1.0');
});
