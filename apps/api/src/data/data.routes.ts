import type { Parameter, Route } from '../http/route.js';
import { importStates, outsidePolicies } from '@ionloop/engine';
import { answer } from '../http/object-schema.js';
import { integer, jsonObject, oneOf, text } from '../http/schema.js';
import { exportFormats } from './formats.js';

const formats = Object.keys(exportFormats);

const campaign = [
  {
    name: 'id',
    about: 'The campaign’s id.',
    schema: { type: 'string', minLength: 1 },
    example: '0198c1f0-5a3e-7c44-9d0f-6f1f0a2b3c4d',
  },
];

const told = (name: string, about: string, schema: Parameter['schema']): Parameter => ({
  ...{ name, about, required: false, schema },
});
const yes = { type: 'string', enum: ['1'] };

const understood: readonly Parameter[] = [
  told('name', 'What the file is called.', { type: 'string' }),
  told('map', 'A JSON object: what columns mean, by their headers.', { type: 'string' }),
  told('delimiter', 'Between columns.', { type: 'string' }),
  told('decimal', 'In numbers.', { type: 'string', enum: ['point', 'comma'] }),
  told('encoding', 'Of the text.', { type: 'string' }),
  told('force', '1: keep implausible values, with a flag.', yes),
  told('keepDuplicates', '1: take rows that say the same twice for two measurements.', yes),
  told('outside', 'What becomes of rows of points outside of the space; refuse where it is left out.', {
    type: 'string',
    enum: outsidePolicies,
  }),
];

export const dataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/campaigns/:id/export',
    id: 'exportCampaign',
    tag: 'data',
    summary: 'A campaign as a file',
    about:
      'csv: a line for each measurement, and for each attempt or experiment without one. jsonld: linked data with units of QUDT, terms of EMMO and BattINFO and provenance by PROV-O. bundle: a gzipped tar that `ionloop import` brings back to the same hash. Written while it is read.',
    head: 'What the file would be',
    inPath: campaign,
    inQuery: [
      {
        name: 'format',
        about: 'As what; csv where it is left out.',
        required: false,
        schema: { type: 'string', enum: formats },
      },
    ],
    answers: {
      200: { about: 'The file, as an attachment.', body: { mediaType: '*/*', schema: {} } },
    },
    problems: ['INVALID_INPUT', 'NOT_FOUND'],
  },
  {
    method: 'POST',
    path: '/v1/campaigns/:id/history',
    id: 'importHistory',
    tag: 'data',
    summary: 'Brings the rows of a small CSV into a campaign, at once',
    about:
      'All of them or none, and a file only once. With dryRun nothing is changed, and the answer lists the rows that are wrong, each with line, column and reason. Columns are known by their headers and units; delimiter, decimal comma and encoding as the table looks, where they are not told.',
    inPath: campaign,
    inQuery: [
      told('dryRun', '1: only say what would be done.', yes),
      told('skipBad', '1: import the rows that can be.', yes),
      ...understood,
    ],
    body: 'bytes',
    answers: { 200: { about: 'What was found, and what became of it.', body: jsonObject() } },
    problems: ['INVALID_INPUT', 'NOT_FOUND', 'INVALID_STATE', 'TOO_LARGE', 'STORAGE_FULL'],
  },
  {
    method: 'POST',
    path: '/v1/campaigns/:id/imports',
    id: 'bringTable',
    tag: 'data',
    summary: 'Takes a CSV of any size, to be looked at and imported by a worker',
    about:
      'Nothing is imported yet: the table is looked at, and by GraphQL it is told what was found, looked at in another way (previewImport) and started (startImport).',
    inPath: campaign,
    inQuery: understood,
    headers: [
      told('Idempotency-Key', 'The same key names the same upload.', { type: 'string', minLength: 1 }),
    ],
    body: 'bytes',
    answers: {
      201: {
        about: 'It is here, and is looked at.',
        body: answer({
          id: text({ max: 200 }),
          campaignId: text({ max: 200 }),
          fileName: text({ max: 200 }),
          bytes: integer({ min: 1 }),
          sha256: text({ max: 64 }),
          state: oneOf(importStates),
        }),
      },
    },
    problems: [
      ...(['INVALID_INPUT', 'NOT_FOUND', 'INVALID_STATE', 'TOO_LARGE', 'STORAGE_FULL'] as const),
      ...(['IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_IN_FLIGHT'] as const),
    ],
  },
  {
    method: 'GET',
    path: '/v1/imports/:id/bad-rows',
    id: 'badRowsOfImport',
    tag: 'data',
    summary: 'The rows of a table that cannot be imported, as a CSV',
    about: 'Each with its line, its column and the reason.',
    head: 'What the file would be',
    inPath: [
      {
        name: 'id',
        about: 'The import’s id.',
        schema: { type: 'string', minLength: 1 },
        example: '0198c1f0-5a3e-7c44-9d0f-6f1f0a2b3c4e',
      },
    ],
    answers: { 200: { about: 'The file, as an attachment.', body: { mediaType: 'text/csv', schema: {} } } },
    problems: ['INVALID_INPUT', 'NOT_FOUND'],
  },
];
