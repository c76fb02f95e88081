import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Campaign, JsonObject } from '@ionloop/domain';
import { exportJsonLd, type RecordStore } from '../src/index.js';
import { classes, classesOf } from '../src/export/terms.js';
import { StoreStory } from '../src/testing/store-story.js';
import { at, id, shaOf, textOf, toldCampaign } from './exported.js';

let store: RecordStore;
let text: string;
let campaign: Campaign;
let nodes: readonly JsonObject[];

const graphOf = (document: string): readonly JsonObject[] =>
  (JSON.parse(document) as { readonly '@graph': readonly JsonObject[] })['@graph'];

beforeAll(async () => {
  store = await toldCampaign();
  const attribution = { license: 'CC BY/4.0', creator: 'Ada Lovelace  <https://orcid.org/1>' };
  text = await textOf(exportJsonLd(store.read, id, attribution));
  nodes = graphOf(text);
  const found = await store.read.campaign(id);
  if (!found) throw new Error('it is gone');
  campaign = found;
});

const node = (name: string): JsonObject | undefined => nodes.find((one) => one['@id'] === `loop:${name}`);
const ionic = classesOf('ionic_conductivity');
const said = (numericValue: number, unit: string, unitText: string, more: JsonObject = {}): JsonObject => ({
  ...{ '@type': 'qudt:QuantityValue', numericValue, inUnit: `unit:${unit}`, unitText, ...more },
});

