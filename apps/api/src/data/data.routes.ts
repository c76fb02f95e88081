import type { Parameter, Route } from '../http/route.js';
import { jsonObject } from '../http/schema.js';
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
    summary: 'Brings the rows of a CSV into a campaign',
    about:
      'All of them or none, and a file only once. With dryRun nothing is changed, and the answer lists the rows that are wrong, each with line, column and reason. Columns are known by their headers and units; delimiter, decimal comma and encoding as the table looks, where they are not told.',
    inPath: campaign,
    inQuery: [
      told('name', 'What the file is called.', { type: 'string' }),
      told('dryRun', '1: only say what would be done.', yes),
      told('map', 'A JSON object: what columns mean, by their headers.', { type: 'string' }),
      told('delimiter', 'Between columns.', { type: 'string' }),
      told('decimal', 'In numbers.', { type: 'string', enum: ['point', 'comma'] }),
      told('encoding', 'Of the text.', { type: 'string' }),
      told('skipBad', '1: import the rows that can be.', yes),
      told('force', '1: keep implausible values, with a flag.', yes),
      told('keepDuplicates', '1: take rows that say the same twice for two measurements.', yes),
    ],
    body: 'bytes',
    answers: { 200: { about: 'What was found, and what became of it.', body: jsonObject() } },
    problems: ['INVALID_INPUT', 'NOT_FOUND', 'INVALID_STATE', 'TOO_LARGE', 'STORAGE_FULL'],
  },
];
