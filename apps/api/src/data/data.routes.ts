import type { Route } from '../http/route.js';
import { exportFormats } from './formats.js';

const formats = Object.keys(exportFormats);

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
    inPath: [
      {
        name: 'id',
        about: 'The campaign’s id.',
        schema: { type: 'string', minLength: 1 },
        example: '0198c1f0-5a3e-7c44-9d0f-6f1f0a2b3c4d',
      },
    ],
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
];