describe('the document', () => {
  it('has a node a line, and each person and station once', () => {
    const lines = text.split('\n');
    expect(lines[0]).toMatch(/^\{"@context":\{.*\},"@graph":\[$/);
    expect(lines).toHaveLength(nodes.length + 3);
    expect(lines.slice(-2)).toEqual([']}', '']);
    expect(nodes.map((one) => one['@id'])).toEqual(
      [
        ...['campaign/glass%2F1', 'agent/ionloop', 'plan/p1', 'model/model%201'],
        ...['experiment/e1', 'sample/e1', 'agent/person/Ada', 'agent/station/robot%207', 'attempt/a1'],
        ...['measurement/m1', 'measurement/m2'],
        ...['a', 'b', 'c'].map((digit) => `file/${shaOf(digit)}`),
        ...['experiment/e2', 'sample/e2', 'attempt/a2', 'experiment/e3', 'sample/e3'],
        ...['experiment/past-00000004', 'sample/past-00000004', 'experiment/e5', 'sample/e5'],
        'measurement/m5',
      ].map((name) => `loop:${name}`),
    );
  });

  it('tells of the whole what people want to know first', async () => {
    const last = await store.read.lastSeq(id);
    const [{ hash } = { hash: '' }] = await store.read.events(id, last - 1, 1);
    const { space, strategy } = campaign;
    expect(nodes[0]).toEqual({
      ...{ '@id': 'loop:campaign/glass%2F1', '@type': ['schema:Dataset', 'prov:Entity', classes.dataset] },
      ...{ identifier: id, name: 'Glasses', description: 'what conducts', created: at(0) },
      license: 'https://spdx.org/licenses/CC%20BY%2F4.0',
      creator: {
        '@id': 'https://orcid.org/1',
        '@type': ['prov:Agent', 'schema:Person'],
        name: 'Ada Lovelace',
      },
      ...{ headHash: hash, state: 'active', seed: 'seed', strategy, space },
      'schema:variableMeasured': [
        {
          ...{ '@type': ['schema:PropertyValue', ...ionic], name: 'ionic_conductivity', unitText: 'S/cm' },
          goal: 'maximise',
        },
        {
          '@type': ['schema:PropertyValue', ...classesOf('density')],
          ...{ name: 'density', unitText: 'g/cm³', goal: 'window', 'schema:minValue': 2 },
        },
        {
          '@type': ['schema:PropertyValue', ...classesOf('voltage')],
          ...{ name: 'voltage', unitText: 'mV', 'schema:maxValue': 4000 },
        },
      ],
      wasAttributedTo: 'loop:agent/person/Ada',
    });
    expect(nodes[1]).toEqual({
      ...{ '@id': 'loop:agent/ionloop', '@type': ['prov:SoftwareAgent', 'schema:SoftwareApplication'] },
      name: 'Ionloop',
    });
  });

  it.each([
    ['Ada', { name: 'Ada' }],
    ['<https://orcid.org/1>', { '@id': 'https://orcid.org/1' }],
    ['Ada <not an address>', { name: 'Ada <not an address>' }],
  ])('is by who says so: %s', async (creator, agent) => {
    const [dataset] = graphOf(await textOf(exportJsonLd(store.read, id, { creator })));
    expect(dataset).not.toHaveProperty('license');
    expect(dataset?.['creator']).toEqual({ '@type': ['prov:Agent', 'schema:Person'], ...agent });
  });

  it('leaves out what nobody said', async () => {
    const empty = await new StoreStory(store).campaign({ description: '' });
    const [dataset, ...rest] = graphOf(await textOf(exportJsonLd(store.read, empty, {})));
    for (const name of ['license', 'creator', 'description']) expect(dataset).not.toHaveProperty(name);
    expect(rest.map((one) => one['@id'])).toEqual(['loop:agent/ionloop']);
  });
});

describe('a proposal, from its plan to its files', () => {
  it('is of a plan that a program made with a model', () => {
    expect(node('plan/p1')).toEqual({
      ...{ '@id': 'loop:plan/p1', '@type': 'prov:Activity', name: 'Plan 1', endedAtTime: at(2) },
      wasAssociatedWith: 'loop:agent/ionloop',
      used: ['loop:campaign/glass%2F1/event/2', 'loop:model/model%201'],
      ...{ strategy: campaign.strategy, seed: 'seed/1', requestHash: 'asked', answerHash: 'answered' },
      plannerVersion: '1.2.3',
    });
    expect(node('model/model%201')).toEqual({
      ...{ '@id': 'loop:model/model%201', '@type': 'prov:Entity', name: 'gp', created: at(2) },
      trainingHash: 'trained',
    });
  });

  it('is an experiment of the campaign, with what was expected and who approved it', () => {
    expect(node('experiment/e1')).toEqual({
      ...{ '@id': 'loop:experiment/e1', '@type': ['prov:Activity', classes.experiment] },
      ...{ name: 'Experiment 1', identifier: 'e1', created: at(2), state: 'accepted', origin: 'model' },
      ...{ reason: '-explores', specHash: 'spec-1' },
      'schema:isPartOf': { '@id': 'loop:campaign/glass%2F1' },
      ...{ hasInput: 'loop:sample/e1', wasInformedBy: 'loop:plan/p1' },
      ...{ predictedMean: -4, predictedSd: 0.5, modelScale: 'log10(S/cm)' },
      ...{ 'loop:term/acquisition': 'log-ei', wasAssociatedWith: 'loop:agent/person/Ada' },
    });
    expect(node('agent/person/Ada')).toEqual({
      ...{ '@id': 'loop:agent/person/Ada', '@type': ['prov:Agent', 'prov:Person'], name: 'Ada' },
    });
  });

  it('has a sample, of its parts and as it was to be made', () => {
    const part = (name: string, fraction: number): JsonObject => ({
      ...{ '@type': classes.material, name },
      hasProperty: { '@type': classes.amountFraction, quantityValue: said(fraction, 'UNITLESS', '1') },
    });
    const number = ['schema:PropertyValue', 'qudt:Quantity'];
    expect(node('sample/e1')).toEqual({
      ...{ '@id': 'loop:sample/e1', '@type': ['prov:Entity', classes.material], name: 'Sample 1' },
      hasConstituent: [part('Li3PO4', 0.75), part('Li3BO3', 0.25)],
      hasProperty: [
        { '@type': number, name: 'pressure', quantityValue: said(2.5, 'PA', 'Pa') },
        { '@type': 'schema:PropertyValue', name: 'salt, dry', textValue: 'LiCl' },
        {
          ...{ '@type': number, name: 'turns' },
          quantityValue: { '@type': 'qudt:QuantityValue', numericValue: 3, inUnit: 'unit:UNITLESS' },
        },
      ],
    });
  });

  it('was worked on by a station', () => {
    expect(node('attempt/a1')).toEqual({
      ...{ '@id': 'loop:attempt/a1', '@type': ['prov:Activity', classes.measurement], name: 'Attempt 1' },
      ...{ wasInformedBy: 'loop:experiment/e1', wasAssociatedWith: 'loop:agent/station/robot%207' },
      ...{ used: 'loop:sample/e1', state: 'accepted', startedAtTime: at(5), endedAtTime: at(6) },
      ...{ outcome: 'measured', 'loop:term/deviceRun': '+run' },
    });
    expect(node('agent/station/robot%207')).toEqual({
      ...{ '@id': 'loop:agent/station/robot%207', '@type': 'prov:Agent', identifier: 'robot 7' },
    });
  });

  it('was measured, which is told as it is and as it was handed in', () => {
    const value = { '@type': classes.realData, hasNumberValue: 2e-4 };
    expect(node('measurement/m1')).toEqual({
      ...{ '@id': 'loop:measurement/m1', '@type': ['prov:Entity', 'qudt:Quantity', ...ionic] },
      ...{ name: 'ionic_conductivity', created: at(6), status: 'excluded', hasNumericalPart: value },
      quantityValue: said(2e-4, 'S-PER-CentiM', 'S/cm', { standardUncertainty: 1e-5 }),
      ...{ wasGeneratedBy: 'loop:attempt/a1' },
      wasDerivedFrom: ['loop:sample/e1', `loop:file/${shaOf('a')}`],
      ...{ conditions: { temperatureC: 25 }, asHandedIn: { value: 0.125, unit: 'µS/cm' } },
      ...{ flag: ['thin', 'cracked'], note: '=thin' },
    });
    expect(node('measurement/m2')).toEqual({
      '@id': 'loop:measurement/m2',
      '@type': ['prov:Entity', 'qudt:Quantity', ...classesOf('density')],
      ...{ name: 'density', created: at(6), status: 'accepted' },
      quantityValue: said(2.5, 'GM-PER-CentiM3', 'g/cm³'),
      hasNumericalPart: { '@type': classes.realData, hasNumberValue: 2.5 },
      ...{ wasGeneratedBy: 'loop:attempt/a1' },
      wasDerivedFrom: ['loop:sample/e1', `loop:file/${shaOf('c')}`],
      ...{ conditions: {}, asHandedIn: { value: 2500, unit: 'kg/m³' } },
    });
  });

  it('has files, each under its hash', () => {
    expect(node(`file/${shaOf('b')}`)).toEqual({
      ...{ '@id': `loop:file/${shaOf('b')}`, '@type': ['prov:Entity', 'schema:MediaObject'] },
      ...{ name: 'photo.png', sha256: shaOf('b'), encodingFormat: 'image/png' },
      ...{ contentSize: String(2 ** 40), wasGeneratedBy: 'loop:attempt/a1' },
    });
  });
});

describe('what came otherwise', () => {
  it('an attempt that failed tells why, and nothing that it has not', () => {
    expect(node('attempt/a2')).toEqual({
      ...{ '@id': 'loop:attempt/a2', '@type': ['prov:Activity', classes.measurement], name: 'Attempt 1' },
      ...{ wasInformedBy: 'loop:experiment/e2', wasAssociatedWith: 'loop:agent/station/robot%207' },
      ...{ used: 'loop:sample/e2', state: 'submitted', startedAtTime: at(11), endedAtTime: at(12) },
      ...{ outcome: 'failed_sample', note: '@it broke, in "two"' },
    });
    expect(node('experiment/e2')).toMatchObject({ state: 'failed_sample', note: '@it broke, in "two"' });
  });

  it('an experiment that nobody planned or approved has neither', () => {
    expect(node('experiment/e3')).toEqual({
      ...{ '@id': 'loop:experiment/e3', '@type': ['prov:Activity', classes.experiment] },
      ...{ name: 'Experiment 3', identifier: 'e3', created: at(13), state: 'proposed', origin: 'person' },
      ...{ reason: ' later', specHash: 'spec-3', hasInput: 'loop:sample/e3' },
      'schema:isPartOf': { '@id': 'loop:campaign/glass%2F1' },
    });
  });

  it('what was measured by hand comes from the experiment itself', () => {
    expect(node('measurement/m5')).toMatchObject({
      ...{ wasGeneratedBy: 'loop:experiment/e5', wasDerivedFrom: ['loop:sample/e5'] },
    });
  });
});
